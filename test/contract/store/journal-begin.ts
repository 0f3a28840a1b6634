import { describe, expect, test } from 'vitest';
import { deviceId, listingId, moveId } from '../../../src/domain/ids.ts';
import { clear } from '../../support/clear.ts';
import { START, someone } from '../../support/sights.ts';
import { click, ended, joinedRow, REFUSED, rowOf, UNLOCKED } from './clicks.ts';
import { byId, type OpenScene, RUN, runsOf } from './scene.ts';

/** The journal: what becomes of a click. */
export function beginContract(open: OpenScene): void {
  describe('the journal', () => {
    test('begins an unlock, and keeps it under way', async () => {
      const { store, underWay } = await open();
      expect(await store.moves.begin(click(1))).toEqual({ kind: 'begun', move: rowOf(click(1)) });
      expect(await underWay()).toEqual([rowOf(click(1))]);
      expect(await store.moves.latest(someone(), [click(1).deviceId])).toEqual(
        new Map([[click(1).deviceId, rowOf(click(1))]]),
      );
    });

    test('keeps a click without a message and without a way back', async () => {
      const { store, underWay } = await open();
      const bare = click(1, { listingId: null, responseUrl: null });
      expect(await store.moves.begin(bare)).toEqual({ kind: 'begun', move: rowOf(bare) });
      expect(await underWay()).toEqual([rowOf(bare)]);
    });

    test('takes an interaction once, under way and ever after', async () => {
      const { journal, store } = await open();
      await store.moves.begin(click(1));
      const again = click(2, { interaction: click(1).interaction });
      expect(await store.moves.begin(again)).toEqual({ kind: 'duplicate' });
      await store.moves.end(click(1).id, UNLOCKED, START + 9);
      expect(await store.moves.begin(again)).toEqual({ kind: 'duplicate' });
      expect(await journal()).toHaveLength(1);
    });

    test('lets a second click join, and hands out its own row', async () => {
      const { store, underWay } = await open();
      await store.moves.begin(click(1));
      await clear(store, rowOf(click(1)), 'Front Door', START + 5);
      const second = click(2, { listingId: listingId('listing-2'), responseUrl: null });
      const joined = joinedRow(second, { doorName: 'Front Door' });
      expect(await store.moves.begin(second)).toEqual({ kind: 'joined', move: joined });
      expect(await store.moves.joinedTo(click(1).id)).toEqual([joined]);
      expect(await store.moves.joinedTo(second.id)).toEqual([]);
      expect(await underWay()).toEqual([rowOf(click(1), { doorName: 'Front Door', sentAt: START + 5 })]);
    });

    test('names what joined before the door had its name', async () => {
      const { store, underWay } = await open();
      await store.moves.begin(click(1));
      expect(await store.moves.begin(click(2))).toEqual({ kind: 'joined', move: joinedRow(click(2)) });
      const other = click(3, { deviceId: deviceId('door-2') });
      await store.moves.begin(other);
      await clear(store, rowOf(click(1)), 'Front Door', START + 5);
      expect(await store.moves.joinedTo(click(1).id)).toEqual([
        joinedRow(click(2), { doorName: 'Front Door' }),
      ]);
      expect(await underWay()).toEqual([
        rowOf(click(1), { doorName: 'Front Door', sentAt: START + 5 }),
        rowOf(other),
      ]);
    });

    test('knows a joined click when it is delivered again after the end', async () => {
      const { store } = await open();
      await store.moves.begin(click(1));
      await store.moves.begin(click(2));
      const again = click(3, { interaction: click(2).interaction });
      expect(await store.moves.begin(again)).toEqual({ kind: 'duplicate' });
      await store.moves.end(click(1).id, UNLOCKED, START + 9);
      expect(await store.moves.begin(again)).toEqual({ kind: 'duplicate' });
      expect(await store.moves.begin(click(4))).toEqual({ kind: 'begun', move: rowOf(click(4)) });
    });

    test('begins one unlock of many clicks at once', async () => {
      const { store, underWay } = await open();
      const clicks = Array.from({ length: 20 }, (_, n) => click(n));
      const begun = await Promise.all(clicks.map((one) => store.moves.begin(one)));
      expect(begun.filter(({ kind }) => kind === 'begun')).toHaveLength(1);
      expect(begun.filter(({ kind }) => kind === 'joined')).toHaveLength(19);
      const [first, ...more] = await underWay();
      expect(more).toEqual([]);
      const handedOut = begun.flatMap((one) => (one.kind === 'duplicate' ? [] : [one.move]));
      const joined = handedOut.filter(({ state }) => state === 'joined');
      expect(joined.map(({ joinedId }) => joinedId)).toEqual(Array.from({ length: 19 }, () => first?.id));
      // To each its own row, in whatever order they came.
      expect(handedOut.map(({ id }) => id)).toEqual(clicks.map(({ id }) => id));
      expect(byId(await store.moves.joinedTo(moveId(first?.id ?? 'none')))).toEqual(byId(joined));
    });

    test('begins one unlock of many deliveries at once', async () => {
      const { journal, store } = await open();
      const { interaction } = click(0);
      const begun = await Promise.all(
        Array.from({ length: 20 }, (_, n) => store.moves.begin(click(n, { interaction }))),
      );
      expect(begun.map(({ kind }) => kind).sort()).toEqual([
        'begun',
        ...Array.from({ length: 19 }, () => 'duplicate'),
      ]);
      expect(await journal()).toHaveLength(1);
    });

    test.each([
      ['another door', { deviceId: deviceId('door-2') }],
      ['another person', { who: someone('U0BEN') }],
      ['the same id in another workspace', { who: someone('U0OLIVIA', 'T0AWAY') }],
    ])('begins beside what is under way for %s', async (_, facts) => {
      const { store, underWay } = await open();
      await store.moves.begin(click(1));
      expect(await store.moves.begin(click(2, facts))).toEqual({
        kind: 'begun',
        move: rowOf(click(2, facts)),
      });
      expect(await underWay()).toEqual([rowOf(click(1)), rowOf(click(2, facts))]);
    });

    test('writes a refusal once, hands out its row, and it stays in no way', async () => {
      const { db, journal, store } = await open();
      await store.moves.begin(click(1));
      const refused = ended(click(2), REFUSED, START + 2);
      expect(await store.moves.refuse(click(2), REFUSED)).toEqual(refused);
      for (const { interaction } of [click(2), click(1)]) {
        expect(await store.moves.refuse(click(3, { interaction }), REFUSED)).toBeNull();
      }
      expect(await journal()).toEqual([rowOf(click(1)), refused]);
      expect(await store.moves.untold(0, START + 99)).toEqual([refused]);
      expect(await runsOf(db, 'move')).toEqual({ 'unlock-1': RUN, 'unlock-2': RUN });
      expect(await store.moves.begin(click(5))).toMatchObject({
        kind: 'joined',
        move: { id: 'unlock-5', joinedId: 'unlock-1' },
      });
    });

    test('refuses after the last click on that door, also when the clock goes back', async () => {
      const { store } = await open();
      await store.moves.begin(click(9));
      const refused = ended(click(1, { requestedAt: START + 10 }), REFUSED, START + 10);
      expect(await store.moves.refuse(click(1), REFUSED)).toEqual(refused);
      const elsewhere = click(2, { deviceId: deviceId('door-2') });
      expect(await store.moves.refuse(elsewhere, REFUSED)).toEqual(ended(elsewhere, REFUSED, START + 2));
    });

    test('leaves a click that joined to the run that looks after the first', async () => {
      const { another, db, store } = await open();
      await store.moves.begin(click(1));
      expect(await (await another('run-2')).moves.begin(click(2))).toMatchObject({ kind: 'joined' });
      expect(await runsOf(db, 'move')).toEqual({ 'unlock-1': RUN, 'unlock-2': RUN });
    });

    test.each(['unlock', 'lock'] as const)(
      'does not begin the opposite of the %s that is under way, and writes that down',
      async (verb) => {
        const { journal, store } = await open();
        const first = click(1, { verb });
        const opposite = click(2, { verb: verb === 'lock' ? 'unlock' : 'lock' });
        const outcome = { kind: 'failed', reason: 'crossed', said: null, waitMs: null } as const;
        await store.moves.begin(first);
        const crossed = rowOf(opposite, { state: 'ended', outcome, endedAt: opposite.requestedAt });
        expect(await store.moves.begin(opposite)).toEqual({ kind: 'crossed', move: crossed, outcome });
        expect(await store.moves.begin(opposite)).toEqual({ kind: 'duplicate' });
        expect(await journal()).toEqual([rowOf(first), crossed]);
        await store.moves.end(first.id, UNLOCKED, START + 50);
        expect(await store.moves.begin(click(3, { verb: opposite.verb }))).toMatchObject({ kind: 'begun' });
      },
    );
  });
}
