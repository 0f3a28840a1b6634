import { describe, expect, test } from 'vitest';
import { deviceId, interactionId, moveId } from '../../../src/domain/ids.ts';
import type { Store } from '../../../src/store/store.ts';
import { clear } from '../../support/clear.ts';
import { START, someone } from '../../support/sights.ts';
import { click, ended, joinedRow, OFFLINE, REFUSED, rowOf, UNLOCKED } from './clicks.ts';
import type { OpenScene } from './scene.ts';

/** The journal: what a list of doors shows of it. */
export function latestContract(open: OpenScene): void {
  describe('the journal', () => {
    test('keeps the order of the clicks on a door when the clock goes back', async () => {
      const { store, underWay } = await open();
      const back = (n: number) => click(n, { requestedAt: START - n });
      const justAfter = (last: number, n: number) => ({ ...back(n), requestedAt: last + 1 });
      await store.moves.begin(click(9));
      const joined = joinedRow(justAfter(START + 9, 1), { joinedId: click(9).id });
      expect(await store.moves.begin(back(1))).toEqual({ kind: 'joined', move: joined });
      await store.moves.end(click(9).id, UNLOCKED, START - 1);
      const second = rowOf(justAfter(START + 10, 2));
      expect(await store.moves.begin(back(2))).toEqual({ kind: 'begun', move: second });
      expect(await underWay()).toEqual([second]);
      expect(await store.moves.latest(someone(), [second.deviceId])).toEqual(
        new Map([[second.deviceId, second]]),
      );
      // It is the order of one person's clicks on one door: elsewhere the clock is taken as it is.
      for (const [n, facts] of [
        [3, { deviceId: deviceId('door-2') }],
        [4, { who: someone('U0BEN') }],
        [5, { who: someone('U0OLIVIA', 'T0AWAY') }],
      ] as const) {
        const request = { ...back(n), ...facts };
        expect(await store.moves.begin(request)).toEqual({ kind: 'begun', move: rowOf(request) });
      }
    });

    test('keeps the order of the clicks on one door, whatever the clock says', async () => {
      const { store } = await open();
      for (const n of [1, 2, 3]) {
        await store.moves.begin(click(n, { requestedAt: START - n * 100 }));
        await store.moves.end(click(n).id, OFFLINE, START);
      }
      const latest = await store.moves.latest(someone(), [click(1).deviceId]);
      expect([...latest.values()].map(({ id, requestedAt }) => [id, requestedAt])).toEqual([
        ['unlock-3', START - 98],
      ]);
    });

    describe('tells the latest of each door', () => {
      const door = (n: number) => deviceId(`door-${n}`);
      const latest = async (store: Store, who = someone(), doors = [door(1), door(2)]) =>
        [...(await store.moves.latest(who, doors)).values()].map(({ id }) => id).sort();

      test('the newest, and nothing of other doors', async () => {
        const { store } = await open();
        for (const n of [1, 2, 3]) {
          await store.moves.begin(click(n));
          await store.moves.end(click(n).id, UNLOCKED, START + 100 + n);
        }
        await store.moves.begin(click(4, { deviceId: door(2) }));
        await store.moves.begin(click(5, { deviceId: door(3) }));
        expect(await store.moves.latest(someone(), [door(1), door(2), door(4)])).toEqual(
          new Map([
            [door(1), ended(click(3), UNLOCKED, START + 103)],
            [door(2), rowOf(click(4, { deviceId: door(2) }))],
          ]),
        );
        expect(await latest(store, someone(), [])).toEqual([]);
      });

      test('never a click that only joined', async () => {
        const { store } = await open();
        await store.moves.begin(click(1));
        await store.moves.begin(click(2));
        expect(await latest(store)).toEqual(['unlock-1']);
        await store.moves.end(click(1).id, UNLOCKED, START + 9);
        expect(await latest(store)).toEqual(['unlock-1']);
      });

      test('not mixed between two people, whoever came last', async () => {
        const { store } = await open();
        const ben = someone('U0BEN');
        const stranger = someone('U0OLIVIA', 'T0AWAY');
        await store.moves.begin(click(1));
        await store.moves.begin(click(2, { who: ben }));
        await store.moves.refuse(click(3, { who: stranger }), REFUSED);
        expect(await latest(store)).toEqual(['unlock-1']);
        expect(await latest(store, ben)).toEqual(['unlock-2']);
        expect(await latest(store, stranger)).toEqual(['unlock-3']);
      });

      test('the one under way, when two clicks came in one millisecond', async () => {
        const { store } = await open();
        for (const id of ['unlock-a', 'unlock-z']) {
          const now = { requestedAt: START, deviceId: deviceId(`door-of-${id}`) };
          const first = click(1, {
            ...now,
            id: moveId(`${id}-1`),
            interaction: interactionId(`${id}-1`),
          });
          const second = click(2, {
            ...now,
            id: moveId(`${id}-0`),
            interaction: interactionId(`${id}-0`),
          });
          await store.moves.begin(first);
          await store.moves.end(first.id, OFFLINE, START);
          await store.moves.begin(second);
          expect(await latest(store, someone(), [now.deviceId])).toEqual([second.id]);
        }
      });
    });

    test('tells what was sent lately: by a person to any door, and by others here to doors that are named', async () => {
      const { store } = await open();
      const [door, other] = [click(1).deviceId, deviceId('door-2')];
      const send = async (n: number, facts: Parameters<typeof click>[1] = {}) => {
        const begun = await store.moves.begin(click(n, facts));
        if (begun.kind !== 'begun') throw new Error(begun.kind);
        await clear(store, begun.move, `Door ${n}`, START + n);
        await store.moves.end(begun.move.id, UNLOCKED, START + n);
      };
      await send(1);
      await send(2, { deviceId: other });
      await send(3, { who: someone('U0BEN') });
      await send(4, { who: someone('U0BEN'), deviceId: other });
      await send(5, { who: someone('U0BEN', 'T0AWAY') });
      await store.moves.refuse(click(6, { who: someone('U0BEN') }), REFUSED);
      await store.moves.refuse(click(7), REFUSED);
      const sent = async (ids: Parameters<Store['moves']['sent']>[1], since = START, limit = 9) =>
        (await store.moves.sent(someone(), ids, since, limit)).map(({ doorName }) => doorName);
      expect(await sent([door])).toEqual(['Door 2', 'Door 1', 'Door 3']);
      expect(await sent([])).toEqual(['Door 2', 'Door 1']);
      expect(await sent([door, other], START, 1)).toEqual(['Door 2', 'Door 4']);
      expect(await sent([door], START + 2)).toEqual(['Door 2', 'Door 3']);
    });
  });
}
