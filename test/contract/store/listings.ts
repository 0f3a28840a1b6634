import { describe, expect, test } from 'vitest';
import { connectedAccountId, deviceId, listingId } from '../../../src/domain/ids.ts';
import { aDoor, aHome, aListing, START, someone } from '../../support/sights.ts';
import type { OpenScene } from './scene.ts';

/** What a message shows. */
export function listingsContract(open: OpenScene): void {
  describe('listings', () => {
    const odd = [
      'Kitchen <!channel> & *bold*',
      '🚪 Tür & Tor',
      '‮desrever',
      `"quoted" \\ 'and' ;--`,
      '👩‍👩‍👧‍👦',
      ' spaced ',
      'x'.repeat(5_000),
    ];

    test('come back as they were saved, whatever is in them', async () => {
      const { store } = await open();
      const doors = odd.map((name, index) => aDoor({ id: deviceId(`door-${index}`), name }));
      const listing = aListing({
        cursors: [null, 'cursor "2"', 'cursor 3'],
        next: 'cursor 4',
        doors: [
          ...doors,
          aDoor({ state: 'unknown', online: false, battery: null, canUnlock: false }),
          aDoor({ battery: { level: null, status: 'critical' }, state: 'unlocked', online: null }),
          aDoor({
            battery: { level: 0.123456789, status: null },
            problems: [
              { kind: 'error', code: 'device_offline', message: 'It is <offline> & "away"' },
              { kind: 'warning', code: 'new_code', message: '' },
            ],
          }),
        ],
      });
      await store.listings.save(listing);
      expect(await store.listings.find(listing.id)).toEqual(listing);
    });

    test('can be about some doors, in words of their own', async () => {
      const { db, store } = await open();
      const listing = aListing({ about: { heading: odd.join(' '), only: [deviceId('door-1')] } });
      await store.listings.save(listing);
      expect(await store.listings.find(listing.id)).toEqual(listing);
      await db.updateTable('listing').set({ about: '{"heading":"x"}' }).execute();
      await expect(store.listings.find(listing.id)).rejects.toMatchObject({ kind: 'broken' });
    });

    test('can be empty, and are null when nobody knows them', async () => {
      const { store } = await open();
      const empty = aListing({ doors: [] });
      await store.listings.save(empty);
      expect(await store.listings.find(empty.id)).toEqual(empty);
      expect(await store.listings.find(listingId('nothing'))).toBeNull();
    });

    test('are turned in place, but never change hands', async () => {
      const { store } = await open();
      await store.listings.save(aListing());
      const turned = aListing({
        shownAt: START + 5,
        cursors: [null, 'two'],
        next: null,
        doors: [aDoor({ id: deviceId('door-2'), name: 'Back' })],
      });
      await store.listings.save({ ...turned, owner: someone('U0BEN') });
      expect(await store.listings.find(turned.id)).toEqual({ ...turned, owner: aListing().owner });
    });

    test('of a Home come back with its accounts, are turned with them, and are not forgotten', async () => {
      const { store } = await open();
      const accounts = [
        { id: connectedAccountId('account-1'), name: '<!here> & "August"', healthy: false },
        { id: connectedAccountId('account-2'), name: 'Yale', healthy: true },
      ];
      const home = aHome({ accounts });
      await store.listings.save(home);
      expect(await store.listings.find(home.id)).toEqual(home);
      const turned = aHome({ accounts: accounts.slice(1), shownAt: START + 5, doors: [] });
      expect(await store.listings.change(turned)).toBe(true);
      expect(await store.listings.find(home.id)).toEqual(turned);
      await store.listings.save(aListing());
      await store.listings.forget(START + 10);
      expect(await store.listings.find(aListing().id)).toBeNull();
      expect(await store.listings.find(home.id)).toEqual(turned);
    });

    test('are forgotten by age alone', async () => {
      const { store } = await open();
      const [old, young] = [aListing(), aListing({ id: listingId('young'), shownAt: START + 1 })];
      await store.listings.save(old);
      await store.listings.save(young);
      await store.listings.forget(START + 1);
      expect(await store.listings.find(old.id)).toBeNull();
      expect(await store.listings.find(young.id)).toEqual(young);
    });

    test.each([
      ['no JSON', 'nonsense'],
      ['of another shape', '[{"id":"door-1"}]'],
      ['with a state that we do not know', JSON.stringify([{ ...aDoor(), state: 'ajar' }])],
      ['with an empty id', JSON.stringify([{ ...aDoor(), id: '' }])],
    ])('of which a row is damaged (%s) are refused, not shown wrongly', async (_, doors) => {
      const { db, store } = await open();
      await store.listings.save(aListing());
      await db.updateTable('listing').set({ doors }).execute();
      await expect(store.listings.find(aListing().id)).rejects.toMatchObject({
        name: 'StoreError',
        kind: 'broken',
      });
    });

    test('are changed while they are there, and stay away once they are removed', async () => {
      const { store } = await open();
      const turned = aListing({ shownAt: START + 5, next: 'two', doors: [] });
      expect(await store.listings.change(turned)).toBe(false);
      expect(await store.listings.find(turned.id)).toBeNull();
      await store.listings.save(aListing());
      expect(await store.listings.change({ ...turned, owner: someone('U0BEN') })).toBe(true);
      expect(await store.listings.find(turned.id)).toEqual(turned);
      for (let i = 0; i < 2; i += 1) await store.listings.remove(turned.id);
      expect(await store.listings.change(turned)).toBe(false);
      expect(await store.listings.find(turned.id)).toBeNull();
    });
  });
}
