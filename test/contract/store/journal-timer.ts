import { describe, expect, test } from 'vitest';
import type { Follow } from '../../../src/store/follow-row.ts';
import type { Move, MoveRequest } from '../../../src/store/move-row.ts';
import type { Store } from '../../../src/store/store.ts';
import { clear } from '../../support/clear.ts';
import { aFollow, START, someone } from '../../support/sights.ts';
import { begin, click, OFFLINE, UNKNOWN, UNLOCKED } from './clicks.ts';
import type { OpenScene } from './scene.ts';

const DUE = START + 60_000;
const lock = (n: number, facts: Partial<MoveRequest> = {}) =>
  click(n, { verb: 'lock', via: 'timer', listingId: null, responseUrl: null, ...facts });

/** The last step before Seam is asked to lock a door by itself. */
export function timerContract(open: OpenScene): void {
  describe('the journal, before a door is locked by itself,', () => {
    const clearNow = (store: Store, move: Move) => clear(store, move, 'Front Door', DUE);

    /** An unlock, followed and to be locked by now, whose timer has rung. */
    async function rung(facts: Partial<Follow> = {}) {
      const scene = await open();
      const { store } = scene;
      await store.moves.begin(click(1));
      await store.moves.end(click(1).id, UNLOCKED, START + 1);
      await store.follows.begin(aFollow({ unlockedAt: START + 1, locksAt: DUE, ...facts }), []);
      return scene;
    }

    test('clears it when its time has come', async () => {
      const { store } = await rung();
      expect(await clearNow(store, await begin(store, lock(2)))).toEqual({ kind: 'cleared', sentAt: DUE });
    });

    test.each<[string, Partial<Follow>]>([
      ['was kept unlocked', { locksAt: null }],
      ['was unlocked anew, and has a later time', { locksAt: DUE + 1 }],
      ['is followed by somebody else only', { who: someone('U0BEN') }],
    ])('calls it off for a door that %s, and leaves no row', async (_, facts) => {
      const { journal, store } = await rung(facts);
      const before = await journal();
      const move = await begin(store, lock(2));
      expect(await clearNow(store, move)).toEqual({ kind: 'called_off' });
      expect(await journal()).toEqual(before);
      expect(await clearNow(store, move)).toEqual({ kind: 'lost' });
    });

    test.each([
      ['opened it', UNLOCKED, 'called_off'],
      ['may have opened it', UNKNOWN, 'called_off'],
      ['failed', OFFLINE, 'cleared'],
    ] as const)('minds a newer unlock that is not followed yet and %s', async (_, outcome, kind) => {
      const { store } = await rung();
      await begin(store, click(2));
      await store.moves.end(click(2).id, outcome, DUE - 1);
      expect(await clearNow(store, await begin(store, lock(3)))).toMatchObject({ kind });
    });

    test('is not held up by what is heard late of the unlock itself, nor by that of another', async () => {
      const { store } = await rung();
      await begin(store, click(2, { who: someone('U0BEN') }));
      await store.moves.end(click(2).id, UNLOCKED, DUE - 1);
      await begin(store, click(3));
      await store.moves.end(click(3).id, UNKNOWN, DUE - 9);
      await store.follows.begin(aFollow({ moveId: click(3).id, unlockedAt: DUE - 9, locksAt: DUE }), []);
      await store.moves.end(click(3).id, UNLOCKED, DUE - 1);
      expect(await clearNow(store, await begin(store, lock(4)))).toMatchObject({ kind: 'cleared' });
    });

    test('clears it for a click that has joined it, whatever became of the timer', async () => {
      const { store } = await rung({ locksAt: null });
      const move = await begin(store, lock(2));
      await store.moves.begin(click(3, { verb: 'lock' }));
      expect(await clearNow(store, move)).toMatchObject({ kind: 'cleared' });
    });

    test('asks nothing of that for a lock that somebody clicked', async () => {
      const { store } = await rung({ locksAt: null });
      expect(await clearNow(store, await begin(store, lock(2, { via: 'message' })))).toMatchObject({
        kind: 'cleared',
      });
    });
  });
}
