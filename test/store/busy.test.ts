import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { interactionId, moveId } from '../../src/domain/ids.ts';
import { aMove, aRequest, START, someone } from '../support/sights.ts';
import { holdElsewhere, newFile, open, underWay } from './database.ts';

/** Ticks every 5 ms; tells how often it ticked and the longest pause between two ticks, ms. */
function heartbeat(): () => { ticks: number; longest: number } {
  let [ticks, longest, last] = [0, 0, performance.now()];
  const timer = setInterval(() => {
    const now = performance.now();
    [ticks, longest, last] = [ticks + 1, Math.max(longest, now - last), now];
  }, 5);
  return () => {
    clearInterval(timer);
    return { ticks, longest: Math.max(longest, performance.now() - last) };
  };
}

describe.concurrent('a database that another process holds', () => {
  test('is waited for without stopping anybody else, and then written', async () => {
    const file = newFile();
    const { store } = await open(file);
    const holder = await holdElsewhere(file);
    const beat = heartbeat();
    const begun = performance.now();
    const writing = store.moves.begin(aRequest());
    const naming = store.people.ensure(someone(), () => 'key-1', START);
    await sleep(700);
    expect(await Promise.race([writing, naming, 'still waiting'])).toBe('still waiting');
    await holder.release();
    expect(await writing).toEqual({ kind: 'begun', move: aMove() });
    expect(await naming).toMatchObject({ key: 'key-1' });
    const { ticks, longest } = beat();
    expect(performance.now() - begun).toBeLessThan(4_000);
    expect(ticks).toBeGreaterThan(20);
    // SQLite's own waiting would be one pause of the whole 700 ms.
    expect(longest).toBeLessThan(400);
  });

  test('can be read meanwhile', async () => {
    const file = newFile();
    const { db, store } = await open(file);
    await store.moves.begin(aRequest());
    const holder = await holdElsewhere(file);
    const begun = performance.now();
    expect(await underWay(db)).toHaveLength(1);
    expect(await store.answers()).toBe(true);
    expect(performance.now() - begun).toBeLessThan(1_000);
    await holder.release();
  });

  test('for too long ends in `busy` within 5 s, with nothing written, and works again after', async () => {
    const file = newFile();
    const { db, store } = await open(file);
    const holder = await holdElsewhere(file);
    const begun = performance.now();
    const beat = heartbeat();
    const refusals = await Promise.allSettled([
      store.moves.begin(aRequest()),
      store.people.ensure(someone(), () => 'key-1', START),
    ]);
    const took = performance.now() - begun;
    const busy = {
      name: 'StoreError',
      kind: 'busy',
      code: 'SQLITE_BUSY',
      message: 'store: busy (SQLITE_BUSY)',
    };
    expect(refusals).toMatchObject([
      { status: 'rejected', reason: busy },
      { status: 'rejected', reason: busy },
    ]);
    expect(took).toBeGreaterThan(2_500);
    expect(took).toBeLessThan(5_000);
    expect(beat().longest).toBeLessThan(400);
    await holder.release();
    expect(await underWay(db)).toEqual([]);
    const again = aRequest({ id: moveId('again'), interaction: interactionId('again') });
    expect(await store.moves.begin(again)).toEqual({ kind: 'begun', move: aMove(again) });
  });
});
