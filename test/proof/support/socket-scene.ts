import { environmentOf } from '../../support/process.ts';
import { pause } from '../../support/trouble.ts';
import { eventually, OLIVIA, startWorld, type World } from '../../support/world.ts';
import { type Bot, startBot } from './bot.ts';
import { type Kind, slackFault } from './fault-kinds.ts';

/** How long no connection can be opened, ms. */
const OUTAGE_MS = 5_000;
/** How long it is tried to deliver a click, ms. */
const DELIVERED_MS = 60_000;

/**
 * Socket Mode: all connections are cut while no new one can be opened; then one can. Whoever clicks finds nobody
 * until the bot is back. Gives the seconds from the end of the fault until Olivia's list says how it ended, and the
 * unlock POSTs of it.
 */
export async function cutOff(kind: Kind): Promise<{ seconds: number; posts: number }> {
  const world = await startWorld({ mode: 'socket', webhooks: false });
  let bot: Bot | null = null;
  try {
    await world.connect(OLIVIA, 'olivia@example.com');
    await world.click(OLIVIA, 'Show my doors');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Your doors'));
    await world.house.bot.close();
    bot = await startBot(environmentOf(world.house.config));
    return await loseConnections(world, kind);
  } finally {
    if (bot?.alive() === true) await bot.kill('SIGKILL');
    await world.close();
  }
}

async function loseConnections(world: World, kind: Kind): Promise<{ seconds: number; posts: number }> {
  await world.slack.faults([slackFault('apps.connections.open', kind)]);
  await world.slack.socket({ how: 'cut' });
  await pause(OUTAGE_MS);
  await world.slack.faults([]);
  const ended = Date.now();
  await eventually(
    'a click is delivered',
    async () => (await world.click(OLIVIA, 'Unlock', 'Front Door')).ok,
    DELIVERED_MS,
  );
  await world.sees(OLIVIA, ({ text }) => text.includes('Front Door: Unlocked.'), DELIVERED_MS);
  const seconds = (Date.now() - ended) / 1_000;
  return { seconds, posts: (await world.seamCalls('/locks/unlock_door')).length };
}
