import { describe, expect, test } from 'vitest';
import { actionAttemptId, deviceId, runId } from '../../../src/domain/ids.ts';
import type { Outcome } from '../../../src/domain/outcome.ts';
import { clear } from '../../support/clear.ts';
import { START } from '../../support/sights.ts';
import { click, ended, joinedRow, OFFLINE, REFUSED, rowOf, UNKNOWN, UNLOCKED } from './clicks.ts';
import { byId, type OpenScene, RUN, runsOf } from './scene.ts';

/** The journal: what another run left open. */
export function adoptContract(open: OpenScene): void {
  describe('the journal', () => {
    test('takes over what another run left, in whatever state, with all that is known of it', async () => {
      const { another, db, journal, store } = await open();
      const make = async (n: number) => {
        const one = click(n, { deviceId: deviceId(`door-${n}`) });
        await store.moves.begin(one);
        return one;
      };
      const begun = await make(1);
      const sent = await make(2);
      await clear(store, rowOf(sent), 'Back Door', START + 20);
      const asked = await make(3);
      await clear(store, rowOf(asked), 'Gate', START + 30);
      await store.moves.attempted(asked.id, actionAttemptId('attempt-3'));
      const over = await make(4);
      await store.moves.end(over.id, UNLOCKED, START + 40);
      const unsettled = await make(5);
      await store.moves.attempted(unsettled.id, actionAttemptId('attempt-5'));
      await store.moves.end(unsettled.id, UNKNOWN, START + 50);
      await store.moves.told(unsettled.id, START + 51, false);
      const refused = click(6);
      await store.moves.refuse(refused, REFUSED);
      const left = [
        rowOf(begun),
        rowOf(sent, { doorName: 'Back Door', sentAt: START + 20 }),
        rowOf(asked, { doorName: 'Gate', sentAt: START + 30, attemptId: actionAttemptId('attempt-3') }),
        ended(over, UNLOCKED, START + 40),
        ended(unsettled, UNKNOWN, START + 50, {
          attemptId: actionAttemptId('attempt-5'),
          toldAt: START + 51,
        }),
        ended(refused, REFUSED, START + 6),
      ];
      const heir = await another('run-2');
      expect(byId(await heir.moves.adopt([RUN]))).toEqual(left);
      expect(await journal()).toEqual(left);
      expect(new Set(Object.values(await runsOf(db, 'move')))).toEqual(new Set(['run-2']));
      expect(await heir.moves.adopt([RUN])).toEqual([]);
    });

    test('takes over nothing that was told and is closed', async () => {
      const { another, db, store } = await open();
      const make = async (n: number, outcome: Outcome) => {
        await store.moves.begin(click(n));
        await store.moves.end(click(n).id, outcome, START + 9);
      };
      await make(1, UNLOCKED);
      await store.moves.told(click(1).id, START + 10, true);
      await make(2, UNKNOWN);
      await store.moves.told(click(2).id, START + 10, false);
      await store.moves.close(click(2).id);
      expect(await (await another('run-2')).moves.adopt([RUN])).toEqual([]);
      expect(await runsOf(db, 'move')).toEqual({ 'unlock-1': null, 'unlock-2': null });
    });

    test('takes over from the runs that are named, and from no other', async () => {
      const { another, db, store } = await open();
      const stores = [store, await another('run-2'), await another('run-3')];
      for (const [n, { moves }] of stores.entries()) {
        await moves.begin(click(n, { deviceId: deviceId(`door-${n}`) }));
      }
      const last = await another('run-4');
      expect(await last.moves.adopt([])).toEqual([]);
      expect(await last.moves.adopt([runId('nobody')])).toEqual([]);
      const taken = await last.moves.adopt([RUN, runId('run-3')]);
      expect(byId(taken).map(({ id }) => id)).toEqual(['unlock-0', 'unlock-2']);
      expect(await runsOf(db, 'move')).toEqual({
        'unlock-0': 'run-4',
        'unlock-1': 'run-2',
        'unlock-2': 'run-4',
      });
    });

    test('gives each row to one of many runs that take over at once', async () => {
      const { another, db, store } = await open();
      const doors = Array.from({ length: 20 }, (_, n) => click(n, { deviceId: deviceId(`door-${n}`) }));
      for (const one of doors) await store.moves.begin(one);
      const heirs = await Promise.all(['run-2', 'run-3', 'run-4'].map((run) => another(run)));
      const taken = await Promise.all(heirs.map((heir) => heir.moves.adopt([RUN])));
      expect(byId(taken.flat())).toEqual(byId(doors.map((one) => rowOf(one))));
      const owners = taken.flatMap((rows, heir) => rows.map(({ id }) => [id, `run-${heir + 2}`]));
      expect(await runsOf(db, 'move')).toEqual(Object.fromEntries(owners));
    });

    test('takes what joined along with its first, whichever run it was clicked in', async () => {
      const { another, db, store } = await open();
      const [second, heir] = [await another('run-2'), await another('run-3')];
      await store.moves.begin(click(1));
      await second.moves.begin(click(2));
      expect(await heir.moves.adopt([runId('run-2')])).toEqual([]);
      expect(byId(await heir.moves.adopt([RUN]))).toEqual([rowOf(click(1)), joinedRow(click(2))]);
      await second.moves.begin(click(3));
      expect(await runsOf(db, 'move')).toEqual({
        'unlock-1': 'run-3',
        'unlock-2': 'run-3',
        'unlock-3': 'run-3',
      });
      await heir.moves.end(click(1).id, UNLOCKED, START + 9);
      expect((await heir.moves.untold(0, START + 99)).map(({ id }) => id)).toEqual([
        'unlock-1',
        'unlock-2',
        'unlock-3',
      ]);
      expect(await store.moves.untold(0, START + 99)).toEqual([]);
    });

    test('leaves what is to be told to the run that took over', async () => {
      const { another, store } = await open();
      await store.moves.begin(click(1));
      await store.moves.end(click(1).id, OFFLINE, START + 9);
      const heir = await another('run-2');
      await heir.moves.adopt([RUN]);
      expect(await store.moves.untold(0, START + 99)).toEqual([]);
      expect(await heir.moves.untold(0, START + 99)).toEqual([ended(click(1), OFFLINE, START + 9)]);
    });
  });
}
