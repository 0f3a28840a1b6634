import { setTimeout as timer } from 'node:timers/promises';

/** The clock, passed in so that a test can let half an hour go by. */
export interface Time {
  /** ms since the epoch; may be set back. */
  now(): number;
  /** ms since any fixed moment; never goes back, so that it is what a wait is measured by. */
  elapsed(): number;
  /** Resolves after `ms`, or at once when the signal is aborted; it never throws. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own clock. */
export const systemTime: Time = {
  now: Date.now,
  elapsed: () => performance.now(),
  async sleep(ms, signal) {
    try {
      await timer(ms, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      if (signal?.aborted !== true) throw error;
    }
  },
};
