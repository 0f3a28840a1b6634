import type { Log } from './log.ts';

/** Work that goes on behind a person's back: waiting for a login, settling an unknown. */
export interface Tasks {
  /** Starts the work and keeps it; its errors end in the log. `stopping` is aborted when Latchbolt stops. */
  spawn(name: string, work: (stopping: AbortSignal) => Promise<void>): void;
  readonly stopping: AbortSignal;
  /** Tells all work to stop, and waits for it at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

export function createTasks(log: Log): Tasks {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  return {
    stopping: stopping.signal,

    spawn(name, work) {
      const done = work(stopping.signal)
        .catch((error: unknown) => log.error({ task: name, err: error }, 'background work failed'))
        .finally(() => running.delete(done));
      running.add(done);
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
