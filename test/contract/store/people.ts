import { describe, expect, test } from 'vitest';
import { connectedAccountId, userIdentifierKey } from '../../../src/domain/ids.ts';
import { START, someone } from '../../support/sights.ts';
import type { OpenScene } from './scene.ts';

/** Who is who. */
export function peopleContract(open: OpenScene): void {
  describe('people', () => {
    const key = userIdentifierKey('key-1');

    test('get a key at first sight, which never changes', async () => {
      const { store } = await open();
      const first = await store.people.ensure(someone(), () => 'key-1', START);
      expect(first).toEqual({
        ...someone(),
        key,
        clientSessionExpiresAt: null,
        standing: null,
        tz: null,
        pausedAt: null,
      });
      const later = await store.people.ensure(someone(), () => 'key-2', START + 1);
      expect(later).toEqual(first);
    });

    test('are found once they are known, each by scope and id', async () => {
      const { store } = await open();
      expect(await store.people.find(someone())).toBeNull();
      const first = await store.people.ensure(someone(), () => 'key-1', START);
      expect(await store.people.find(someone())).toEqual(first);
      expect(await store.people.find(someone('U0OLIVIA', 'T0AWAY'))).toBeNull();
    });

    test('ask for a new key only at first sight', async () => {
      const { store } = await open();
      const newKey = keys();
      for (let i = 0; i < 3; i += 1) await store.people.ensure(someone(), newKey, START);
      expect(newKey()).toBe('key-2');
    });

    test('seen twenty times at once have one key', async () => {
      const { store } = await open();
      const newKey = keys();
      const seen = await Promise.all(
        Array.from({ length: 20 }, () => store.people.ensure(someone(), newKey, START)),
      );
      expect(new Set(seen.map((person) => person.key)).size).toBe(1);
      expect(await store.people.ensure(someone(), () => 'late', START)).toEqual(seen[0]);
    });

    test('are told apart by their workspace, not by their id alone', async () => {
      const { store } = await open();
      const here = await store.people.ensure(someone('U1', 'T1'), () => 'key-1', START);
      const there = await store.people.ensure(someone('U1', 'T2'), () => 'key-2', START);
      expect([here.key, there.key]).toEqual(['key-1', 'key-2']);
    });

    test('never share a key: one that is taken is refused', async () => {
      const { store } = await open();
      await store.people.ensure(someone('U1'), () => 'key-1', START);
      await expect(store.people.ensure(someone('U2'), () => 'key-1', START)).rejects.toMatchObject({
        name: 'StoreError',
        kind: 'broken',
      });
      expect(await store.people.ensure(someone('U2'), () => 'key-2', START)).toMatchObject({
        key: 'key-2',
      });
    });

    test.each(['', ' ', '\n\t'])('never have the empty key %j', async (empty) => {
      const { store } = await open();
      await expect(store.people.ensure(someone(), () => empty, START)).rejects.toThrow();
      expect(await store.people.ensure(someone(), () => 'key-1', START)).toMatchObject({ key });
    });

    test('have an empty key refused by the database too', async () => {
      const { db } = await open();
      const row = {
        scope: 'T1',
        slack_user_id: 'U1',
        user_identifier_key: '',
        created_at: START,
        client_session_expires_at: null,
        standing: null,
        standing_at: null,
        tz: null,
        paused_at: null,
      };
      await expect(db.insertInto('person').values(row).execute()).rejects.toThrow(/person_key_not_empty/);
    });

    test('have a client session that can be set, moved and taken back', async () => {
      const { store } = await open();
      const person = await store.people.ensure(someone(), () => 'key-1', START);
      const other = await store.people.ensure(someone('U2'), () => 'key-2', START);
      for (const clientSessionExpiresAt of [START + 5, START + 9, null]) {
        await store.people.setClientSessionExpiry(person, clientSessionExpiresAt);
        expect(await store.people.ensure(someone(), () => 'x', START)).toEqual({
          ...person,
          clientSessionExpiresAt,
        });
      }
      expect(await store.people.ensure(someone('U2'), () => 'x', START)).toEqual(other);
    });

    test('have the standing that Slack said last, whatever order it is heard in', async () => {
      const { store } = await open();
      const person = await store.people.ensure(someone(), () => 'key-1', START);
      const other = await store.people.ensure(someone('U0OLIVIA', 'T0AWAY'), () => 'key-2', START);
      const is = async () => (await store.people.ensure(someone(), () => 'x', START)).standing;
      for (const [said, at, standing] of [
        ['member', START + 5, { is: 'member', at: START + 5 }],
        ['guest', START + 4, { is: 'member', at: START + 5 }],
        ['guest', START + 5, { is: 'guest', at: START + 5 }],
        ['deactivated', START + 9, { is: 'deactivated', at: START + 9 }],
        ['bot', START, { is: 'deactivated', at: START + 9 }],
        ['stranger', START + 10, { is: 'stranger', at: START + 10 }],
      ] as const) {
        await store.people.setStanding(someone(), { is: said, tz: null }, at, at);
        expect(await is()).toEqual(standing);
      }
      const standing = { is: 'stranger', at: START + 10 };
      expect(await store.people.ensure(someone(), () => 'x', START)).toEqual({ ...person, standing });
      expect(await store.people.ensure(someone('U0OLIVIA', 'T0AWAY'), () => 'x', START)).toEqual(other);
    });

    test('lose a standing of a clock that was ahead, but not one of a clock a little ahead', async () => {
      const { store } = await open();
      await store.people.ensure(someone(), () => 'key-1', START);
      const is = async () => (await store.people.ensure(someone(), () => 'x', START)).standing;
      const said = START + 60_000;
      await store.people.setStanding(someone(), { is: 'member', tz: null }, said, said);
      await store.people.setStanding(someone(), { is: 'guest', tz: null }, START, START);
      expect(await is()).toEqual({ is: 'member', at: said });
      await store.people.setStanding(someone(), { is: 'guest', tz: null }, START - 1, START - 1);
      expect(await is()).toEqual({ is: 'guest', at: START - 1 });
    });

    test('are not made by what Slack says of them', async () => {
      const { db, store } = await open();
      await store.people.setStanding(someone(), { is: 'guest', tz: null }, START, START);
      expect(await db.selectFrom('person').selectAll().execute()).toEqual([]);
      expect(await store.people.ensure(someone(), () => 'key-1', START)).toMatchObject({ standing: null });
    });

    test('keep the time zone that Slack said last, also when it says none later', async () => {
      const { store } = await open();
      const person = await store.people.ensure(someone(), () => 'key-1', START);
      const tz = async () => (await store.people.ensure(someone(), () => 'x', START)).tz;
      for (const [n, said, known] of [
        [1, 'Europe/Berlin', 'Europe/Berlin'],
        [2, null, 'Europe/Berlin'],
        [3, 'Asia/Kolkata', 'Asia/Kolkata'],
      ] as const) {
        await store.people.setStanding(person, { is: 'member', tz: said }, START + n, START + n);
        expect(await tz()).toBe(known);
      }
    });

    test('are found by an account that they connected, and not by one that they are leaving', async () => {
      const { store } = await open();
      const account = connectedAccountId('august');
      const both = [];
      for (const n of [1, 2]) both.push(await store.people.ensure(someone(`U${n}`), () => `key-${n}`, START));
      await store.people.ensure(someone('U3'), () => 'key-3', START);
      for (const { key: theirs } of both) await store.accounts.add(theirs, account, START);
      const found = async () =>
        (await store.people.ofAccount(account)).toSorted((a, b) => a.userId.localeCompare(b.userId));
      expect(await found()).toEqual(both);
      await store.accounts.leave(userIdentifierKey('key-1'), account);
      expect(await found()).toEqual(both.slice(1));
      expect(await store.people.ofAccount(connectedAccountId('other'))).toEqual([]);
    });
  });
}

/** Makes `key-1`, `key-2` and so on. */
function keys(): () => string {
  let made = 0;
  return () => {
    made += 1;
    return `key-${made}`;
  };
}
