import { pause } from '../../support/trouble.ts';
import { atMost, exactly, type Figure, told } from '../proof.ts';
import { TOLD_WITHIN_S } from './answered.ts';
import type { Site } from './site.ts';

/** How one scene with a fault went. */
export interface Played {
  readonly name: string;
  /** Until its person was told; Infinity for never. */
  readonly seconds: number;
  /** How often something was done again that is done once at most. */
  readonly repeated: number;
}

/** What moves a bolt or makes a code: one scene asks for each of them once at most. */
const DOING = ['/locks/unlock_door', '/locks/lock_door', '/access_codes/create'];
/** How long something late would be waited for, ms. */
const AFTERWARDS_MS = 3_000;

/** Plays it, and counts what was done again meanwhile; `act` gives the seconds until its person was told. */
export async function played(site: Site, name: string, act: () => Promise<number>): Promise<Played> {
  const before = await done(site);
  const seconds = await act();
  const after = await done(site);
  const again = [...after].map(([what, count]) => count - (before.get(what) ?? 0) - 1);
  return { name, seconds, repeated: again.reduce((sum, count) => sum + Math.max(0, count), 0) };
}

/** What Seam is asked for when all scenes are over is asked for by none of them; a step may be ended as late as that, once. */
export async function playedAfterwards(site: Site, name: string): Promise<Played> {
  const before = await done(site);
  await pause(AFTERWARDS_MS);
  const late = [...(await done(site))].map(([what, count]) => {
    const due = DOING.includes(what) ? 0 : 1;
    return count - Math.max(due, before.get(what) ?? 0);
  });
  return { name, seconds: 0, repeated: late.reduce((sum, count) => sum + Math.max(0, count), 0) };
}

/** How often each thing was done: at Seam, and in Slack. */
async function done({ seam, slack }: Site): Promise<Map<string, number>> {
  const calls = Map.groupBy(await seam.calls(), ({ path }) => path);
  return new Map([...DOING.map((path) => [path, calls.get(path)?.length ?? 0] as const), ...slack.done]);
}

/** What it came to; `scenes` are those in which somebody did something. */
export function playedFigures(all: readonly Played[], scenes: number): Figure[] {
  const slowest = all.toSorted((left, right) => right.seconds - left.seconds)[0];
  const late = all.filter(({ seconds }) => seconds > TOLD_WITHIN_S);
  const again = all.filter(({ repeated }) => repeated > 0);
  return [
    told('scenes', scenes),
    exactly(
      'unlocks, locks and codes that were asked for again, and what was done again in Slack',
      again.reduce((total, { repeated }) => total + repeated, 0),
      0,
    ),
    ...again.map(({ name }) => told('done again', name)),
    atMost('longest until told, s', slowest?.seconds ?? 0, TOLD_WITHIN_S),
    told('which', slowest?.name ?? 'none'),
    ...late.map(({ name, seconds }) => told('told late, s', `${name}: ${seconds}`)),
  ];
}
