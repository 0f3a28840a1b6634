import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  actionAttemptId,
  connectedAccountId,
  connectId,
  connectWebviewId,
  deviceId,
  interactionId,
  listingId,
  unlockId,
  userIdentifierKey,
} from '../../src/domain/ids.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import { createLog, type Log } from '../../src/log.ts';
import { createSealer } from '../../src/seal.ts';
import type { Connect } from '../../src/store/connects.ts';
import type { Database, OpenDatabase } from '../../src/store/schema.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import type { Unlock, UnlockRequest } from '../../src/store/unlock-row.ts';
import { aDoor, aListing, anUnlock, aRequest, START, someone } from '../support/sights.ts';

/** A kind of database. Each `open` gives one of its own, empty. */
export interface Subject {
  readonly name: string;
  open(): Promise<OpenDatabase & { cleanup(): Promise<void> }>;
}

const SECRET = 'https://hooks.slack.com/actions/T0HOME/1/secret';
const UNLOCKED: Outcome = { kind: 'unlocked' };
const UNKNOWN: Outcome = { kind: 'unknown', why: 'timeout' };
const OFFLINE: Outcome = { kind: 'failed', reason: 'offline', said: 'It said “no”.', waitMs: 7_000 };
const REFUSED: Outcome = { kind: 'refused', why: 'other_workspace' };

