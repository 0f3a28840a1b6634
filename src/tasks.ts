import type { Log } from './log.ts';
import type { Time } from './time.ts';

/** Work that goes on behind a person's back: waiting for a login, settling an unknown. */
export interface Tasks {
  /** Starts the work and keeps it; its errors end in the log. `stopping` is aborted when Latchbolt stops. */
  spawn(name: string, work: (stopping: AbortSignal) => Promise<void>): void;
  /** Does the work every so often, ms, whatever becomes of one round. */
  every(name: string, ms: number, round: () => Promise<void>): void;
  /**
   * Does the work now, or, where work of this name was begun less than `ms` ago, when that time is over: of what is
   * wished for meanwhile only the last comes true, and it always does.
   */
  gently(name: string, ms: number, work: () => Promise<void>): void;
  readonly stopping: AbortSignal;
  /** Tells all work to stop, and waits for it at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/** Makes the keeper of work that nobody waits for: what one of them throws ends in the log. */
export function createTasks(time: Time, log: Log): Tasks {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  /** What is wished for next, of work that was just done; null for nothing. */
  const wishes = new Map<string, (() => Promise<void>) | null>();

  const logged = (name: string, work: Promise<void>): Promise<void> =>
    work.catch((error: unknown) => log.error({ task: name, err: error }, 'background work failed'));

  const spawn = (name: string, work: (stopping: AbortSignal) => Promise<void>): void => {
    const done = logged(name, work(stopping.signal)).finally(() => running.delete(done));
    running.add(done);
  };

  return {
    stopping: stopping.signal,
    spawn,

    every(name, ms, round) {
      spawn(name, async (signal) => {
        for (;;) {
          await time.sleep(ms, signal);
          if (signal.aborted) return;
          await logged(name, round());
        }
      });
    },

    gently(name, ms, work) {
      const isResting = wishes.has(name);
      wishes.set(name, work);
      if (isResting) return;
      spawn(name, async (signal) => {
        for (let next = wishes.get(name); next != null; next = wishes.get(name)) {
          wishes.set(name, null);
          await logged(name, next());
          await time.sleep(ms, signal);
        }
        wishes.delete(name);
      });
    },

    async stop(graceMs) {
      stopping.abort();
      const grace = Promise.withResolvers<void>();
      const timer = setTimeout(grace.resolve, graceMs);
      await Promise.race([Promise.allSettled(running), grace.promise]);
      clearTimeout(timer);
    },
  };
}
