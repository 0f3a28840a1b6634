import { describe, expect, test } from 'vitest';
import { connectedAccountId, deviceId, userIdentifierKey } from '../../../src/domain/ids.ts';
import { MOST_ALIASES, MOST_FAVOURITES } from '../../../src/domain/limits.ts';
import { aDoor, START, someone } from '../../support/sights.ts';
import type { OpenScene } from './scene.ts';

const olivia = someone();
const front = aDoor();
const back = aDoor({ id: deviceId('door-2'), accountId: connectedAccountId('account-2') });

/** What people call doors, and which come first. */
export function namesContract(open: OpenScene): void {
  describe('names', () => {
    test('are each person’s own, in the order of the words', async () => {
      const { store } = await open();
      for (const word of ['work', 'HQ', 'École']) {
        expect(await store.names.call(olivia, word, front)).toEqual({ kind: 'called', before: null });
      }
      await store.names.call(someone('U0BEN'), 'hq', back);
      await store.names.call(someone('U0OLIVIA', 'T0OTHER'), 'hq', back);
      expect(await store.names.aliases(olivia)).toEqual([
        { word: 'École', deviceId: front.id },
        { word: 'HQ', deviceId: front.id },
        { word: 'work', deviceId: front.id },
      ]);
      expect(await store.names.aliases(someone('U0BEN'))).toEqual([{ word: 'hq', deviceId: back.id }]);
    });

    test('replace what folds to the same, and say which door it was', async () => {
      const { store } = await open();
      await store.names.call(olivia, 'Café', front);
      expect(await store.names.call(olivia, 'CAFE', back)).toEqual({ kind: 'called', before: front.id });
      expect(await store.names.aliases(olivia)).toEqual([{ word: 'CAFE', deviceId: back.id }]);
      await store.names.uncall(someone('U0BEN'), 'cafe');
      expect(await store.names.aliases(olivia)).toHaveLength(1);
      await store.names.uncall(olivia, 'cafe');
      expect(await store.names.aliases(olivia)).toEqual([]);
    });

    test('are so many at most, and one that is there can still be changed', async () => {
      const { store } = await open();
      for (let i = 0; i < MOST_ALIASES; i += 1) await store.names.call(olivia, `word ${i}`, front);
      expect(await store.names.call(olivia, 'one more', front)).toEqual({ kind: 'full' });
      expect(await store.names.call(olivia, 'word 1', back)).toEqual({ kind: 'called', before: front.id });
      expect(await store.names.aliases(olivia)).toHaveLength(MOST_ALIASES);
    });

    test('favourites come in the order in which they were added, once', async () => {
      const { store } = await open();
      expect(await store.names.favour(olivia, back, START)).toBe(true);
      expect(await store.names.favour(olivia, front, START + 1)).toBe(true);
      expect(await store.names.favour(olivia, back, START + 2)).toBe(true);
      expect(await store.names.favourites(olivia)).toEqual([back.id, front.id]);
      expect(await store.names.favourites(someone('U0BEN'))).toEqual([]);
      await store.names.unfavour(someone('U0BEN'), back.id);
      await store.names.unfavour(olivia, back.id);
      expect(await store.names.favourites(olivia)).toEqual([front.id]);
    });

    test('favourites are so many at most', async () => {
      const { store } = await open();
      for (let i = 0; i < MOST_FAVOURITES; i += 1) {
        await store.names.favour(olivia, aDoor({ id: deviceId(`door-${i}`) }), START + i);
      }
      expect(await store.names.favour(olivia, aDoor({ id: deviceId('another') }), START)).toBe(false);
      expect(await store.names.favour(olivia, aDoor({ id: deviceId('door-3') }), START)).toBe(true);
      expect(await store.names.favourites(olivia)).toHaveLength(MOST_FAVOURITES);
    });

    test('go with their door, for everybody', async () => {
      const { store } = await open();
      for (const who of [olivia, someone('U0BEN')]) {
        await store.names.call(who, 'hq', front);
        await store.names.call(who, 'gate', back);
        await store.names.favour(who, front, START);
      }
      await store.names.forgetDoor(front.id);
      for (const who of [olivia, someone('U0BEN')]) {
        expect(await store.names.aliases(who)).toEqual([{ word: 'gate', deviceId: back.id }]);
        expect(await store.names.favourites(who)).toEqual([]);
      }
    });

    test('go with their account, and not with a colleague’s', async () => {
      const { store } = await open();
      const ben = someone('U0BEN');
      for (const [who, key] of [
        [olivia, userIdentifierKey('key-olivia')],
        [ben, userIdentifierKey('key-ben')],
      ] as const) {
        await store.people.ensure(who, () => key, START);
        for (const door of [front, back]) {
          await store.accounts.add(key, door.accountId, START);
          await store.names.call(who, `my ${door.id}`, door);
          await store.names.favour(who, door, START);
        }
      }
      await store.names.sweep();
      expect(await store.names.favourites(olivia)).toEqual([front.id, back.id]);
      await store.accounts.leave(userIdentifierKey('key-olivia'), front.accountId);
      await store.accounts.forget(userIdentifierKey('key-ben'), back.accountId);
      await store.names.sweep();
      expect(await store.names.favourites(olivia)).toEqual([back.id]);
      expect(await store.names.aliases(olivia)).toEqual([{ word: 'my door-2', deviceId: back.id }]);
      expect(await store.names.favourites(ben)).toEqual([front.id]);
      expect(await store.names.aliases(ben)).toEqual([{ word: 'my door-1', deviceId: front.id }]);
    });
  });
}