/** What every Store must do, whatever it keeps its rows in. */
export function storeContract(subject: Subject): void {
  describe(`the store over ${subject.name}`, () => {
    let opened: Awaited<ReturnType<Subject['open']>>;
    let db: Database;
    let store: Store;
    let cleanup: () => Promise<void>;
    let lines: string[];
    let log: Log;

    beforeEach(async () => {
      opened = await subject.open();
      ({ db, cleanup } = opened);
      lines = [];
      log = createLog({ level: 'trace', destination: { write: (line) => lines.push(line) } });
      store = await openStore(opened, createSealer(Buffer.alloc(32, 7)), log);
    });

    afterEach(async () => {
      await store.close();
      await cleanup();
    });

    test('answers while it is open, and says so when it is not', async () => {
      expect(await store.answers()).toBe(true);
      await store.close();
      await expect(store.answers()).rejects.toMatchObject({ name: 'StoreError', kind: 'broken' });
    });

    test('opens again over what is there, and keeps it', async () => {
      await store.people.ensure(someone(), () => 'first', START);
      const again = await openStore(opened, createSealer(Buffer.alloc(32, 7)), log);
      expect(await again.people.ensure(someone(), () => 'second', START)).toMatchObject({ key: 'first' });
    });

    test('writes no step of the journal, and says so, where the database is not there any more', async () => {
      let there = false;
      const lost = await openStore(
        { db, isThere: async () => there },
        createSealer(Buffer.alloc(32, 7)),
        log,
      );
      const gone = { name: 'StoreError', kind: 'broken', code: 'file_gone' };
      await store.unlocks.begin(aRequest());
      const second = aRequest({ id: unlockId('second'), interaction: interactionId('second') });
      await expect(lost.unlocks.begin(second)).rejects.toMatchObject(gone);
      await expect(lost.unlocks.end(aRequest().id, UNLOCKED, START)).rejects.toMatchObject(gone);
      expect(await lost.answers()).toBe(false);
      expect(await store.unlocks.underWay()).toEqual([anUnlock()]);
      there = true;
      expect(await lost.answers()).toBe(true);
      expect(await lost.unlocks.begin(second)).toMatchObject({ kind: 'joined' });
      await lost.unlocks.end(aRequest().id, UNLOCKED, START);
      expect(await store.unlocks.underWay()).toEqual([]);
    });

    /** What the log says of a row that was left out: which, and nothing of what stands in it. */
    const expectLogged = (row: string) => {
      expect(lines.map((line) => JSON.parse(line))).toEqual([
        expect.objectContaining({ level: 'error', row, msg: 'a row of the database cannot be read' }),
      ]);
      expect(lines.join('')).not.toMatch(/nonsense|odd|opened/);
    };

    describe('people', () => {
      const key = userIdentifierKey('key-1');

      test('get a key at first sight, which never changes', async () => {
        const first = await store.people.ensure(someone(), () => 'key-1', START);
        expect(first).toEqual({ ...someone(), key, clientSessionExpiresAt: null });
        const later = await store.people.ensure(someone(), () => 'key-2', START + 1);
        expect(later).toEqual(first);
      });

      test('ask for a new key only at first sight', async () => {
        const newKey = keys();
        for (let i = 0; i < 3; i += 1) await store.people.ensure(someone(), newKey, START);
        expect(newKey()).toBe('key-2');
      });

      test('seen twenty times at once have one key', async () => {
        const newKey = keys();
        const seen = await Promise.all(
          Array.from({ length: 20 }, () => store.people.ensure(someone(), newKey, START)),
        );
        expect(new Set(seen.map((person) => person.key)).size).toBe(1);
        expect(await store.people.ensure(someone(), () => 'late', START)).toEqual(seen[0]);
      });

      test('are told apart by their workspace, not by their id alone', async () => {
        const here = await store.people.ensure(someone('U1', 'T1'), () => 'key-1', START);
        const there = await store.people.ensure(someone('U1', 'T2'), () => 'key-2', START);
        expect([here.key, there.key]).toEqual(['key-1', 'key-2']);
      });

      test('never share a key: one that is taken is refused', async () => {
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
        await expect(store.people.ensure(someone(), () => empty, START)).rejects.toThrow();
        expect(await store.people.ensure(someone(), () => 'key-1', START)).toMatchObject({ key });
      });

      test('have an empty key refused by the database too', async () => {
        const row = {
          scope: 'T1',
          slack_user_id: 'U1',
          user_identifier_key: '',
          created_at: START,
          client_session_expires_at: null,
        };
        await expect(db.insertInto('person').values(row).execute()).rejects.toThrow(/person_key_not_empty/);
      });

      test('have a client session that can be set, moved and taken back', async () => {
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
    });

    describe('accounts', () => {
      const [olivia, ben] = [userIdentifierKey('olivia'), userIdentifierKey('ben')];
      const [august, yale] = [connectedAccountId('august'), connectedAccountId('yale')];

      const known = async (key: typeof olivia) => [...(await store.accounts.of(key))].sort();

      test('are added, left, forgotten and added again, each as often as one likes', async () => {
        expect(await known(olivia)).toEqual([]);
        for (let i = 0; i < 2; i += 1) await store.accounts.add(olivia, august, START);
        await store.accounts.add(olivia, yale, START);
        expect(await known(olivia)).toEqual([august, yale]);
        for (let i = 0; i < 2; i += 1) await store.accounts.leave(olivia, august);
        expect(await known(olivia)).toEqual([yale]);
        expect([...(await store.accounts.withLeaving(olivia))].sort()).toEqual([august, yale]);
        await store.accounts.add(olivia, august, START + 2);
        expect(await known(olivia)).toEqual([august, yale]);
        for (let i = 0; i < 2; i += 1) await store.accounts.forget(olivia, august);
        expect([...(await store.accounts.withLeaving(olivia))]).toEqual([yale]);
      });

      test('that were never connected cannot be left', async () => {
        await store.accounts.leave(olivia, august);
        expect([...(await store.accounts.withLeaving(olivia))]).toEqual([]);
      });

      test('of one person are nothing to another', async () => {
        await store.accounts.add(olivia, august, START);
        await store.accounts.add(ben, august, START);
        await store.accounts.leave(ben, august);
        expect(await known(olivia)).toEqual([august]);
        expect(await known(ben)).toEqual([]);
      });

      test('are used by others as long as another person has them', async () => {
        await store.accounts.add(olivia, august, START);
        expect(await store.accounts.usedByOthers(olivia, august)).toBe(false);
        expect(await store.accounts.usedByOthers(ben, august)).toBe(true);
        await store.accounts.add(ben, august, START);
        expect(await store.accounts.usedByOthers(olivia, august)).toBe(true);
        expect(await store.accounts.usedByOthers(olivia, yale)).toBe(false);
        await store.accounts.leave(ben, august);
        expect(await store.accounts.usedByOthers(olivia, august)).toBe(false);
      });
    });

    describe('links to connect', () => {
      const aConnect = (n: number, facts: Partial<Connect> = {}): Connect => ({
        id: connectId(`connect-${n}`),
        who: someone(),
        webviewId: connectWebviewId(`webview-${n}`),
        createdAt: START,
        expiresAt: START + 1_770_000,
        responseUrl: { url: SECRET, expiresAt: START + 1_800_000 },
        end: null,
        endedAt: null,
        told: false,
        ...facts,
      });
      const connected = { status: 'connected', accountId: connectedAccountId('august') } as const;

      test('are found by their webview, and wait until they end', async () => {
        const [first, second] = [aConnect(1), aConnect(2, { responseUrl: null })];
        await store.connects.add(first);
        await store.connects.add(second);
        expect(await store.connects.find(first.webviewId)).toEqual(first);
        expect(await store.connects.find(second.webviewId)).toEqual(second);
        expect(await store.connects.find(connectWebviewId('webview-3'))).toBeNull();
        expect(byId(await store.connects.waiting())).toEqual([first, second]);
        expect(await store.connects.untold(0)).toEqual([]);
      });

      test('of one webview are written once', async () => {
        await store.connects.add(aConnect(1));
        const again = { ...aConnect(2), webviewId: aConnect(1).webviewId };
        await expect(store.connects.add(again)).rejects.toMatchObject({ name: 'StoreError', kind: 'broken' });
        expect(await store.connects.waiting()).toEqual([aConnect(1)]);
      });

      test.each([
        connected,
        { status: 'failed', accountId: null } as const,
        { status: 'withdrawn', accountId: null } as const,
      ])('end once, as $status, and then wait to be told', async (end) => {
        const connect = aConnect(1);
        await store.connects.add(connect);
        await store.connects.add(aConnect(2));
        expect(await store.connects.end(connect.id, end, START + 60)).toBe(true);
        const other = { status: 'failed', accountId: null } as const;
        expect(await store.connects.end(connect.id, other, START + 61)).toBe(false);
        const over = { ...connect, end, endedAt: START + 60 };
        expect(await store.connects.find(connect.webviewId)).toEqual(over);
        expect(await store.connects.waiting()).toEqual([aConnect(2)]);
        expect(await store.connects.untold(START + 60)).toEqual([over]);
        expect(await store.connects.untold(START + 61)).toEqual([]);
      });

      test('end once however many look at the same time', async () => {
        await store.connects.add(aConnect(1));
        const ends = await Promise.all(
          Array.from({ length: 10 }, () => store.connects.end(aConnect(1).id, connected, START)),
        );
        expect(ends.filter(Boolean)).toHaveLength(1);
      });

      test('that nobody knows do not end', async () => {
        expect(await store.connects.end(connectId('nothing'), connected, START)).toBe(false);
      });

      test('are told once, and then forget where', async () => {
        await store.connects.add(aConnect(1));
        await store.connects.end(aConnect(1).id, connected, START);
        await store.connects.told(aConnect(1).id, START + 1);
        expect(await store.connects.untold(0)).toEqual([]);
        expect(await store.connects.find(aConnect(1).webviewId)).toEqual({
          ...aConnect(1),
          responseUrl: null,
          end: connected,
          endedAt: START,
          told: true,
        });
        const { response_url } = await db
          .selectFrom('connect')
          .select('response_url')
          .executeTakeFirstOrThrow();
        expect(response_url).toBeNull();
      });

      test.each(damages)('go on without a response_url that %s', async (_, damage) => {
        await store.connects.add(aConnect(1));
        await store.connects.add(aConnect(2));
        const [one, two] = await db.selectFrom('connect').select(['response_url']).orderBy('id').execute();
        const response_url = damage(one?.response_url ?? '', two?.response_url ?? '');
        await db.updateTable('connect').set({ response_url }).where('id', '=', aConnect(1).id).execute();
        const damaged = { ...aConnect(1), responseUrl: null };
        expect(byId(await store.connects.waiting())).toEqual([damaged, aConnect(2)]);
        expect(await store.connects.find(aConnect(1).webviewId)).toEqual(damaged);
        expect(lines).toEqual([]);
      });

      test('of which one cannot be read are there without it', async () => {
        const end = { status: 'withdrawn', accountId: null } as const;
        for (const n of [1, 2]) {
          await store.connects.add(aConnect(n));
          await store.connects.end(aConnect(n).id, end, START + n);
        }
        await db
          .updateTable('connect')
          .set({ status: 'connected' })
          .where('id', '=', aConnect(1).id)
          .execute();
        const whole = { ...aConnect(2), end, endedAt: START + 2 };
        expect(await store.connects.untold(0)).toEqual([whole]);
        expectLogged(aConnect(1).id);
        expect(await store.connects.find(aConnect(1).webviewId)).toBeNull();
        expect(await store.connects.find(aConnect(2).webviewId)).toEqual(whole);
      });

      test('that wait, of which one cannot be read, are there without it', async () => {
        for (const n of [1, 2]) await store.connects.add(aConnect(n));
        await db.updateTable('connect').set({ slack_user_id: '' }).where('id', '=', aConnect(1).id).execute();
        expect(await store.connects.waiting()).toEqual([aConnect(2)]);
        expectLogged(aConnect(1).id);
      });
    });

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

      test('can be empty, and are null when nobody knows them', async () => {
        const empty = aListing({ doors: [] });
        await store.listings.save(empty);
        expect(await store.listings.find(empty.id)).toEqual(empty);
        expect(await store.listings.find(listingId('nothing'))).toBeNull();
      });

      test('are turned in place, but never change hands', async () => {
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

      test('are forgotten by age alone', async () => {
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
        await store.listings.save(aListing());
        await db.updateTable('listing').set({ doors }).execute();
        await expect(store.listings.find(aListing().id)).rejects.toMatchObject({
          name: 'StoreError',
          kind: 'broken',
        });
      });
    });

    describe('sightings', () => {
      const [front, back] = [deviceId('front'), deviceId('back')];

      test('are the newest of each door, in whatever order they arrive', async () => {
        expect(await store.sightings.of([front, back])).toEqual(new Map());
        await store.sightings.record({ deviceId: front, state: 'unlocked', at: START + 5 });
        await store.sightings.record({ deviceId: front, state: 'locked', at: START });
        await store.sightings.record({ deviceId: back, state: 'locked', at: START });
        await store.sightings.record({ deviceId: back, state: 'unlocked', at: START + 1 });
        expect(await store.sightings.of([front, back, deviceId('other')])).toEqual(
          new Map([
            [front, { deviceId: front, state: 'unlocked', at: START + 5 }],
            [back, { deviceId: back, state: 'unlocked', at: START + 1 }],
          ]),
        );
        expect([...(await store.sightings.of([back])).keys()]).toEqual([back]);
      });

      test('of no doors are none', async () => {
        await store.sightings.record({ deviceId: front, state: 'locked', at: START });
        expect(await store.sightings.of([])).toEqual(new Map());
      });
    });

    describe('webhooks', () => {
      test('are seen once remembered, and forgotten by age', async () => {
        expect(await store.webhooks.seen('msg_1')).toBe(false);
        await store.webhooks.remember('msg_1', START);
        await store.webhooks.remember('msg_1', START + 9);
        await store.webhooks.remember('msg_2', START + 1);
        expect([await store.webhooks.seen('msg_1'), await store.webhooks.seen('msg_2')]).toEqual([
          true,
          true,
        ]);
        await store.webhooks.forget(START + 1);
        expect([await store.webhooks.seen('msg_1'), await store.webhooks.seen('msg_2')]).toEqual([
          false,
          true,
        ]);
      });
    });

    describe('the journal', () => {
      /** The n-th click of one person on one door, a row and an interaction of its own. */
      const click = (n: number, facts: Partial<UnlockRequest> = {}): UnlockRequest =>
        aRequest({
          id: unlockId(`unlock-${n}`),
          interaction: interactionId(`T0HOME:U0OLIVIA:trigger-${n}`),
          requestedAt: START + n,
          ...facts,
        });
      const rowOf = (request: UnlockRequest, facts: Partial<Unlock> = {}) =>
        anUnlock({ ...request, ...facts });
      const ended = (
        request: UnlockRequest,
        outcome: Outcome,
        endedAt: number,
        facts: Partial<Unlock> = {},
      ) => rowOf(request, { state: 'ended', outcome, endedAt, ...facts });
      /** A click that joined the first. */
      const joinedRow = (request: UnlockRequest, facts: Partial<Unlock> = {}) =>
        rowOf(request, { state: 'joined', joinedId: click(1).id, ...facts });
      const journal = async () => (await db.selectFrom('unlock').select('id').execute()).length;

      test('begins an unlock, and finds it under way', async () => {
        expect(await store.unlocks.begin(click(1))).toEqual({ kind: 'begun', unlock: rowOf(click(1)) });
        expect(await store.unlocks.underWay()).toEqual([rowOf(click(1))]);
        expect(await store.unlocks.latest(someone(), [click(1).deviceId])).toEqual(
          new Map([[click(1).deviceId, rowOf(click(1))]]),
        );
      });

      test('keeps a click without a message and without a way back', async () => {
        const bare = click(1, { listingId: null, responseUrl: null });
        expect(await store.unlocks.begin(bare)).toEqual({ kind: 'begun', unlock: rowOf(bare) });
        expect(await store.unlocks.underWay()).toEqual([rowOf(bare)]);
      });

      test('takes an interaction once, under way and ever after', async () => {
        await store.unlocks.begin(click(1));
        const again = click(2, { interaction: click(1).interaction });
        expect(await store.unlocks.begin(again)).toEqual({ kind: 'duplicate' });
        await store.unlocks.end(click(1).id, UNLOCKED, START + 9);
        expect(await store.unlocks.begin(again)).toEqual({ kind: 'duplicate' });
        expect(await journal()).toBe(1);
      });

      test('lets a second click join, and hands out its own row', async () => {
        await store.unlocks.begin(click(1));
        await store.unlocks.named(click(1).id, 'Front Door');
        const second = click(2, { listingId: listingId('listing-2'), responseUrl: null });
        const joined = joinedRow(second, { doorName: 'Front Door' });
        expect(await store.unlocks.begin(second)).toEqual({ kind: 'joined', unlock: joined });
        expect(await store.unlocks.joinedTo(click(1).id)).toEqual([joined]);
        expect(await store.unlocks.joinedTo(second.id)).toEqual([]);
        expect(await store.unlocks.underWay()).toEqual([rowOf(click(1), { doorName: 'Front Door' })]);
      });

      test('names what joined before the door had its name', async () => {
        await store.unlocks.begin(click(1));
        expect(await store.unlocks.begin(click(2))).toEqual({ kind: 'joined', unlock: joinedRow(click(2)) });
        const other = click(3, { deviceId: deviceId('door-2') });
        await store.unlocks.begin(other);
        await store.unlocks.named(click(1).id, 'Front Door');
        expect(await store.unlocks.joinedTo(click(1).id)).toEqual([
          joinedRow(click(2), { doorName: 'Front Door' }),
        ]);
        expect(byId(await store.unlocks.underWay())).toEqual([
          rowOf(click(1), { doorName: 'Front Door' }),
          rowOf(other),
        ]);
      });

      test('knows a joined click when it is delivered again after the end', async () => {
        await store.unlocks.begin(click(1));
        await store.unlocks.begin(click(2));
        const again = click(3, { interaction: click(2).interaction });
        expect(await store.unlocks.begin(again)).toEqual({ kind: 'duplicate' });
        await store.unlocks.end(click(1).id, UNLOCKED, START + 9);
        expect(await store.unlocks.begin(again)).toEqual({ kind: 'duplicate' });
        expect(await store.unlocks.begin(click(4))).toEqual({ kind: 'begun', unlock: rowOf(click(4)) });
      });

      test('begins one unlock of many clicks at once', async () => {
        const clicks = Array.from({ length: 20 }, (_, n) => click(n));
        const begun = await Promise.all(clicks.map((one) => store.unlocks.begin(one)));
        expect(begun.filter(({ kind }) => kind === 'begun')).toHaveLength(1);
        expect(begun.filter(({ kind }) => kind === 'joined')).toHaveLength(19);
        const [first, ...more] = await store.unlocks.underWay();
        expect(more).toEqual([]);
        const handedOut = begun.flatMap((one) => (one.kind === 'duplicate' ? [] : [one.unlock]));
        const joined = handedOut.filter(({ state }) => state === 'joined');
        expect(joined.map(({ joinedId }) => joinedId)).toEqual(Array.from({ length: 19 }, () => first?.id));
        // To each its own row, in whatever order they came.
        expect(handedOut.map(({ id }) => id)).toEqual(clicks.map(({ id }) => id));
        expect(byId(await store.unlocks.joinedTo(unlockId(first?.id ?? 'none')))).toEqual(byId(joined));
      });

      test('begins one unlock of many deliveries at once', async () => {
        const { interaction } = click(0);
        const begun = await Promise.all(
          Array.from({ length: 20 }, (_, n) => store.unlocks.begin(click(n, { interaction }))),
        );
        expect(begun.map(({ kind }) => kind).sort()).toEqual([
          'begun',
          ...Array.from({ length: 19 }, () => 'duplicate'),
        ]);
        expect(await journal()).toBe(1);
      });

      test.each([
        ['another door', { deviceId: deviceId('door-2') }],
        ['another person', { who: someone('U0BEN') }],
        ['the same id in another workspace', { who: someone('U0OLIVIA', 'T0AWAY') }],
      ])('begins beside what is under way for %s', async (_, facts) => {
        await store.unlocks.begin(click(1));
        expect(await store.unlocks.begin(click(2, facts))).toEqual({
          kind: 'begun',
          unlock: rowOf(click(2, facts)),
        });
        expect(byId(await store.unlocks.underWay())).toEqual([rowOf(click(1)), rowOf(click(2, facts))]);
      });

      test('writes a refusal once, and it stays in no way', async () => {
        await store.unlocks.begin(click(1));
        expect(await store.unlocks.refuse(click(2), REFUSED)).toBe(true);
        expect(await store.unlocks.refuse(click(3, { interaction: click(2).interaction }), REFUSED)).toBe(
          false,
        );
        expect(await store.unlocks.refuse(click(4, { interaction: click(1).interaction }), REFUSED)).toBe(
          false,
        );
        expect(await store.unlocks.untold(0, START + 99)).toEqual([ended(click(2), REFUSED, START + 2)]);
        expect(await store.unlocks.begin(click(5))).toMatchObject({
          kind: 'joined',
          unlock: { id: 'unlock-5', joinedId: 'unlock-1' },
        });
      });

      test('keeps the name, the attempt and the outcome of its row only', async () => {
        const other = click(2, { deviceId: deviceId('door-2') });
        await store.unlocks.begin(click(1));
        await store.unlocks.begin(other);
        await store.unlocks.named(click(1).id, '🚪 "Tür" & <Tor>');
        await store.unlocks.attempted(click(1).id, actionAttemptId('attempt-1'));
        const known = { doorName: '🚪 "Tür" & <Tor>', attemptId: actionAttemptId('attempt-1') };
        expect(byId(await store.unlocks.underWay())).toEqual([rowOf(click(1), known), rowOf(other)]);
        await store.unlocks.end(click(1).id, OFFLINE, START + 9);
        expect(await store.unlocks.underWay()).toEqual([rowOf(other)]);
        expect(await store.unlocks.untold(0, START + 99)).toEqual([
          ended(click(1), OFFLINE, START + 9, known),
        ]);
      });

      test.each<Outcome>([
        { kind: 'unlocked' },
        { kind: 'sent' },
        { kind: 'failed', reason: 'not_recorded', said: null, waitMs: null },
        { kind: 'unknown', why: 'lost' },
        { kind: 'unknown', why: 'interrupted' },
        { kind: 'refused', why: 'not_yours' },
      ])('gives an outcome back as it was: %j', async (outcome) => {
        await store.unlocks.begin(click(1));
        await store.unlocks.end(click(1).id, outcome, START + 9);
        expect((await store.unlocks.latest(someone(), [click(1).deviceId])).get(click(1).deviceId)).toEqual(
          ended(click(1), outcome, START + 9),
        );
      });

      test('ends what joined with what it joined, and lets a new click begin', async () => {
        await store.unlocks.begin(click(1));
        await store.unlocks.begin(click(2));
        await store.unlocks.begin(click(3, { deviceId: deviceId('door-2') }));
        await store.unlocks.end(click(1).id, UNLOCKED, START + 9);
        const joined = joinedRow(click(2), { outcome: UNLOCKED, endedAt: START + 9 });
        expect(await store.unlocks.joinedTo(click(1).id)).toEqual([joined]);
        expect(await store.unlocks.untold(0, START + 99)).toEqual([
          ended(click(1), UNLOCKED, START + 9),
          joined,
        ]);
        expect(await store.unlocks.begin(click(4))).toEqual({ kind: 'begun', unlock: rowOf(click(4)) });
        expect(await store.unlocks.joinedTo(click(4).id)).toEqual([]);
      });

      test('counts each row as told for itself, and all as untold when the outcome changes', async () => {
        await store.unlocks.begin(click(1));
        await store.unlocks.begin(click(2));
        await store.unlocks.end(click(1).id, UNKNOWN, START + 9);
        const untold = async () => (await store.unlocks.untold(0, START + 99)).map(({ id }) => id);
        expect(await untold()).toEqual(['unlock-1', 'unlock-2']);
        await store.unlocks.told(click(1).id, START + 10);
        expect(await untold()).toEqual(['unlock-2']);
        await store.unlocks.told(click(2).id, START + 10);
        expect(await untold()).toEqual([]);
        await store.unlocks.end(click(1).id, UNLOCKED, START + 20);
        expect(await untold()).toEqual(['unlock-1', 'unlock-2']);
        expect(await store.unlocks.untold(0, START + 99)).toEqual([
          ended(click(1), UNLOCKED, START + 20),
          joinedRow(click(2), { outcome: UNLOCKED, endedAt: START + 20 }),
        ]);
      });

      test.each<Outcome>([UNLOCKED, { kind: 'sent' }, OFFLINE, REFUSED])(
        'never replaces the outcome %j, nor tells it again',
        async (outcome) => {
          await store.unlocks.begin(click(1));
          await store.unlocks.begin(click(2));
          await store.unlocks.end(click(1).id, outcome, START + 9);
          await store.unlocks.told(click(1).id, START + 10);
          const [first, second] = [
            ended(click(1), outcome, START + 9),
            joinedRow(click(2), { outcome, endedAt: START + 9 }),
          ];
          for (const later of [UNKNOWN, UNLOCKED, OFFLINE]) {
            await store.unlocks.end(click(1).id, later, START + 20);
            expect(await store.unlocks.latest(someone(), [click(1).deviceId])).toEqual(
              new Map([[click(1).deviceId, first]]),
            );
            expect(await store.unlocks.joinedTo(click(1).id)).toEqual([second]);
            // The one that was told stays told, the other still is to be.
            expect(await store.unlocks.untold(0, START + 99)).toEqual([second]);
          }
        },
      );

      test.each<Outcome>([UNLOCKED, OFFLINE, { kind: 'unknown', why: 'interrupted' }])(
        'replaces an unknown outcome by %j',
        async (outcome) => {
          await store.unlocks.begin(click(1));
          await store.unlocks.end(click(1).id, UNKNOWN, START + 9);
          await store.unlocks.end(click(1).id, outcome, START + 20);
          expect(await store.unlocks.untold(0, START + 99)).toEqual([ended(click(1), outcome, START + 20)]);
        },
      );

      test('ends nothing that nobody began', async () => {
        await store.unlocks.begin(click(1));
        await store.unlocks.end(unlockId('nothing'), UNLOCKED, START + 9);
        expect(await store.unlocks.underWay()).toEqual([rowOf(click(1))]);
      });

      test('leaves an outcome that cannot be read as it is', async () => {
        await store.unlocks.begin(click(1));
        await db
          .updateTable('unlock')
          .set({ outcome: 'nonsense', state: 'ended', ended_at: START })
          .execute();
        await store.unlocks.end(click(1).id, UNLOCKED, START + 9);
        expect(await db.selectFrom('unlock').select(['outcome', 'ended_at']).execute()).toEqual([
          { outcome: 'nonsense', ended_at: START },
        ]);
      });

      test('keeps the order of the clicks on a door when the clock goes back', async () => {
        const back = (n: number) => click(n, { requestedAt: START - n });
        const justAfter = (last: number, n: number) => ({ ...back(n), requestedAt: last + 1 });
        await store.unlocks.begin(click(9));
        const joined = joinedRow(justAfter(START + 9, 1), { joinedId: click(9).id });
        expect(await store.unlocks.begin(back(1))).toEqual({ kind: 'joined', unlock: joined });
        await store.unlocks.end(click(9).id, UNLOCKED, START - 1);
        const second = rowOf(justAfter(START + 10, 2));
        expect(await store.unlocks.begin(back(2))).toEqual({ kind: 'begun', unlock: second });
        expect(await store.unlocks.underWay()).toEqual([second]);
        expect(await store.unlocks.latest(someone(), [second.deviceId])).toEqual(
          new Map([[second.deviceId, second]]),
        );
        // It is the order of one person's clicks on one door: elsewhere the clock is taken as it is.
        for (const [n, facts] of [
          [3, { deviceId: deviceId('door-2') }],
          [4, { who: someone('U0BEN') }],
          [5, { who: someone('U0OLIVIA', 'T0AWAY') }],
        ] as const) {
          const request = { ...back(n), ...facts };
          expect(await store.unlocks.begin(request)).toEqual({ kind: 'begun', unlock: rowOf(request) });
        }
      });

      test('keeps what is known for sure: only an unknown is ever replaced', async () => {
        for (const [n, known] of [UNLOCKED, OFFLINE, REFUSED].entries()) {
          const one = click(n, { deviceId: deviceId(`door-${n}`) });
          await store.unlocks.begin(one);
          await store.unlocks.end(one.id, UNKNOWN, START + 10);
          await store.unlocks.end(one.id, known, START + 20);
          await store.unlocks.told(one.id, START + 21);
          await store.unlocks.end(one.id, UNKNOWN, START + 30);
          await store.unlocks.end(one.id, { kind: 'sent' }, START + 30);
          const latest = await store.unlocks.latest(someone(), [one.deviceId]);
          expect(latest.get(one.deviceId)).toEqual(ended(one, known, START + 20));
        }
        expect(await store.unlocks.untold(0, START + 99)).toEqual([]);
      });

      test('keeps the order of the clicks on one door, whatever the clock says', async () => {
        for (const n of [1, 2, 3]) {
          await store.unlocks.begin(click(n, { requestedAt: START - n * 100 }));
          await store.unlocks.end(click(n).id, OFFLINE, START);
        }
        const latest = await store.unlocks.latest(someone(), [click(1).deviceId]);
        expect([...latest.values()].map(({ id, requestedAt }) => [id, requestedAt])).toEqual([
          ['unlock-3', START - 98],
        ]);
      });

      test('does not count as told what has no outcome yet', async () => {
        await store.unlocks.begin(click(1));
        await store.unlocks.told(click(1).id, START + 5);
        const { told_at } = await db.selectFrom('unlock').select('told_at').executeTakeFirstOrThrow();
        expect(told_at).toBeNull();
        await store.unlocks.end(click(1).id, UNLOCKED, START + 9);
        expect(await store.unlocks.untold(0, START + 99)).toEqual([ended(click(1), UNLOCKED, START + 9)]);
      });

      test('finds what is untold by when it ended, oldest click first', async () => {
        const doors = [1, 2, 3].map((n) => click(n, { deviceId: deviceId(`door-${n}`) }));
        for (const one of doors) await store.unlocks.begin(one);
        for (const [index, one] of doors.entries()) {
          await store.unlocks.end(one.id, UNLOCKED, START + 300 - index * 100);
        }
        const between = async (since: number, until: number) =>
          (await store.unlocks.untold(START + since, START + until)).map(({ id }) => id);
        expect(await between(0, 999)).toEqual(['unlock-1', 'unlock-2', 'unlock-3']);
        expect(await between(100, 200)).toEqual(['unlock-2', 'unlock-3']);
        expect(await between(101, 299)).toEqual(['unlock-2']);
        expect(await between(301, 999)).toEqual([]);
      });

      test('finds the unknown that Seam may still settle, by when it was asked for', async () => {
        const make = async (n: number, attempt: boolean, outcome: Outcome | null) => {
          const one = click(n, { deviceId: deviceId(`door-${n}`) });
          await store.unlocks.begin(one);
          if (attempt) await store.unlocks.attempted(one.id, actionAttemptId(`attempt-${n}`));
          if (outcome !== null) await store.unlocks.end(one.id, outcome, START + 500);
          return one;
        };
        await make(1, true, UNKNOWN);
        const found = await make(2, true, UNKNOWN);
        await make(3, false, UNKNOWN);
        await make(4, true, UNLOCKED);
        await make(5, true, null);
        expect(await store.unlocks.unsettled(START + 2)).toEqual([
          ended(found, UNKNOWN, START + 500, { attemptId: actionAttemptId('attempt-2') }),
        ]);
        expect(await store.unlocks.unsettled(START + 1)).toHaveLength(2);
      });

      describe('tells the latest of each door', () => {
        const door = (n: number) => deviceId(`door-${n}`);
        const latest = async (who = someone(), doors = [door(1), door(2)]) =>
          [...(await store.unlocks.latest(who, doors)).values()].map(({ id }) => id).sort();

        test('the newest, and nothing of other doors', async () => {
          for (const n of [1, 2, 3]) {
            await store.unlocks.begin(click(n));
            await store.unlocks.end(click(n).id, UNLOCKED, START + 100 + n);
          }
          await store.unlocks.begin(click(4, { deviceId: door(2) }));
          await store.unlocks.begin(click(5, { deviceId: door(3) }));
          expect(await store.unlocks.latest(someone(), [door(1), door(2), door(4)])).toEqual(
            new Map([
              [door(1), ended(click(3), UNLOCKED, START + 103)],
              [door(2), rowOf(click(4, { deviceId: door(2) }))],
            ]),
          );
          expect(await latest(someone(), [])).toEqual([]);
        });

        test('never a click that only joined', async () => {
          await store.unlocks.begin(click(1));
          await store.unlocks.begin(click(2));
          expect(await latest()).toEqual(['unlock-1']);
          await store.unlocks.end(click(1).id, UNLOCKED, START + 9);
          expect(await latest()).toEqual(['unlock-1']);
        });

        test('not mixed between two people, whoever came last', async () => {
          const ben = someone('U0BEN');
          const stranger = someone('U0OLIVIA', 'T0AWAY');
          await store.unlocks.begin(click(1));
          await store.unlocks.begin(click(2, { who: ben }));
          await store.unlocks.refuse(click(3, { who: stranger }), REFUSED);
          expect(await latest()).toEqual(['unlock-1']);
          expect(await latest(ben)).toEqual(['unlock-2']);
          expect(await latest(stranger)).toEqual(['unlock-3']);
        });

        test('the one under way, when two clicks came in one millisecond', async () => {
          for (const id of ['unlock-a', 'unlock-z']) {
            const now = { requestedAt: START, deviceId: deviceId(`door-of-${id}`) };
            const first = click(1, {
              ...now,
              id: unlockId(`${id}-1`),
              interaction: interactionId(`${id}-1`),
            });
            const second = click(2, {
              ...now,
              id: unlockId(`${id}-0`),
              interaction: interactionId(`${id}-0`),
            });
            await store.unlocks.begin(first);
            await store.unlocks.end(first.id, OFFLINE, START);
            await store.unlocks.begin(second);
            expect(await latest(someone(), [now.deviceId])).toEqual([second.id]);
          }
        });
      });

      test.each(damages)('goes on without a response_url that %s', async (_, damage) => {
        await store.unlocks.begin(click(1));
        await store.unlocks.begin(click(2, { deviceId: deviceId('door-2') }));
        const [one, two] = await db.selectFrom('unlock').select('response_url').orderBy('id').execute();
        const response_url = damage(one?.response_url ?? '', two?.response_url ?? '');
        await db.updateTable('unlock').set({ response_url }).where('id', '=', click(1).id).execute();
        const damaged = rowOf(click(1), { responseUrl: null });
        expect(byId(await store.unlocks.underWay())).toEqual([
          damaged,
          rowOf(click(2, { deviceId: deviceId('door-2') })),
        ]);
        expect(await store.unlocks.begin(click(3))).toEqual({ kind: 'joined', unlock: joinedRow(click(3)) });
        expect(lines).toEqual([]);
      });

      test('goes on without the response_urls when the key is another', async () => {
        await store.unlocks.begin(click(1));
        const other = await openStore(opened, createSealer(Buffer.alloc(32, 8)), log);
        expect(await other.unlocks.underWay()).toEqual([rowOf(click(1), { responseUrl: null })]);
      });

      test.each([
        'nonsense',
        '{"kind":"opened"}',
        '{"kind":"failed","reason":"odd","said":null,"waitMs":null}',
      ])('goes on without a row whose outcome nobody wrote: %s', async (outcome) => {
        const whole = click(2, { deviceId: deviceId('door-2') });
        for (const one of [click(1), whole]) {
          await store.unlocks.begin(one);
          await store.unlocks.attempted(one.id, actionAttemptId('attempt'));
          await store.unlocks.end(one.id, UNKNOWN, START + 9);
        }
        await db.updateTable('unlock').set({ outcome }).where('id', '=', click(1).id).execute();
        const rest = [ended(whole, UNKNOWN, START + 9, { attemptId: actionAttemptId('attempt') })];
        for (const look of [
          () => store.unlocks.untold(0, START + 99),
          () => store.unlocks.unsettled(0),
          async () => [
            ...(await store.unlocks.latest(someone(), [click(1).deviceId, whole.deviceId])).values(),
          ],
        ]) {
          lines.length = 0;
          expect(await look()).toEqual(rest);
          expectLogged(click(1).id);
        }
      });

      test('goes on without a row under way, or one that joined, that cannot be read', async () => {
        const whole = click(2, { deviceId: deviceId('door-2') });
        await store.unlocks.begin(click(1));
        await store.unlocks.begin(whole);
        await store.unlocks.begin(click(3));
        await store.unlocks.begin(click(4));
        await db.updateTable('unlock').set({ interaction: '' }).where('id', '=', click(1).id).execute();
        expect(await store.unlocks.underWay()).toEqual([rowOf(whole)]);
        expectLogged(click(1).id);
        lines.length = 0;
        await db.updateTable('unlock').set({ outcome: 'nonsense' }).where('id', '=', click(3).id).execute();
        expect(await store.unlocks.joinedTo(click(1).id)).toEqual([joinedRow(click(4))]);
        expectLogged(click(3).id);
      });

      test('keeps no response_url that could be read without the key', async () => {
        await store.unlocks.begin(click(1));
        await store.unlocks.refuse(click(2), REFUSED);
        await store.connects.add({
          id: connectId('connect-1'),
          who: someone(),
          webviewId: connectWebviewId('webview-1'),
          createdAt: START,
          expiresAt: START,
          responseUrl: { url: SECRET, expiresAt: START },
        });
        const rows = JSON.stringify([
          await db.selectFrom('unlock').selectAll().execute(),
          await db.selectFrom('connect').selectAll().execute(),
        ]);
        expect(rows).not.toContain('hooks.slack.com');
        expect(rows.match(/"response_url":"v1\./g)).toHaveLength(3);
      });
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

/** What can become of a sealed text, made from it and from that of another row. */
const damages: [string, (sealed: string, other: string) => string][] = [
  ['was cut short', (sealed) => sealed.slice(0, -3)],
  ['was changed', (sealed) => `${sealed.slice(0, 30)}${sealed[30] === 'A' ? 'B' : 'A'}${sealed.slice(31)}`],
  ['was moved from another row', (_, other) => other],
  ['is in the clear', () => SECRET],
];

function byId<Row extends { id: string }>(rows: readonly Row[]): Row[] {
  return rows.toSorted((left, right) => left.id.localeCompare(right.id));
}
