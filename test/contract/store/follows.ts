import { describe, expect, test } from 'vitest';
import { deviceId, interactionId, moveId, timerId } from '../../../src/domain/ids.ts';
import type { Outcome } from '../../../src/domain/outcome.ts';
import type { Store } from '../../../src/store/store.ts';
import { aFollow, aRequest, START, someone } from '../../support/sights.ts';
import type { OpenScene } from './scene.ts';

const [front, back] = [deviceId('door-1'), deviceId('door-2')];

const timer = (id: string, subject: string, dueAt = START) => ({
  id: timerId(id),
  kind: 'follow:relock',
  subject,
  dueAt,
});

/** An unlock that ended so, as the journal has it. */
async function ended(store: Store, id: string, at: number, outcome: Outcome = { kind: 'unlocked' }) {
  const request = aRequest({ id: moveId(id), interaction: interactionId(id), requestedAt: at });
  await store.moves.begin(request);
  await store.moves.end(request.id, outcome, at);
}

/** The doors that are followed, and what their owners want. */
export function followsContract(open: OpenScene): void {
  describe('doors that are followed', () => {
    test('come back as they were begun, and as they were changed', async () => {
      const { store } = await open();
      const follow = aFollow();
      expect(await store.follows.begin(follow, [])).toEqual({ replaced: null });
      expect(await store.follows.find(follow.moveId)).toEqual(follow);
      expect(await store.follows.find(moveId('nothing'))).toBeNull();
      const changed = {
        canLock: false,
        place: 'card',
        shownAt: START + 5,
        locksAt: null,
        card: { channelId: 'D0OLIVIA', ts: '1.1' },
        note: { channelId: 'D0OLIVIA', ts: '2.2' },
      } as const;
      await store.follows.change(follow.moveId, changed);
      expect(await store.follows.find(follow.moveId)).toEqual({ ...follow, ...changed });
      await store.follows.change(follow.moveId, { card: null });
      expect(await store.follows.find(follow.moveId)).toEqual({ ...follow, ...changed, card: null });
      await store.follows.end(follow.moveId);
      expect(await store.follows.find(follow.moveId)).toBeNull();
    });

    test('are one of each person and door: the newest, with its timers', async () => {
      const { db, store } = await open();
      const [first, second] = [aFollow(), aFollow({ moveId: moveId('unlock-2'), unlockedAt: START + 9 })];
      await store.follows.begin(first, [timer('t1', first.moveId)]);
      expect(await store.follows.begin(first, [timer('t2', first.moveId)])).toBeNull();
      expect(await store.follows.begin(second, [timer('t3', second.moveId)])).toEqual({ replaced: first });
      expect(await store.follows.begin(first, [])).toBeNull();
      const ben = aFollow({ moveId: moveId('unlock-3'), who: someone('U0BEN') });
      const other = aFollow({ moveId: moveId('unlock-4'), deviceId: back });
      await store.follows.begin(ben, []);
      await store.follows.begin(other, []);
      expect(await store.follows.ofDoor(front)).toEqual([second, ben]);
      expect(await store.follows.ofPerson(someone(), [front, back])).toEqual(
        new Map([
          [front, second],
          [back, other],
        ]),
      );
      expect(await store.follows.ofPerson(someone(), [])).toEqual(new Map());
      expect((await db.selectFrom('timer').select('id').execute()).map(({ id }) => id)).toEqual(['t3']);
    });

    test('spend a post once for one thing, and keep what is to be kept', async () => {
      const { another, store } = await open();
      const { moveId: id } = aFollow();
      await store.follows.begin(aFollow(), []);
      const stores = [store, await another('run-2')];
      const spent = await Promise.all(stores.map(({ follows }) => follows.spend(id, START + 1, 1)));
      expect(spent.toSorted()).toEqual([false, true]);
      expect(await store.follows.spend(id, START, 1)).toBe(false);
      expect(await store.follows.spend(id, START + 2, 1)).toBe(true);
      expect(await store.follows.spend(id, START + 3, 1)).toBe(false);
      expect(await store.follows.spend(id, START + 3, 0)).toBe(true);
      expect(await store.follows.spend(id, START + 4, 0)).toBe(false);
      expect(await store.follows.find(id)).toMatchObject({ postsLeft: 0, shownAt: START + 3 });
    });

    test('are tried to lock once more, with a timer', async () => {
      const { db, store } = await open();
      const { moveId: id } = aFollow();
      await store.follows.begin(aFollow(), []);
      expect(await store.follows.tryAgain(id, timer('t1', id, START + 7))).toBe(true);
      expect(await store.follows.tryAgain(id, timer('t2', id, START + 8))).toBe(false);
      expect(await store.follows.find(id)).toMatchObject({ lockTries: 1, locksAt: START + 7 });
      expect(await db.selectFrom('timer').selectAll().execute()).toMatchObject([
        { id: 't1', due_at: START + 7 },
      ]);
    });

    test('are not tried again once they are kept unlocked', async () => {
      const { db, store } = await open();
      const { moveId: id } = aFollow();
      await store.follows.begin(aFollow(), []);
      await store.follows.change(id, { locksAt: null });
      expect(await store.follows.tryAgain(id, timer('t1', id, START + 7))).toBe(false);
      expect(await store.follows.find(id)).toEqual(aFollow({ locksAt: null }));
      expect(await db.selectFrom('timer').selectAll().execute()).toEqual([]);
    });

    test('are missed where a door with settings was unlocked and nobody follows it', async () => {
      const { store } = await open();
      const missed = () => store.follows.missed(START);
      await ended(store, 'unlock-1', START);
      expect(await missed()).toEqual([]);
      await store.doorSettings.set(someone(), front, { nudgeAfterMs: null, lockAfterMs: 60_000 });
      expect(await missed()).toEqual(['unlock-1']);
      expect(await store.follows.missed(START + 1)).toEqual([]);
      await ended(store, 'unlock-2', START + 10);
      expect(await missed()).toEqual(['unlock-2']);
      await store.follows.begin(aFollow({ moveId: moveId('unlock-2') }), []);
      expect(await missed()).toEqual([]);
    });
  });

  describe('what is wanted of a door that stays unlocked', () => {
    test('is each person’s own, and what was set last', async () => {
      const { store } = await open();
      expect(await store.doorSettings.of(someone(), [front])).toEqual(new Map());
      await store.doorSettings.set(someone(), front, { nudgeAfterMs: 1, lockAfterMs: null });
      await store.doorSettings.set(someone(), front, { nudgeAfterMs: null, lockAfterMs: 2 });
      await store.doorSettings.set(someone('U0BEN'), front, { nudgeAfterMs: 3, lockAfterMs: 4 });
      expect(await store.doorSettings.of(someone(), [front, back])).toEqual(
        new Map([[front, { nudgeAfterMs: null, lockAfterMs: 2 }]]),
      );
      expect(await store.doorSettings.of(someone('U0BEN'), [front])).toEqual(
        new Map([[front, { nudgeAfterMs: 3, lockAfterMs: 4 }]]),
      );
      expect(await store.doorSettings.of(someone(), [])).toEqual(new Map());
    });
  });

  test('a timer that is set twice stays as it was set first', async () => {
    const { store } = await open();
    await store.timers.set(timer('t1', 'a', START));
    await store.timers.set(timer('t1', 'a', START + 9));
    expect(await store.timers.take(START + 99)).toEqual([timer('t1', 'a', START)]);
  });

  test('a move is found by its id, and by what asked for it', async () => {
    const { store } = await open();
    const request = aRequest();
    await store.moves.begin(request);
    expect(await store.moves.find(request.id)).toMatchObject(request);
    expect(await store.moves.ofInteraction(request.interaction)).toMatchObject(request);
    expect(await store.moves.find(moveId('nothing'))).toBeNull();
    expect(await store.moves.ofInteraction(interactionId('nothing'))).toBeNull();
  });
}
