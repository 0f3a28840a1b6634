import { pause } from '../support/trouble.ts';
import { atMost, exactly, type Figure, type Proof, told } from './proof.ts';
import { secondsUntilTold, TOLD_WITHIN_S } from './support/answered.ts';
import type { Bot } from './support/bot.ts';
import { KINDS, type Kind } from './support/fault-kinds.ts';
import { type Owner, settleIn } from './support/people.ts';
import { type Site, startSite } from './support/site.ts';
import { type Scene, scenes } from './support/slack-scenes.ts';
import { cutOff } from './support/socket-scene.ts';

/** Long enough that a bot which is killed soon after a click is killed before the outcome. */
const DOOR_MS = 600;
/** How long a late second POST would be waited for, ms. */
const AFTERWARDS_MS = 3_000;

/** How one scene went. */
interface Played {
  readonly name: string;
  readonly seconds: number;
  readonly posts: number;
}

/**
 * Every call of Slack that the bot makes, and everything that can go wrong with it. The scenes of one kind of fault
 * follow each other; the kinds go side by side, each at a site of its own. Socket Mode is played by the full local
 * Slack, the rest by the sink. CI
 * plays what an unlock calls.
 *
 * Seen to fail without the direct message: nobody is told.
 */
export const proof: Proof = {
  name: 'slack-faults',
  promise: `Whatever Slack answers, nothing is sent twice, and once a way to a person works they are told within ${TOLD_WITHIN_S} s.`,
  size: { ci: 3, full: (scenes.length + 1) * 3, of: `scenes for each of ${KINDS.length} faults` },
  async run(size) {
    const played = await Promise.all(KINDS.map((kind) => playAll(kind, size)));
    return figures(played.flat());
  },
};

/** Every round of all scenes has one in Socket Mode; CI's part of a round has none. */
async function playAll(kind: Kind, size: number): Promise<Played[]> {
  const played: Played[] = [];
  while (played.length < Math.floor(size / (scenes.length + 1))) {
    played.push({ name: `apps.connections.open, ${kind}`, ...(await cutOff(kind)) });
  }
  return [...played, ...(await overHttp(kind, size - played.length))];
}

async function overHttp(kind: Kind, size: number): Promise<Played[]> {
  const site = await startSite();
  try {
    const bot = { now: await site.startBot() };
    const owners = await settleIn(site, bot.now, size, DOOR_MS);
    const played: Played[] = [];
    for (const [n, owner] of owners.entries()) {
      const scene = scenes[n % scenes.length];
      if (scene !== undefined) played.push(await play(site, bot, scene, owner, kind));
    }
    await pause(AFTERWARDS_MS);
    const late = (await site.posts.all()).length - played.reduce((sum, { posts }) => sum + posts, 0);
    return [...played, { name: `afterwards, ${kind}`, seconds: 0, posts: late + 1 }];
  } finally {
    await site.close();
  }
}

async function play(site: Site, bot: { now: Bot }, scene: Scene, owner: Owner, kind: Kind): Promise<Played> {
  const before = (await site.posts.all()).length;
  const seconds = await secondsUntilTold(site, await scene.act({ site, bot, owner, kind }));
  site.slack.faults.clear();
  return { name: `${scene.name}, ${kind}`, seconds, posts: (await site.posts.all()).length - before };
}

function figures(played: readonly Played[]): Figure[] {
  const slowest = played.toSorted((left, right) => right.seconds - left.seconds)[0];
  const late = played.filter(({ seconds }) => seconds > TOLD_WITHIN_S);
  const repeated = played.filter(({ posts }) => posts > 1);
  return [
    told('scenes', played.length - KINDS.length),
    exactly(
      'unlock POSTs that were repeated',
      repeated.reduce((sum, { posts }) => sum + posts - 1, 0),
      0,
    ),
    ...repeated.map(({ name }) => told('repeated', name)),
    atMost('longest until told, s', slowest?.seconds ?? 0, TOLD_WITHIN_S),
    told('which', slowest?.name ?? 'none'),
    ...late.map(({ name, seconds }) => told('told late, s', `${name}: ${seconds}`)),
  ];
}
