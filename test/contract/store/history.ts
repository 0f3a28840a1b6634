import { describe, expect, test } from 'vitest';
import type { Happening } from '../../../src/domain/happening.ts';
import { type Mark, NEWEST, type Way } from '../../../src/domain/history.ts';
import { actionAttemptId, deviceId, interactionId, type MoveId, moveId } from '../../../src/domain/ids.ts';
import type { Track } from '../../../src/store/history.ts';
import type { Store } from '../../../src/store/store.ts';
import { clear } from '../../support/clear.ts';
import { aRequest, START, someone } from '../../support/sights.ts';
import type { OpenScene } from './scene.ts';

const DOOR = deviceId('door-1');
const MOVES: Track = { kind: 'moves', deviceId: DOOR, reader: someone() };
const HAPPENINGS: Track = { kind: 'happenings', deviceId: DOOR };

/** A click on the door that began, and that Seam was about to be asked for. */
async function begin(store: Store, id: string, facts: Parameters<typeof aRequest>[0] = {}): Promise<MoveId> {
  const begun = await store.moves.begin(
    aRequest({ id: moveId(id), interaction: interactionId(id), ...facts }),
  );
  if (begun.kind !== 'begun') throw new Error(`it ${begun.kind}`);
  await clear(store, begun.move, 'Front Door', START + 1);
  return begun.move.id;
}

function aHappening(facts: Partial<Happening>): Happening {
  return {
    id: 'event-1',
    deviceId: DOOR,
    accountId: null,
    kind: 'locked',
    how: 'by_itself',
    codeId: null,
    attemptId: null,
    at: START,
    ...facts,
  };
}

/** What happened, track by track. */
export function historyContract(open: OpenScene): void {
  describe('the history', () => {
    const idsOf = async (store: Store, track: Track, from: Mark, way: Way, limit: number) => {
      const { entries, rest } = await store.history.read(track, from, way, limit);
      return { ids: entries.map(({ id }) => id), rest };
    };

    test('leads through a track both ways, by moment and then by id', async () => {
      const { store } = await open();
      for (const [id, at] of [
        ['b', START],
        ['a', START],
        ['c', START + 1],
        ['d', START + 2],
      ] as const) {
        await store.happenings.add(aHappening({ id, at }));
      }
      await store.happenings.add(aHappening({ id: 'e', deviceId: deviceId('door-2') }));
      expect(await idsOf(store, HAPPENINGS, NEWEST, 'older', 2)).toEqual({
        ids: ['d', 'c'],
        rest: { at: START + 1, id: 'c' },
      });
      const c = { at: START + 1, id: 'c' };
      const b = { at: START, id: 'b' };
      expect(await idsOf(store, HAPPENINGS, c, 'older', 2)).toEqual({
        ids: ['b', 'a'],
        rest: { at: START, id: 'a' },
      });
      expect(await idsOf(store, HAPPENINGS, b, 'older', 2)).toEqual({ ids: ['a'], rest: null });
      expect(await idsOf(store, HAPPENINGS, b, 'newer', 1)).toEqual({ ids: ['c'], rest: c });
      expect(await idsOf(store, HAPPENINGS, c, 'newer', 9)).toEqual({ ids: ['d'], rest: null });
    });

    test('has the reader’s own moves, and those of others once the door was proved theirs', async () => {
      const { store } = await open();
      const own = await begin(store, 'own');
      await begin(store, 'other', { who: someone('U2') });
      await store.moves.begin(aRequest({ id: moveId('joined'), interaction: interactionId('joined') }));
      await store.moves.refuse(
        aRequest({ id: moveId('refused'), interaction: interactionId('refused'), who: someone('U3') }),
        {
          kind: 'refused',
          why: 'not_yours',
        },
      );
      await store.moves.end(own, { kind: 'unlocked' }, START + 5);
      const { entries } = await store.history.read(MOVES, NEWEST, 'older', 9);
      const fact = { kind: 'move', deviceId: DOOR, doorName: 'Front Door', verb: 'unlock', via: 'message' };
      expect(entries.toSorted((one, other) => (one.id < other.id ? -1 : 1))).toEqual([
        { ...fact, id: 'other', at: START, who: someone('U2'), outcome: null },
        { ...fact, id: 'own', at: START, who: someone(), outcome: { kind: 'unlocked' } },
      ]);
      const theirs: Track = { kind: 'moves', deviceId: DOOR, reader: someone('U3') };
      expect((await store.history.read(theirs, NEWEST, 'older', 9)).entries).toHaveLength(3);
    });

    test('tells what came of a move of ours as that move only', async () => {
      const { store } = await open();
      const id = await begin(store, 'own');
      await store.moves.attempted(id, actionAttemptId('attempt-1'));
      await store.happenings.add(aHappening({ id: 'ours', attemptId: actionAttemptId('attempt-1') }));
      await store.happenings.add(
        aHappening({ id: 'another app’s', attemptId: actionAttemptId('attempt-2') }),
      );
      expect((await idsOf(store, HAPPENINGS, NEWEST, 'older', 9)).ids).toEqual(['another app’s']);
    });

    test('has a person’s own pauses', async () => {
      const { store } = await open();
      await store.people.ensure(someone(), () => 'key-1', START);
      await store.pauses.begin(someone(), 'p-1', START + 1);
      await store.pauses.end(someone(), START + 1, 'p-2', START + 2);
      const read = (reader = someone()) => store.history.read({ kind: 'pauses', reader }, NEWEST, 'older', 9);
      expect((await read()).entries).toEqual([
        { kind: 'pause', id: 'p-2', at: START + 2, what: 'resumed' },
        { kind: 'pause', id: 'p-1', at: START + 1, what: 'paused' },
      ]);
      expect((await read(someone('U2'))).entries).toEqual([]);
    });

    test('forgets what is old, but nothing under way or still to be told', async () => {
      const { store, journal } = await open();
      await store.people.ensure(someone(), () => 'key-1', START);
      const told = await begin(store, 'told');
      await store.moves.end(told, { kind: 'unlocked' }, START + 2);
      await store.moves.told(told, START + 3, true);
      const untold = await begin(store, 'untold', { requestedAt: START + 1 });
      await store.moves.end(untold, { kind: 'unlocked' }, START + 2);
      await begin(store, 'under-way', { requestedAt: START + 2 });
      for (const at of [START, START + 9]) await store.happenings.add(aHappening({ id: `event-${at}`, at }));
      await store.pauses.begin(someone(), 'p-1', START + 1);
      await store.history.forget(START + 5);
      expect((await journal()).map(({ id }) => id)).toEqual(['under-way', 'untold']);
      expect((await idsOf(store, HAPPENINGS, NEWEST, 'older', 9)).ids).toEqual([`event-${START + 9}`]);
      expect(
        (await store.history.read({ kind: 'pauses', reader: someone() }, NEWEST, 'older', 9)).entries,
      ).toEqual([]);
      // That it holds is no matter of the past.
      expect(await store.pauses.since(someone())).toBe(START + 1);
    });
  });
}
