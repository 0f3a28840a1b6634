import { pause } from '../support/trouble.ts';
import { atMost, exactly, type Figure, type Proof, told } from './proof.ts';
import { secondsUntilTold, TOLD_WITHIN_S } from './support/answered.ts';
import { KINDS, type Kind, seamFault } from './support/fault-kinds.ts';
import { type Owner, settleIn } from './support/people.ts';
import { type Scene, scenes } from './support/seam-scenes.ts';
import { type Site, startSite } from './support/site.ts';

const DOOR_MS = 100;
/** How long a late second POST would be waited for, ms. */
const AFTERWARDS_MS = 3_000;

/** How one scene went. */
interface Played {
  readonly name: string;
  readonly seconds: number;
  /** Unlock POSTs that Seam received meanwhile. */
  readonly posts: number;
}

/**
 * Every call of Seam that the bot makes, and everything that can go wrong with it. The scenes of one kind of fault
 * follow each other at a site of their own; the six sites work side by side. CI plays the calls of an unlock.
 *
 * Seen to fail with one more try after a failed unlock: a repeated POST for each of the 6 faults.
 */
export const proof: Proof = {
  name: 'seam-faults',
  promise: `Whatever Seam answers, an unlock is sent once at most, and its person hears something within ${TOLD_WITHIN_S} s.`,
  size: { ci: 4, full: scenes.length * 3, of: `scenes for each of ${KINDS.length} faults` },
  async run(size) {
    const played = await Promise.all(KINDS.map((kind) => playAll(kind, size)));
    return figures(played.flat());
  },
};

async function playAll(kind: Kind, size: number): Promise<Played[]> {
  const site = await startSite();
  try {
    const bot = { now: await site.startBot() };
    const owners = await settleIn(site, bot.now, size, DOOR_MS);
    const played: Played[] = [];
    for (const [n, owner] of owners.entries()) {
      const scene = scenes[n % scenes.length];
      if (scene !== undefined) played.push(await play(site, bot, scene, owner, kind));
    }
    const counted = played.reduce((sum, { posts }) => sum + posts, 0);
    await pause(AFTERWARDS_MS);
    const late = (await unlockCalls(site)) - counted;
    return [...played, { name: `afterwards, ${kind}`, seconds: 0, posts: late + 1 }];
  } finally {
    await site.close();
  }
}

async function play(
  site: Site,
  bot: { now: Awaited<ReturnType<Site['startBot']>> },
  scene: Scene,
  owner: Owner,
  kind: Kind,
): Promise<Played> {
  const before = await unlockCalls(site);
  const fault = seamFault(scene.at, kind, scene.after === true);
  const set = (on: boolean) => site.seam.faults(on ? [fault] : []);
  const seconds = await secondsUntilTold(site, await scene.act({ site, bot, owner, set }));
  await set(false);
  return { name: `${scene.name}, ${kind}`, seconds, posts: (await unlockCalls(site)) - before };
}

async function unlockCalls({ seam }: Site): Promise<number> {
  return (await seam.calls()).filter(({ path }) => path === '/locks/unlock_door').length;
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
