import type { Proof } from './proof.ts';
import { secondsUntilTold, TOLD_WITHIN_S } from './support/answered.ts';
import type { Bot } from './support/bot.ts';
import { KINDS, type Kind } from './support/fault-kinds.ts';
import { type Owner, settleIn } from './support/people.ts';
import { type Played, played, playedAfterwards, playedFigures } from './support/played.ts';
import { type Site, startSite } from './support/site.ts';
import { type Scene, scenes } from './support/slack-scenes.ts';
import { cutOff } from './support/socket-scene.ts';

/** Long enough that a bot which is killed soon after a click is killed before the outcome. */
const DOOR_MS = 600;
/**
 * Every call of Slack that the bot makes, and everything that can go wrong with it. The scenes of one kind of fault
 * follow each other; the kinds go side by side, each at a site of its own. Socket Mode is played by the full local
 * Slack, the rest by the sink. CI
 * plays what an unlock calls, from a list, from a modal and in a workflow, and a file.
 *
 * Seen to fail without the direct message: nobody is told.
 */
export const proof: Proof = {
  name: 'slack-faults',
  promise: `Whatever Slack answers, nothing is done twice, and once a way to a person works they are told within ${TOLD_WITHIN_S} s.`,
  size: { ci: 9, full: (scenes.length + 1) * 3, of: `scenes for each of ${KINDS.length} faults` },
  async run(size) {
    const all = await Promise.all(KINDS.map((kind) => playAll(kind, size)));
    return playedFigures(all.flat(), size * KINDS.length);
  },
};

/** Every round of all scenes has one in Socket Mode; CI's part of a round has none. */
async function playAll(kind: Kind, size: number): Promise<Played[]> {
  const all: Played[] = [];
  while (all.length < Math.floor(size / (scenes.length + 1))) {
    const { seconds, posts } = await cutOff(kind);
    all.push({ name: `apps.connections.open, ${kind}`, seconds, repeated: Math.max(0, posts - 1) });
  }
  return [...all, ...(await overHttp(kind, size - all.length))];
}

async function overHttp(kind: Kind, size: number): Promise<Played[]> {
  const site = await startSite();
  try {
    const bot = { now: await site.startBot() };
    const owners = await settleIn(site, bot.now, size, DOOR_MS);
    const all: Played[] = [];
    for (const [n, owner] of owners.entries()) {
      const scene = scenes[n % scenes.length];
      if (scene !== undefined) all.push(await play(site, bot, scene, owner, kind));
    }
    return [...all, await playedAfterwards(site, `afterwards, ${kind}`)];
  } finally {
    await site.close();
  }
}

function play(site: Site, bot: { now: Bot }, scene: Scene, owner: Owner, kind: Kind): Promise<Played> {
  return played(site, `${scene.name}, ${kind}`, async () => {
    const seconds = await secondsUntilTold(site, await scene.act({ site, bot, owner, kind }));
    site.slack.faults.clear();
    return seconds;
  });
}
