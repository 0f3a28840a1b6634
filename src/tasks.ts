import type { Log } from './log.ts';
import type { Time } from './time.ts';

/** Work that goes on behind a person's back: waiting for a login, settling an unknown. */
export interface Tasks {
  /** Starts the work and keeps it; its errors end in the log. `stopping` is aborted when Latchbolt stops. */
  spawn(name: string, work: (stopping: AbortSignal) => Promise<void>): void;
  /** Does the work every so often, ms, whatever becomes of one round. */
  every(name: string, ms: number, round: () => Promise<void>): void;
  readonly stopping: AbortSignal;
  /** Tells all work to stop, and waits for it at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

export function createTasks(time: Time, log: Log): Tasks {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();

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

    async stop(graceMs) {
      stopping.abort();
      const grace = Promise.withResolvers<void>();
      const timer = setTimeout(grace.resolve, graceMs);
      await Promise.race([Promise.allSettled(running), grace.promise]);
      clearTimeout(timer);
    },
  };
}
