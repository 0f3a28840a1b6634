import { describe, expect, test } from 'vitest';
import { interactionId } from '../../../src/domain/ids.ts';
import { START } from '../../support/sights.ts';
import type { OpenScene } from './scene.ts';

/** What was delivered already. */
export function deliveriesContract(open: OpenScene): void {
  describe('deliveries', () => {
    const delivery = (n: number) => interactionId(`T0HOME:U0OLIVIA:trigger-${n}`);

    test('are claimed by the first who asks, and never again', async () => {
      const { db, store } = await open();
      expect(await store.deliveries.claim(delivery(1), START)).toBe(true);
      expect(await store.deliveries.claim(delivery(1), START + 9)).toBe(false);
      expect(await store.deliveries.claim(delivery(1), START - 9)).toBe(false);
      expect(await store.deliveries.claim(delivery(2), START)).toBe(true);
      expect(await db.selectFrom('delivery').selectAll().orderBy('interaction').execute()).toEqual([
        { interaction: delivery(1), at: START },
        { interaction: delivery(2), at: START },
      ]);
    });

    test('are claimed once by however many runs at the same time', async () => {
      const { another, store } = await open();
      const stores = [store, await another('run-2'), await another('run-3')];
      const claims = await Promise.all(
        Array.from({ length: 10 }, (_, n) => n).flatMap((n) =>
          stores.map(async ({ deliveries }) => ({ n, first: await deliveries.claim(delivery(n), START) })),
        ),
      );
      expect(claims.filter(({ first }) => first).map(({ n }) => n)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    });

    test('are forgotten by age alone, and can then be claimed again', async () => {
      const { store } = await open();
      await store.deliveries.claim(delivery(1), START);
      await store.deliveries.claim(delivery(2), START + 1);
      await store.deliveries.forget(START);
      expect(await store.deliveries.claim(delivery(1), START + 5)).toBe(false);
      await store.deliveries.forget(START + 1);
      expect(await store.deliveries.claim(delivery(2), START + 5)).toBe(false);
      expect(await store.deliveries.claim(delivery(1), START + 5)).toBe(true);
    });

    test.each([999, 1_000, 1_001, 2_500])('are forgotten in full, also %d of them', async (many) => {
      const { db, store } = await open();
      const rows = Array.from({ length: many }, (_, n) => ({ interaction: delivery(n), at: START }));
      while (rows.length > 0) await db.insertInto('delivery').values(rows.splice(0, 500)).execute();
      await store.deliveries.claim(interactionId('young'), START + 1);
      await store.deliveries.forget(START + 1);
      expect(await db.selectFrom('delivery').selectAll().execute()).toEqual([
        { interaction: 'young', at: START + 1 },
      ]);
    });

    test('are forgotten a little at a time: others have their turn meanwhile', async () => {
      const { db, opened, another } = await open();
      const rows = Array.from({ length: 2_500 }, (_, n) => ({ interaction: delivery(n), at: START }));
      while (rows.length > 0) await db.insertInto('delivery').values(rows.splice(0, 500)).execute();
      const left: number[] = [];
      const store = await another('run-2', {
        opened: {
          ...opened,
          quickly: async (step) => {
            const done = await opened.quickly(step);
            left.push((await db.selectFrom('delivery').select('at').execute()).length);
            return done;
          },
        },
      });
      await store.deliveries.forget(START + 1);
      expect(left).toEqual([1_500, 500, 0]);
    });
  });
}
