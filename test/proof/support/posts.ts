import { z } from 'zod';
import type { SeamDriver } from '../../../src/sandbox/seam/driver.ts';

/** One POST to unlock or to lock, as Seam received it. */
export interface Post {
  /** ms since the epoch. */
  readonly at: number;
  readonly deviceId: string;
}

/** The unlocks and locks that Seam was asked for since it started. */
export interface Posts {
  all(): Promise<readonly Post[]>;
  stop(): void;
}

/** How often the local Seam is read, ms: it keeps only its last calls. */
const READ_MS = 1_000;
/** A call that has no answer after this long never gets one: its sender was killed in the middle of it, ms. */
const LOST_MS = 10_000;
const MOVING = ['/locks/unlock_door', '/locks/lock_door'];
const moveBody = z.object({ device_id: z.string() });

/** Keeps every such POST that the local Seam receives from now on. */
export function watchPosts(seam: SeamDriver): Posts {
  const posts: Post[] = [];
  let last = 0;
  let reading: Promise<void> = Promise.resolve();
  const read = (): Promise<void> => {
    // One after the other, so that none is counted twice; a failure is thrown by the next `all`.
    reading = reading.then(async () => {
      for (const { n, at, path, body, status } of await seam.calls(last)) {
        if (n > last + 1) throw new Error('the local Seam forgot calls before they were read');
        // Not answered yet: its body is not known yet either.
        if (status === null && Date.now() - at < LOST_MS) return;
        last = n;
        if (status === null || !MOVING.includes(path)) continue;
        posts.push({ at, deviceId: moveBody.parse(body).device_id });
      }
    });
    return reading;
  };
  const timer = setInterval(() => {
    read().catch(() => clearInterval(timer));
  }, READ_MS);
  return {
    async all() {
      await read();
      return [...posts];
    },
    stop: () => clearInterval(timer),
  };
}
