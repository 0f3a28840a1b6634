import { expect, test } from 'vitest';
import { interactionId, moveId } from '../../../src/domain/ids.ts';
import { aMove, aRequest, START, someone } from '../../support/sights.ts';
import { UNLOCKED } from './clicks.ts';
import type { OpenScene } from './scene.ts';

/** The store as a whole. */
export function openingContract(open: OpenScene): void {
  test('answers while it is open, and says so when it is not', async () => {
    const { store } = await open();
    expect(await store.answers()).toBe(true);
    await store.close();
    await expect(store.answers()).rejects.toMatchObject({ name: 'StoreError', kind: 'broken' });
  });

  test('opens again over what is there, and keeps it', async () => {
    const { another, store } = await open();
    await store.people.ensure(someone(), () => 'first', START);
    const again = await another('run-2');
    expect(await again.people.ensure(someone(), () => 'second', START)).toMatchObject({ key: 'first' });
  });

  test('writes no step of the journal, and says so, where the database is not there any more', async () => {
    const { another, opened, store, underWay } = await open();
    let there = false;
    const lost = await another('run-2', { opened: { ...opened, isThere: async () => there } });
    const gone = { name: 'StoreError', kind: 'broken', code: 'file_gone' };
    await store.moves.begin(aRequest());
    const second = aRequest({ id: moveId('second'), interaction: interactionId('second') });
    await expect(lost.moves.begin(second)).rejects.toMatchObject(gone);
    await expect(lost.moves.end(aRequest().id, UNLOCKED, START)).rejects.toMatchObject(gone);
    expect(await lost.answers()).toBe(false);
    expect(await underWay()).toEqual([aMove()]);
    there = true;
    expect(await lost.answers()).toBe(true);
    expect(await lost.moves.begin(second)).toMatchObject({ kind: 'joined' });
    await lost.moves.end(aRequest().id, UNLOCKED, START);
    expect(await underWay()).toEqual([]);
  });
}
