import { sql } from 'kysely';
import { expect, test } from 'vitest';
import {
  connectedAccountId,
  connectId,
  connectWebviewId,
  interactionId,
  moveId,
  userIdentifierKey,
} from '../../src/domain/ids.ts';
import type { Database } from '../../src/store/schema.ts';
import { clear } from '../support/clear.ts';
import { aMove, aRequest, START, someone } from '../support/sights.ts';
import { newFile, open } from './database.ts';

/** `PRAGMA synchronous`, as a number. */
const [NORMAL, FULL] = [1, 2];

async function synchronous(db: Database): Promise<number | undefined> {
  const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db);
  return rows[0]?.synchronous;
}

test('a quick step does not wait for the disk, and what comes after it does', async () => {
  const { opened, db } = await open(newFile());
  expect(await synchronous(db)).toBe(FULL);
  expect(await opened.quickly(synchronous)).toBe(NORMAL);
  expect(await synchronous(db)).toBe(FULL);
});

test('what comes after a quick step waits for the disk also when that step failed', async () => {
  const { opened, db } = await open(newFile());
  const fault = new Error('it fails');
  const asyncFault = opened.quickly(async (alone) => {
    expect(await synchronous(alone)).toBe(NORMAL);
    throw fault;
  });
  await expect(asyncFault).rejects.toBe(fault);
  expect(await synchronous(db)).toBe(FULL);
  const refused = opened.quickly((alone) => sql`select id from nowhere`.execute(alone));
  await expect(refused).rejects.toThrow('no such table: nowhere');
  expect(await synchronous(db)).toBe(FULL);
  const thrown = opened.quickly(() => {
    throw fault;
  });
  await expect(thrown).rejects.toBe(fault);
  expect(await synchronous(db)).toBe(FULL);
});

test('a step that must be on the disk never shares the quickness of one beside it', async () => {
  const { opened, db } = await open(newFile());
  const seen = await Promise.all(
    Array.from({ length: 30 }, (_, n) =>
      n % 3 === 0
        ? opened.quickly(async (alone) => ['quick', await synchronous(alone), await synchronous(alone)])
        : n % 3 === 1
          ? db.transaction().execute(async (all) => ['whole', await synchronous(all)])
          : synchronous(db).then((level) => ['alone', level]),
    ),
  );
  expect(seen).toEqual(
    Array.from({ length: 10 }, () => [
      ['quick', NORMAL, NORMAL],
      ['whole', FULL],
      ['alone', FULL],
    ]).flat(),
  );
});

test('the journal, whose door it is and who is who are never written quickly', async () => {
  const { db, store } = await open(newFile());
  await sql`create table level (place text, of_write integer)`.execute(db);
  for (const place of ['move', 'connect', 'person', 'pause', 'account', 'delivery']) {
    for (const what of ['insert', 'update']) {
      await sql`create trigger ${sql.ref(`${place}_${what}`)} after ${sql.raw(what)} on ${sql.table(place)} begin
                insert into level select ${sql.lit(place)}, synchronous from pragma_synchronous; end`.execute(
        db,
      );
    }
  }
  const [key, account] = [userIdentifierKey('key-1'), connectedAccountId('august')];
  const link = { id: connectId('connect-1'), webviewId: connectWebviewId('webview-1'), who: someone() };
  await store.people.ensure(someone(), () => key, START);
  await store.connects.add({ ...link, createdAt: START, expiresAt: START, responseUrl: null });
  await store.connects.end(link.id, { status: 'connected', accountId: account }, START);
  await store.accounts.add(key, account, START);
  await store.accounts.leave(key, account);
  const refused = aRequest({ id: moveId('refused'), interaction: interactionId('refused') });
  await store.moves.refuse(refused, { kind: 'refused', why: 'guest' });
  await store.moves.begin(aRequest());
  await clear(store, aMove(), 'Front Door', START);
  await store.moves.end(aRequest().id, { kind: 'unlocked' }, START);
  await store.deliveries.claim(interactionId('delivered'), START);
  await store.pauses.begin(someone(), 'pause-1', START);
  const levels = await sql`select place, of_write, count(*) as times from level group by 1, 2`.execute(db);
  expect(levels.rows).toEqual([
    { place: 'account', of_write: FULL, times: 3 },
    { place: 'connect', of_write: FULL, times: 2 },
    { place: 'delivery', of_write: NORMAL, times: 1 },
    { place: 'move', of_write: FULL, times: 4 },
    { place: 'pause', of_write: FULL, times: 1 },
    { place: 'person', of_write: FULL, times: 2 },
  ]);
});
