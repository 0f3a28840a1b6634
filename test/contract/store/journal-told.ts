import { describe, expect, test } from 'vitest';
import { deviceId } from '../../../src/domain/ids.ts';
import { START } from '../../support/sights.ts';
import { click, ended, joinedRow, OFFLINE, UNKNOWN, UNLOCKED } from './clicks.ts';
import { type OpenScene, RUN, runsOf } from './scene.ts';

/** The journal: what its person has seen. */
export function toldContract(open: OpenScene): void {
  describe('the journal', () => {
    test('counts each row as told for itself, and all as untold when the outcome changes', async () => {
      const { store } = await open();
      await store.moves.begin(click(1));
      await store.moves.begin(click(2));
      await store.moves.end(click(1).id, UNKNOWN, START + 9);
      const untold = async () => (await store.moves.untold(0, START + 99)).map(({ id }) => id);
      expect(await untold()).toEqual(['unlock-1', 'unlock-2']);
      await store.moves.told(click(1).id, START + 10, false);
      expect(await untold()).toEqual(['unlock-2']);
      await store.moves.told(click(2).id, START + 10, false);
      expect(await untold()).toEqual([]);
      await store.moves.end(click(1).id, UNLOCKED, START + 20);
      expect(await untold()).toEqual(['unlock-1', 'unlock-2']);
      expect(await store.moves.untold(0, START + 99)).toEqual([
        ended(click(1), UNLOCKED, START + 20),
        joinedRow(click(2), { outcome: UNLOCKED, endedAt: START + 20 }),
      ]);
    });

    test('does not count as told what has no outcome yet', async () => {
      const { db, store } = await open();
      await store.moves.begin(click(1));
      await store.moves.told(click(1).id, START + 5, true);
      expect(await db.selectFrom('move').select(['told_at', 'run_id']).execute()).toEqual([
        { told_at: null, run_id: RUN },
      ]);
      await store.moves.end(click(1).id, UNLOCKED, START + 9);
      expect(await store.moves.untold(0, START + 99)).toEqual([ended(click(1), UNLOCKED, START + 9)]);
    });

    test('finds what is untold by when it ended, oldest click first', async () => {
      const { store } = await open();
      const doors = [1, 2, 3].map((n) => click(n, { deviceId: deviceId(`door-${n}`) }));
      for (const one of doors) await store.moves.begin(one);
      for (const [index, one] of doors.entries()) {
        await store.moves.end(one.id, UNLOCKED, START + 300 - index * 100);
      }
      const between = async (since: number, until: number) =>
        (await store.moves.untold(START + since, START + until)).map(({ id }) => id);
      expect(await between(0, 999)).toEqual(['unlock-1', 'unlock-2', 'unlock-3']);
      expect(await between(100, 200)).toEqual(['unlock-2', 'unlock-3']);
      expect(await between(101, 299)).toEqual(['unlock-2']);
      expect(await between(301, 999)).toEqual([]);
    });

    test('finds what is untold of its own run only', async () => {
      const { another, store } = await open();
      const other = await another('run-2');
      const elsewhere = click(2, { deviceId: deviceId('door-2') });
      await store.moves.begin(click(1));
      await other.moves.begin(elsewhere);
      await store.moves.end(click(1).id, UNLOCKED, START + 9);
      await other.moves.end(elsewhere.id, OFFLINE, START + 9);
      expect(await store.moves.untold(0, START + 99)).toEqual([ended(click(1), UNLOCKED, START + 9)]);
      expect(await other.moves.untold(0, START + 99)).toEqual([ended(elsewhere, OFFLINE, START + 9)]);
    });

    test('notes when a row was told, and that it is closed where it is', async () => {
      const { db, journal, store } = await open();
      await store.moves.begin(click(1));
      await store.moves.begin(click(2));
      await store.moves.end(click(1).id, UNKNOWN, START + 9);
      await store.moves.told(click(1).id, START + 10, false);
      await store.moves.told(click(2).id, START + 11, true);
      expect(await journal()).toEqual([
        ended(click(1), UNKNOWN, START + 9, { toldAt: START + 10 }),
        joinedRow(click(2), { outcome: UNKNOWN, endedAt: START + 9, toldAt: START + 11 }),
      ]);
      expect(await runsOf(db, 'move')).toEqual({ 'unlock-1': RUN, 'unlock-2': null });
    });

    test('closes a row that was told, and no other', async () => {
      const { db, store } = await open();
      const elsewhere = click(2, { deviceId: deviceId('door-2') });
      for (const one of [click(1), elsewhere]) await store.moves.begin(one);
      for (const one of [click(1), elsewhere]) {
        await store.moves.close(one.id);
        await store.moves.end(one.id, UNKNOWN, START + 9);
        await store.moves.close(one.id);
      }
      expect(await runsOf(db, 'move')).toEqual({ 'unlock-1': RUN, 'unlock-2': RUN });
      await store.moves.told(click(1).id, START + 10, false);
      await store.moves.close(click(1).id);
      expect(await runsOf(db, 'move')).toEqual({ 'unlock-1': null, 'unlock-2': RUN });
    });

    test('has a closed row to tell again when its outcome changes after all', async () => {
      const { another, db, store } = await open();
      await store.moves.begin(click(1));
      await store.moves.begin(click(2));
      await store.moves.end(click(1).id, UNKNOWN, START + 9);
      for (const n of [1, 2]) await store.moves.told(click(n).id, START + 10, true);
      const other = await another('run-2');
      await other.moves.end(click(1).id, UNLOCKED, START + 20);
      expect(await runsOf(db, 'move')).toEqual({ 'unlock-1': 'run-2', 'unlock-2': 'run-2' });
      expect(await other.moves.untold(0, START + 99)).toEqual([
        ended(click(1), UNLOCKED, START + 20),
        joinedRow(click(2), { outcome: UNLOCKED, endedAt: START + 20 }),
      ]);
    });
  });
}
