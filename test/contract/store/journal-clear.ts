import { describe, expect, test } from 'vitest';
import { deviceId } from '../../../src/domain/ids.ts';
import { MOVE_LIMITS, MOVE_WINDOW_MS } from '../../../src/domain/limits.ts';
import type { MoveRequest } from '../../../src/store/move-row.ts';
import type { Store } from '../../../src/store/store.ts';
import { clear } from '../../support/clear.ts';
import { aDoor, START, someone } from '../../support/sights.ts';
import { begin, click, ended, joinedRow, OFFLINE, REFUSED, rowOf, UNLOCKED } from './clicks.ts';
import { type OpenScene, RUN } from './scene.ts';

/** The last step before Seam is asked to unlock. */
export function clearContract(open: OpenScene): void {
  describe('the journal, before Seam is asked to unlock,', () => {
    const front = (n: number, facts: Partial<MoveRequest> = {}) =>
      click(n, { who: someone(`U0PERSON${n}`), ...facts });
    const door = (n: number, facts: Partial<MoveRequest> = {}) =>
      click(n, { deviceId: deviceId(`door-${n}`), ...facts });

    const clearAt = async (store: Store, request: MoveRequest, now: number) =>
      clear(store, await begin(store, request), 'Front Door', now);
    /** Sends as many as are allowed, 1 ms apart from `at` on. */
    const sendAll = async (store: Store, most: number, each: (n: number) => MoveRequest, at: number) => {
      for (let n = 1; n <= most; n += 1) {
        const sentAt = at + n;
        expect(await clearAt(store, each(n), sentAt)).toEqual({ kind: 'cleared', sentAt });
      }
    };

    test('commits when, and the name of the door, also for what joined', async () => {
      const { journal, store } = await open();
      const first = await begin(store, click(1));
      await store.moves.begin(click(2));
      const other = await begin(store, door(3));
      expect(await clear(store, first, '🚪 "Tür" & <Tor>', START + 50)).toEqual({
        kind: 'cleared',
        sentAt: START + 50,
      });
      const doorName = '🚪 "Tür" & <Tor>';
      expect(await journal()).toEqual([
        rowOf(click(1), { doorName, sentAt: START + 50 }),
        joinedRow(click(2), { doorName }),
        other,
      ]);
    });

    test('sends no unlock of somebody who has stopped their own, also when that came after the click', async () => {
      const { journal, store } = await open();
      await store.people.ensure(someone(), () => 'key-1', START);
      const [unlock, lock] = [await begin(store, click(1)), await begin(store, door(2, { verb: 'lock' }))];
      await store.pauses.begin(someone(), 'pause-1', START + 1);
      expect(await clear(store, unlock, 'Front Door', START + 2)).toEqual({ kind: 'paused' });
      expect((await journal()).find(({ id }) => id === unlock.id)).toEqual(unlock);
      expect(await clear(store, lock, 'Front Door', START + 2)).toMatchObject({ kind: 'cleared' });
      await store.pauses.end(someone(), START + 1, 'pause-2', START + 3);
      expect(await clear(store, unlock, 'Front Door', START + 3)).toMatchObject({ kind: 'cleared' });
    });

    test.each(['unlock', 'lock'] as const)(
      'sends no %s to a door of an account that was left',
      async (verb) => {
        const { journal, store } = await open();
        const move = await begin(store, click(1, { verb }));
        const door = aDoor();
        expect(await store.moves.clear(move, door, START + 1)).toEqual({ kind: 'not_yours' });
        const { key } = await store.people.ensure(someone(), () => 'key-1', START);
        await store.accounts.add(key, door.accountId, START);
        const ben = await begin(store, click(2, { verb, who: someone('U0BEN') }));
        expect(await store.moves.clear(ben, door, START + 2)).toEqual({ kind: 'not_yours' });
        await store.accounts.leave(key, door.accountId);
        expect(await store.moves.clear(move, door, START + 3)).toEqual({ kind: 'not_yours' });
        expect(await journal()).toEqual([move, ben]);
        await store.accounts.add(key, door.accountId, START);
        expect(await store.moves.clear(move, door, START + 4)).toMatchObject({ kind: 'cleared' });
      },
    );

    test('counts locks and unlocks each for themselves', async () => {
      const { store } = await open();
      await sendAll(store, MOVE_LIMITS.door, front, START);
      const lock = (n: number) => front(n + 100, { verb: 'lock' });
      await sendAll(store, MOVE_LIMITS.door, lock, START);
      expect(await clearAt(store, lock(99), START + 50)).toMatchObject({ kind: 'limited', by: 'door' });
      expect(await clearAt(store, front(99), START + 50)).toMatchObject({ kind: 'limited', by: 'door' });
    });

    test('lets so many through for one door within the window, whoever asks', async () => {
      const { journal, store } = await open();
      await sendAll(store, MOVE_LIMITS.door, front, START);
      const next = await begin(store, front(99, { who: someone('U0LATE', 'T0AWAY') }));
      const until = START + 1 + MOVE_WINDOW_MS;
      const limited = { kind: 'limited', by: 'door', until };
      for (const now of [START + MOVE_LIMITS.door, START + 20_000, until - 1]) {
        expect(await clear(store, next, 'Front Door', now)).toEqual(limited);
      }
      expect((await journal()).find(({ id }) => id === next.id)).toEqual(next);
      expect(await clearAt(store, door(50), until - 1)).toEqual({ kind: 'cleared', sentAt: until - 1 });
      expect(await clear(store, next, 'Front Door', until)).toEqual({
        kind: 'cleared',
        sentAt: until,
      });
      const after = await begin(store, front(100));
      expect(await clear(store, after, 'Front Door', until)).toEqual({ ...limited, until: until + 1 });
    });

    test('lets so many through for one person within the window, whatever the door', async () => {
      const { journal, store } = await open();
      await sendAll(store, MOVE_LIMITS.person, door, START);
      const next = await begin(store, door(99));
      const until = START + 1 + MOVE_WINDOW_MS;
      const limited = { kind: 'limited', by: 'person', until };
      for (const now of [START + MOVE_LIMITS.person, START + 20_000, until - 1]) {
        expect(await clear(store, next, 'Front Door', now)).toEqual(limited);
      }
      expect((await journal()).find(({ id }) => id === next.id)).toEqual(next);
      // Somebody else, of whom the id alone is the same.
      const stranger = door(50, { who: someone('U0OLIVIA', 'T0AWAY') });
      expect(await clearAt(store, stranger, until - 1)).toEqual({ kind: 'cleared', sentAt: until - 1 });
      expect(await clear(store, next, 'Front Door', until)).toEqual({
        kind: 'cleared',
        sentAt: until,
      });
    });

    test('counts what has ended, and what other runs sent', async () => {
      const { another, store } = await open();
      const other = await another('run-2');
      for (let n = 1; n <= MOVE_LIMITS.door; n += 1) {
        const run = n % 2 === 0 ? store : other;
        expect(await clearAt(run, front(n), START + n)).toMatchObject({ kind: 'cleared' });
        await run.moves.end(front(n).id, n % 3 === 0 ? OFFLINE : UNLOCKED, START + n);
      }
      expect(await clearAt(store, front(99), START + 99)).toMatchObject({ kind: 'limited', by: 'door' });
    });

    test('does not count what was never sent: refused, joined, ended before', async () => {
      const { db, store } = await open();
      const many = 2 * MOVE_LIMITS.person;
      for (let n = 1; n <= many; n += 1) {
        await store.moves.refuse(click(n), REFUSED);
        await begin(store, front(100 + n));
        await store.moves.end(front(100 + n).id, OFFLINE, START);
      }
      const first = await begin(store, click(1_000));
      for (let n = 1; n <= many; n += 1) await store.moves.begin(click(1_000 + n));
      expect(await clear(store, first, 'Front Door', START + 1)).toMatchObject({ kind: 'cleared' });
      const sent = await db.selectFrom('move').select('id').where('sent_at', 'is not', null).execute();
      expect(sent).toEqual([{ id: first.id }]);
      await store.moves.end(first.id, UNLOCKED, START + 2);
      await sendAll(store, MOVE_LIMITS.door - 1, (n) => front(2_000 + n), START + 1);
      expect(await clearAt(store, front(99), START + 99)).toMatchObject({ kind: 'limited', by: 'door' });
    });

    test.each([1, 30_000, 59_000])(
      'asks for no more than the window when the clock went back %d ms',
      async (ms) => {
        const { store } = await open();
        await sendAll(store, MOVE_LIMITS.door, front, START);
        const now = START - ms;
        const limited = await clearAt(store, front(99), now);
        expect(limited).toEqual({ kind: 'limited', by: 'door', until: now + MOVE_WINDOW_MS });
      },
    );

    test.each([3_600_000, 86_400_000 * 365])(
      'keeps nobody from a door for longer than the window when the clock went back %d ms',
      async (ms) => {
        const { store } = await open();
        await sendAll(store, MOVE_LIMITS.door, front, START);
        const next = await begin(store, front(99));
        const later = START - ms + MOVE_WINDOW_MS;
        await clear(store, next, 'Front Door', START - ms);
        await store.moves.end(next.id, OFFLINE, START - ms);
        expect(await clearAt(store, front(100), later)).toEqual({ kind: 'cleared', sentAt: later });
      },
    );

    test('is lost to a run whose row another has taken over', async () => {
      const { another, journal, store } = await open();
      const unlock = await begin(store, click(1));
      const heir = await another('run-2');
      expect(await heir.moves.adopt([RUN])).toEqual([unlock]);
      expect(await clear(store, unlock, 'Front Door', START + 9)).toEqual({ kind: 'lost' });
      expect(await journal()).toEqual([unlock]);
    });

    test('is lost to such a run also when there were too many', async () => {
      const { another, store } = await open();
      await sendAll(store, MOVE_LIMITS.door, front, START);
      const unlock = await begin(store, front(99));
      await (await another('run-2')).moves.adopt([RUN]);
      // Else it would end the row that the other looks after, and tell what the other tells too.
      expect(await clear(store, unlock, 'Front Door', START + 99)).toEqual({ kind: 'lost' });
    });

    test('is lost for what has ended, joined, or was never begun', async () => {
      const { journal, store } = await open();
      await begin(store, click(1));
      const joined = await store.moves.begin(click(2));
      if (joined.kind !== 'joined') throw new Error('it was to join');
      const lost = { kind: 'lost' };
      expect(await clear(store, joined.move, 'Front Door', START + 9)).toEqual(lost);
      expect(await clear(store, rowOf(click(3)), 'Front Door', START + 9)).toEqual(lost);
      await store.moves.end(click(1).id, OFFLINE, START + 9);
      expect(await clear(store, rowOf(click(1)), 'Front Door', START + 10)).toEqual(lost);
      expect((await journal()).map(({ sentAt }) => sentAt)).toEqual([null, null]);
    });

    test('is cleared once, so that nothing is sent twice', async () => {
      const { another, journal, store } = await open();
      const unlock = await begin(store, click(1));
      const heir = await another('run-2');
      const asked = await Promise.all(
        Array.from({ length: 6 }, (_, n) => clear(store, unlock, 'Front Door', START + n)),
      );
      const cleared = asked.flatMap((one) => (one.kind === 'cleared' ? [one.sentAt] : []));
      expect(cleared).toHaveLength(1);
      await heir.moves.adopt([RUN]);
      for (const run of [store, heir]) {
        expect(await clear(run, unlock, 'Front Door', START + 99)).toEqual({ kind: 'lost' });
      }
      expect((await journal()).map(({ sentAt }) => sentAt)).toEqual(cleared);
    });

    test('is known to the run that takes over at the same moment', async () => {
      const { another, store } = await open();
      const heir = await another('run-2');
      const unlock = await begin(store, click(1));
      const [cleared, adopted] = await Promise.all([
        clear(store, unlock, 'Gate', START + 9),
        heir.moves.adopt([RUN]),
      ]);
      expect(adopted.map(({ sentAt }) => sentAt)).toEqual([
        cleared.kind === 'cleared' ? cleared.sentAt : null,
      ]);
    });

    test('leaves null where it was never sent, whatever came of it', async () => {
      const { journal, store } = await open();
      await begin(store, click(1));
      await store.moves.end(click(1).id, OFFLINE, START + 9);
      await store.moves.refuse(click(2), REFUSED);
      expect(await journal()).toEqual([
        ended(click(1), OFFLINE, START + 9),
        ended(click(2), REFUSED, START + 2),
      ]);
    });
  });
}
