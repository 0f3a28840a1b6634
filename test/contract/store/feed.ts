import { describe, expect, test } from 'vitest';
import { START } from '../../support/sights.ts';
import type { OpenScene } from './scene.ts';

const PAUSE_MS = 30_000;

/** How far Seam was asked for events. */
export function feedContract(open: OpenScene): void {
  describe('the feed', () => {
    test('has one turn at a time, whoever takes it, and goes on where it was', async () => {
      const { another, store } = await open();
      const other = await another('run-2');
      expect(await store.feed.take(START, PAUSE_MS)).toEqual({ since: START, failures: 0 });
      expect(await other.feed.take(START + PAUSE_MS - 1, PAUSE_MS)).toBeNull();
      await store.feed.heard(START + 5);
      expect(await other.feed.take(START + PAUSE_MS, PAUSE_MS)).toEqual({ since: START + 5, failures: 0 });
      expect(await store.feed.take(START + PAUSE_MS, PAUSE_MS)).toBeNull();
    });

    test('of many runs that look at once has one', async () => {
      const { another, store } = await open();
      const stores = [store, await another('run-2'), await another('run-3')];
      for (const now of [START, START + PAUSE_MS]) {
        const turns = await Promise.all(stores.map(({ feed }) => feed.take(now, PAUSE_MS)));
        expect(turns.filter((turn) => turn !== null)).toHaveLength(1);
      }
    });

    test('counts how often it came to nothing, until it does not', async () => {
      const { store } = await open();
      await store.feed.take(START, PAUSE_MS);
      await store.feed.failed(START + 60_000);
      expect(await store.feed.take(START + 59_999, PAUSE_MS)).toBeNull();
      expect(await store.feed.take(START + 60_000, PAUSE_MS)).toEqual({ since: START, failures: 1 });
      await store.feed.failed(START + 120_000);
      expect(await store.feed.take(START + 120_000, PAUSE_MS)).toEqual({ since: START, failures: 2 });
      await store.feed.heard(START + 7);
      expect(await store.feed.take(START + 150_000, PAUSE_MS)).toEqual({ since: START + 7, failures: 0 });
    });

    test('does not wait for a moment that a wrong clock has written', async () => {
      const { store } = await open();
      await store.feed.take(START + 365 * 86_400_000, PAUSE_MS);
      expect(await store.feed.take(START, PAUSE_MS)).not.toBeNull();
      expect(await store.feed.take(START, PAUSE_MS)).toBeNull();
    });
  });
}
