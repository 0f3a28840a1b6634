import type { Time } from '../../src/time.ts';

/** A clock that runs as the machine's does, and can also be moved ahead: whoever sleeps past it wakes. */
export interface MovableTime extends Time {
  advance(ms: number): void;
}

export function movableTime(): MovableTime {
  let ahead = 0;
  const sleepers = new Set<{ until: number; wake: () => void }>();
  const now = () => Date.now() + ahead;
  return {
    now,
    sleep(ms, signal) {
      if (signal?.aborted === true || ms <= 0) return Promise.resolve();
      return new Promise((resolve) => {
        const sleeper = { until: now() + ms, wake: () => done() };
        const timer = setTimeout(() => done(), Math.min(ms, 2 ** 31 - 1));
        const done = (): void => {
          clearTimeout(timer);
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', done);
          resolve();
        };
        signal?.addEventListener('abort', done, { once: true });
        sleepers.add(sleeper);
      });
    },
    advance(ms) {
      ahead += ms;
      for (const sleeper of [...sleepers]) if (sleeper.until <= now()) sleeper.wake();
    },
  };
}
