import { describe, expect, test } from 'vitest';
import { connectedAccountId, userIdentifierKey } from '../../../src/domain/ids.ts';
import type { Store } from '../../../src/store/store.ts';
import { START } from '../../support/sights.ts';
import type { OpenScene } from './scene.ts';

/** Which person connected which account. */
export function accountsContract(open: OpenScene): void {
  describe('accounts', () => {
    const [olivia, ben] = [userIdentifierKey('olivia'), userIdentifierKey('ben')];
    const [august, yale] = [connectedAccountId('august'), connectedAccountId('yale')];

    const known = async (store: Store, key: typeof olivia) => [...(await store.accounts.of(key))].sort();

    test('are added, left, forgotten and added again, each as often as one likes', async () => {
      const { store } = await open();
      expect(await known(store, olivia)).toEqual([]);
      for (let i = 0; i < 2; i += 1) await store.accounts.add(olivia, august, START);
      await store.accounts.add(olivia, yale, START);
      expect(await known(store, olivia)).toEqual([august, yale]);
      for (let i = 0; i < 2; i += 1) await store.accounts.leave(olivia, august);
      expect(await known(store, olivia)).toEqual([yale]);
      expect([...(await store.accounts.withLeaving(olivia))].sort()).toEqual([august, yale]);
      await store.accounts.add(olivia, august, START + 2);
      expect(await known(store, olivia)).toEqual([august, yale]);
      for (let i = 0; i < 2; i += 1) await store.accounts.forget(olivia, august);
      expect([...(await store.accounts.withLeaving(olivia))]).toEqual([yale]);
    });

    test('that were never connected cannot be left', async () => {
      const { store } = await open();
      await store.accounts.leave(olivia, august);
      expect([...(await store.accounts.withLeaving(olivia))]).toEqual([]);
    });

    test('that are being left can stay, and those that were forgotten do not come back by it', async () => {
      const { store } = await open();
      await store.accounts.add(olivia, august, START);
      await store.accounts.add(ben, august, START);
      for (const who of [olivia, ben]) await store.accounts.leave(who, august);
      expect(await store.accounts.stay(olivia, august)).toBe(true);
      expect([await known(store, olivia), await known(store, ben)]).toEqual([[august], []]);
      await store.accounts.forget(olivia, august);
      expect(await store.accounts.stay(olivia, august)).toBe(false);
      expect([...(await store.accounts.withLeaving(olivia))]).toEqual([]);
    });

    test('of one person are nothing to another', async () => {
      const { store } = await open();
      await store.accounts.add(olivia, august, START);
      await store.accounts.add(ben, august, START);
      await store.accounts.leave(ben, august);
      expect(await known(store, olivia)).toEqual([august]);
      expect(await known(store, ben)).toEqual([]);
    });

    test('are used by others as long as another person has them', async () => {
      const { store } = await open();
      await store.accounts.add(olivia, august, START);
      expect(await store.accounts.usedByOthers(olivia, august)).toBe(false);
      expect(await store.accounts.usedByOthers(ben, august)).toBe(true);
      await store.accounts.add(ben, august, START);
      expect(await store.accounts.usedByOthers(olivia, august)).toBe(true);
      expect(await store.accounts.usedByOthers(olivia, yale)).toBe(false);
      await store.accounts.leave(ben, august);
      expect(await store.accounts.usedByOthers(olivia, august)).toBe(false);
    });

    test('are there while anybody has one', async () => {
      const { store } = await open();
      expect(await store.accounts.any()).toBe(false);
      await store.accounts.add(ben, august, START);
      expect(await store.accounts.any()).toBe(true);
      await store.accounts.leave(ben, august);
      expect(await store.accounts.any()).toBe(false);
    });
  });
}
