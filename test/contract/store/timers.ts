import { describe, expect, test } from 'vitest';
import { runId, timerId } from '../../../src/domain/ids.ts';
import type { Timer } from '../../../src/store/timers.ts';
import { START } from '../../support/sights.ts';
import { type OpenScene, RUN } from './scene.ts';

const aTimer = (n: number, facts: Partial<Timer> = {}): Timer => ({
  id: timerId(`timer-${n}`),
  kind: 'follow:relock',
  subject: 'front',
  dueAt: START + n,
  ...facts,
});

/** What is to be done at a later moment. */
export function timersContract(open: OpenScene): void {
  describe('timers', () => {
    test('fall due at their moment, the earliest first, and are taken by one run', async () => {
      const { another, store } = await open();
      const other = await another('run-2');
      for (const n of [3, 1, 2]) await store.timers.set(aTimer(n));
      const back = aTimer(9, { subject: 'back' });
      await store.timers.set(back);
      expect(await store.timers.take(START)).toEqual([]);
      expect(await store.timers.take(START + 3)).toEqual([aTimer(1), aTimer(2), aTimer(3)]);
      expect(await other.timers.take(START + 8)).toEqual([]);
      expect(await other.timers.take(START + 9)).toEqual([back]);
    });

    test('with an id that is there stay as they are', async () => {
      const { store } = await open();
      await store.timers.set(aTimer(1));
      await store.timers.set({ ...aTimer(1), dueAt: START + 9 });
      expect(await store.timers.take(START + 9)).toEqual([aTimer(1)]);
    });

    test('of many runs that look at once are done by one each', async () => {
      const { another, store } = await open();
      const stores = [store, await another('run-2'), await another('run-3')];
      for (let n = 1; n <= 20; n += 1) await store.timers.set(aTimer(n));
      const taken = await Promise.all(stores.map(({ timers }) => timers.take(START + 20)));
      expect(
        taken
          .flat()
          .map(({ id }) => id)
          .toSorted(),
      ).toEqual(Array.from({ length: 20 }, (_, n) => aTimer(n + 1).id).toSorted());
    });

    test('about what another run is doing wait until that is done, and are then whoever’s is first', async () => {
      const { another, store } = await open();
      const other = await another('run-2');
      await store.timers.set(aTimer(1));
      expect(await store.timers.take(START + 1)).toEqual([aTimer(1)]);
      for (const n of [2, 3]) await store.timers.set(aTimer(n));
      await store.timers.set(aTimer(4, { subject: 'back' }));
      await store.timers.set(aTimer(5, { kind: 'follow:nudge' }));
      const free = [aTimer(4, { subject: 'back' }), aTimer(5, { kind: 'follow:nudge' })];
      expect(await other.timers.take(START + 9)).toEqual(free);
      await store.timers.again(aTimer(1).id, START + 50);
      expect(await other.timers.take(START + 9)).toEqual([aTimer(2), aTimer(3)]);
      await store.timers.set(aTimer(6));
      expect(await store.timers.take(START + 9)).toEqual([]);
      await other.timers.done(aTimer(2).id);
      await other.timers.done(aTimer(3).id);
      expect(await store.timers.take(START + 9)).toEqual([aTimer(6)]);
      // One’s own never wait: within a process there are turns.
      expect(await store.timers.take(START + 50)).toEqual([aTimer(1, { dueAt: START + 50 })]);
    });

    test('are gone when they are done, and come again when they could not be', async () => {
      const { store } = await open();
      await store.timers.set(aTimer(1));
      await store.timers.set(aTimer(2));
      await store.timers.take(START + 2);
      await store.timers.done(aTimer(1).id);
      await store.timers.again(aTimer(2).id, START + 50);
      expect(await store.timers.take(START + 49)).toEqual([]);
      expect(await store.timers.take(START + 50)).toEqual([aTimer(2, { dueAt: START + 50 })]);
      await store.timers.done(aTimer(2).id);
      expect(await store.timers.take(START + 99)).toEqual([]);
    });

    test('can be called off by what they are about, until they are being done', async () => {
      const { store } = await open();
      await store.timers.set(aTimer(1));
      await store.timers.take(START + 1);
      for (const [n, facts] of [
        [2, {}],
        [3, { subject: 'back' }],
        [4, { kind: 'follow:nudge' }],
      ] as const) {
        await store.timers.set(aTimer(n, facts));
      }
      await store.timers.callOff('follow:relock', 'front');
      const left = await store.timers.take(START + 9);
      expect(left.map(({ id }) => id)).toEqual(['timer-3', 'timer-4']);
      await store.timers.release([RUN]);
      expect((await store.timers.take(START + 9)).map(({ id }) => id)).toContain('timer-1');
    });

    test('of a run that has ended are given back, and keep it named until then', async () => {
      const { another, store } = await open();
      const other = await another('run-2');
      await store.timers.set(aTimer(1));
      expect(await other.runs.withWork()).toEqual([]);
      await store.timers.take(START + 1);
      expect(await other.runs.withWork()).toEqual([RUN]);
      await other.timers.release([runId('run-9')]);
      expect(await other.timers.take(START + 1)).toEqual([]);
      await other.timers.release([RUN]);
      expect(await other.runs.withWork()).toEqual([]);
      expect(await other.timers.take(START + 1)).toEqual([aTimer(1)]);
    });

    test('that fall due all at once are taken a hundred at a time', async () => {
      const { store } = await open();
      for (let n = 1; n <= 150; n += 1) await store.timers.set(aTimer(n));
      expect(await store.timers.take(START + 200)).toHaveLength(100);
      expect(await store.timers.take(START + 200)).toHaveLength(50);
    });
  });
}
