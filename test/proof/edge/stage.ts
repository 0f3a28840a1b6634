/** The world in which the edge is put to the test: a bot in its own process, and people with and without doors. */
import { z } from 'zod';
import { eventually, OLIVIA, startWorld, type World } from '../../support/world.ts';
import { startBot, talkative, type WatchedBot } from './bot.ts';
import { LogWatch } from './log-watch.ts';
import { NOBODY, type OddNeeds } from './odd.ts';
import { record } from './recorded.ts';
import { startTap } from './tap.ts';
import { UnlockCount } from './unlock-count.ts';

/** What is on it. */
export interface Stage {
  readonly world: World;
  readonly bot: WatchedBot;
  readonly log: LogWatch;
  readonly unlocks: UnlockCount;
  readonly needs: OddNeeds & { readonly webhookSecret: string };
  /** Resolves when the bot asks nothing more of Slack or Seam: what it acknowledged is done. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** How often it is looked whether it idles, and how often in a row it has to be so. */
const LOOK_MS = 10;
const LOOKS = 3;

/** Sets it: Olivia with her doors and their list on her screen, and a door at Seam that is nobody's in Slack. */
export async function openStage(): Promise<Stage> {
  const world = await startWorld({ mode: 'http', workflow: true });
  const { house } = world;
  const needs = await prepare(world);
  const log = new LogWatch();
  const slack = await startTap(() => house.slack.url, { instead: nobodies });
  const seam = await startTap(() => house.seam.url, {});
  const env = {
    ...talkative(house.config),
    SLACK_API_URL: `${slack.url}/api/`,
    SEAM_ENDPOINT: seam.url,
  };
  const bot = await startBot(env, log.hear);
  const url = `http://127.0.0.1:${bot.port}`;
  house.slack.setDeliveryUrl(`${url}/slack/events`);
  house.seam.setWebhook({ url: `${url}/seam/webhooks`, secret: needs.webhookSecret });
  const unlocks = new UnlockCount(world);
  return {
    world,
    bot,
    log,
    unlocks,
    needs,
    async idle() {
      for (let looks = 0; looks < LOOKS; ) {
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
        looks = slack.underWay() + seam.underWay() === 0 ? looks + 1 : 0;
      }
    },
    async close() {
      await unlocks.stop();
      if (bot.running()) await bot.stop('SIGKILL');
      await Promise.all([slack.close(), seam.close()]);
      await world.close();
    },
  };
}

/** The local Slack has a cast of seven: members who own nothing are made here, and take what they are told. */
function nobodies(path: string, asked: Buffer): object | null {
  const fields = new URLSearchParams(asked.toString());
  const id = fields.get('user') ?? fields.get('channel') ?? fields.get('user_id') ?? '';
  if (!id.startsWith(NOBODY)) return null;
  if (path === '/api/chat.postMessage') return { ok: true, channel: 'D0NOBODY', ts: '1.1' };
  if (path === '/api/views.publish') return { ok: true };
  const no = { deleted: false, is_bot: false, is_restricted: false, is_ultra_restricted: false };
  return path === '/api/users.info' ? { ok: true, user: { id, team_id: 'T0ACME', ...no } } : null;
}

async function prepare(world: World): Promise<Stage['needs']> {
  const { slack, seam } = world.house.config;
  if (slack.mode !== 'http' || seam.webhookSecret === null)
    throw new Error('the world is not set up for HTTP');
  await world.connect(OLIVIA, 'olivia@example.com');
  await world.click(OLIVIA, 'Show my doors');
  await world.sees(OLIVIA, ({ text }) => text.startsWith('Your doors'));
  const recorded = await record(world);
  await world.house.bot.close();
  await connectStranger(world);
  const doorsOf = async (email: string) =>
    (await world.seam.view()).doors
      .filter(({ account }) => account === email)
      .map(({ deviceId }) => deviceId);
  const [foreignDevice] = await eventually('the door of a stranger', async () => {
    const [door] = await doorsOf('stranger@example.com');
    return door === undefined ? null : ([door] as const);
  });
  return {
    recorded,
    devices: new Set(await doorsOf('olivia@example.com')),
    foreignDevice,
    signer: { secret: slack.signingSecret, now: world.time.now },
    webhookSecret: seam.webhookSecret,
  };
}

const made = z.object({ connect_webview: z.object({ connect_webview_id: z.string() }) });

/** Connects an account at Seam past Latchbolt: nobody in Slack owns what is in it. */
async function connectStranger(world: World): Promise<void> {
  const { apiKey, endpoint } = world.house.config.seam;
  const answer = await fetch(new URL('/connect_webviews/create', endpoint), {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ accepted_providers: ['august'] }),
  });
  const { connect_webview_id: connectWebviewId } = made.parse(await answer.json()).connect_webview;
  const email = 'stranger@example.com';
  const login = { connectWebviewId, provider: 'august', email, password: '1234' };
  const { result } = await world.seam.login(login);
  if (result !== 'connected') throw new Error(`the stranger was not connected: ${result}`);
}
