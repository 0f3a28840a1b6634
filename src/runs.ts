/**
 * Several Latchbolts may work on one database. Each says every 2 s that it lives; what a dead one left open is taken
 * over by one of the living, whichever is first.
 */
import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Context } from './context.ts';
import type { Feature } from './feature.ts';
import type { Run } from './store/runs.ts';

/** How often a run says that it lives, ms. */
const BEAT_MS = 2_000;
/**
 * After how long without a word a run counts as dead, ms. One that was only slow loses nothing by it: it may not send
 * what it had not sent (`Moves.clear`), and what it sent is told.
 */
const LAPSE_MS = 10_000;

/** Where this run is, and which other processes there are. */
export interface Place {
  readonly host: string;
  readonly pid: number;
  /** When this process began, ms since 1970. */
  readonly began: number;
  /** Whether a process of this machine lives. */
  lives(pid: number): boolean;
}

/**
 * Whose process numbers ours is one of: containers can share a host's name (`network_mode: host`) and each count from 1.
 * Where the system does not say, it is empty.
 */
function processNumbers(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

/** The process that runs this. */
export const thisProcess: Place = {
  host: `${hostname()} ${processNumbers()}`,
  pid: process.pid,
  began: performance.timeOrigin,
  lives(pid) {
    try {
      return process.kill(pid, 0);
    } catch (error) {
      // Somebody else's process lives too.
      return error instanceof Error && 'code' in error && error.code === 'EPERM';
    }
  },
};

/** Whether nothing more is to be expected of a run. On our own machine that is known at once, elsewhere by its silence. */
export function isDead(run: Run, place: Place, now: number): boolean {
  // Of one that was seen in the future nothing is known but that a clock was wrong.
  if (Math.abs(now - run.seenAt) > LAPSE_MS) return true;
  if (run.host !== place.host) return false;
  // In a container every process has the same number: one of ours from before we began is another's.
  return run.pid === place.pid ? run.seenAt < place.began : !place.lives(run.pid);
}

/**
 * Takes over what dead runs left, and goes on doing so. The returned function leaves: what is open then may be taken
 * over at once.
 */
export async function joinRuns(
  context: Context,
  features: readonly Feature[],
  place: Place,
): Promise<() => Promise<void>> {
  const { store, tasks, time, run: me } = context;
  const { host, pid } = place;
  const beat = async (): Promise<void> => {
    const now = time.now();
    await store.runs.seen({ id: me, host, pid, seenAt: now });
    const others = (await store.runs.all()).filter(({ id }) => id !== me);
    const dead = others.filter((run) => isDead(run, place, now)).map(({ id }) => id);
    const living = new Set([me, ...others.map(({ id }) => id).filter((id) => !dead.includes(id))]);
    const left = (await store.runs.withWork()).filter((id) => !living.has(id));
    if (left.length > 0) {
      context.log.info({ runs: left }, 'taking over from runs that have ended');
      for (const feature of features) await feature.takeOver?.(context, left);
      await store.timers.release(left);
    }
    if (dead.length > 0) await store.runs.forget(dead);
  };
  await beat();
  tasks.every('say that we live', BEAT_MS, beat);
  return () => store.runs.seen({ id: me, host, pid, seenAt: 0 });
}
