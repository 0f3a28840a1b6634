import { describe, expect, test } from 'vitest';
import { actionAttemptId, deviceId, moveId } from '../../../src/domain/ids.ts';
import type { Outcome } from '../../../src/domain/outcome.ts';
import { clear } from '../../support/clear.ts';
import { START, someone } from '../../support/sights.ts';
import { click, ended, joinedRow, OFFLINE, REFUSED, rowOf, UNKNOWN, UNLOCKED } from './clicks.ts';
import type { OpenScene } from './scene.ts';

/** The journal: how an unlock ends. */
export function endContract(open: OpenScene): void {
  describe('the journal', () => {
    test('keeps the name, the attempt and the outcome of its row only', async () => {
      const { store, underWay } = await open();
      const other = click(2, { deviceId: deviceId('door-2') });
      await store.moves.begin(click(1));
      await store.moves.begin(other);
      await clear(store, rowOf(click(1)), '🚪 "Tür" & <Tor>', START + 5);
      await store.moves.attempted(click(1).id, actionAttemptId('attempt-1'));
      const known = {
        doorName: '🚪 "Tür" & <Tor>',
        sentAt: START + 5,
        attemptId: actionAttemptId('attempt-1'),
      };
      expect(await underWay()).toEqual([rowOf(click(1), known), rowOf(other)]);
      await store.moves.end(click(1).id, OFFLINE, START + 9);
      expect(await underWay()).toEqual([rowOf(other)]);
      expect(await store.moves.untold(0, START + 99)).toEqual([ended(click(1), OFFLINE, START + 9, known)]);
    });

    test.each<Outcome>([
      { kind: 'unlocked' },
      { kind: 'sent' },
      { kind: 'failed', reason: 'not_recorded', said: null, waitMs: null },
      { kind: 'unknown', why: 'lost' },
      { kind: 'unknown', why: 'interrupted' },
      { kind: 'refused', why: 'not_yours' },
    ])('gives an outcome back as it was: %j', async (outcome) => {
      const { store } = await open();
      await store.moves.begin(click(1));
      await store.moves.end(click(1).id, outcome, START + 9);
      expect((await store.moves.latest(someone(), [click(1).deviceId])).get(click(1).deviceId)).toEqual(
        ended(click(1), outcome, START + 9),
      );
    });

    test('ends what joined with what it joined, and lets a new click begin', async () => {
      const { store } = await open();
      await store.moves.begin(click(1));
      await store.moves.begin(click(2));
      await store.moves.begin(click(3, { deviceId: deviceId('door-2') }));
      await store.moves.end(click(1).id, UNLOCKED, START + 9);
      const joined = joinedRow(click(2), { outcome: UNLOCKED, endedAt: START + 9 });
      expect(await store.moves.joinedTo(click(1).id)).toEqual([joined]);
      expect(await store.moves.untold(0, START + 99)).toEqual([ended(click(1), UNLOCKED, START + 9), joined]);
      expect(await store.moves.begin(click(4))).toEqual({ kind: 'begun', move: rowOf(click(4)) });
      expect(await store.moves.joinedTo(click(4).id)).toEqual([]);
    });

    test.each<Outcome>([UNLOCKED, { kind: 'sent' }, OFFLINE, REFUSED])(
      'never replaces the outcome %j, nor tells it again',
      async (outcome) => {
        const { store } = await open();
        await store.moves.begin(click(1));
        await store.moves.begin(click(2));
        await store.moves.end(click(1).id, outcome, START + 9);
        await store.moves.told(click(1).id, START + 10, true);
        const [first, second] = [
          ended(click(1), outcome, START + 9, { toldAt: START + 10 }),
          joinedRow(click(2), { outcome, endedAt: START + 9 }),
        ];
        for (const later of [UNKNOWN, UNLOCKED, OFFLINE]) {
          await store.moves.end(click(1).id, later, START + 20);
          expect(await store.moves.latest(someone(), [click(1).deviceId])).toEqual(
            new Map([[click(1).deviceId, first]]),
          );
          expect(await store.moves.joinedTo(click(1).id)).toEqual([second]);
          // The one that was told stays told, the other still is to be.
          expect(await store.moves.untold(0, START + 99)).toEqual([second]);
        }
      },
    );

    test.each<Outcome>([UNLOCKED, OFFLINE, { kind: 'unknown', why: 'interrupted' }])(
      'replaces an unknown outcome by %j',
      async (outcome) => {
        const { store } = await open();
        await store.moves.begin(click(1));
        await store.moves.end(click(1).id, UNKNOWN, START + 9);
        await store.moves.end(click(1).id, outcome, START + 20);
        expect(await store.moves.untold(0, START + 99)).toEqual([ended(click(1), outcome, START + 20)]);
      },
    );

    test('ends nothing that nobody began', async () => {
      const { store, underWay } = await open();
      await store.moves.begin(click(1));
      await store.moves.end(moveId('nothing'), UNLOCKED, START + 9);
      expect(await underWay()).toEqual([rowOf(click(1))]);
    });

    test('leaves an outcome that cannot be read as it is', async () => {
      const { db, store } = await open();
      await store.moves.begin(click(1));
      await db.updateTable('move').set({ outcome: 'nonsense', state: 'ended', ended_at: START }).execute();
      await store.moves.end(click(1).id, UNLOCKED, START + 9);
      expect(await db.selectFrom('move').select(['outcome', 'ended_at']).execute()).toEqual([
        { outcome: 'nonsense', ended_at: START },
      ]);
    });

    test('keeps what is known for sure: only an unknown is ever replaced', async () => {
      const { store } = await open();
      for (const [n, known] of [UNLOCKED, OFFLINE, REFUSED].entries()) {
        const one = click(n, { deviceId: deviceId(`door-${n}`) });
        await store.moves.begin(one);
        await store.moves.end(one.id, UNKNOWN, START + 10);
        await store.moves.end(one.id, known, START + 20);
        await store.moves.told(one.id, START + 21, true);
        await store.moves.end(one.id, UNKNOWN, START + 30);
        await store.moves.end(one.id, { kind: 'sent' }, START + 30);
        const latest = await store.moves.latest(someone(), [one.deviceId]);
        expect(latest.get(one.deviceId)).toEqual(ended(one, known, START + 20, { toldAt: START + 21 }));
      }
      expect(await store.moves.untold(0, START + 99)).toEqual([]);
    });
  });
}
