import type { Time } from '../../src/time.ts';

/** A clock that runs as the machine's does, and can also be moved: ahead, when whoever sleeps past it wakes; or
 * back, when only what it shows changes, as when somebody sets a real clock. */
export interface MovableTime extends Time {
  advance(ms: number): void;
}

export function movableTime(): MovableTime {
  let shown = 0;
  let passed = 0;
  const sleepers = new Set<{ until: number; wake: () => void }>();
  const elapsed = () => performance.now() + passed;
  return {
    now: () => Date.now() + shown,
    elapsed,
    sleep(ms, signal) {
      if (signal?.aborted === true || ms <= 0) return Promise.resolve();
      return new Promise((resolve) => {
        const sleeper = { until: elapsed() + ms, wake: () => done() };
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
      shown += ms;
      passed += Math.max(0, ms);
      for (const sleeper of [...sleepers]) if (sleeper.until <= elapsed()) sleeper.wake();
    },
  };
}
