import { chmodSync, existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { deviceId, interactionId, moveId } from '../../src/domain/ids.ts';
import { migrate, migrations, NewerDatabaseError } from '../../src/store/migrations.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { aMove, aRequest, START } from '../support/sights.ts';
import { lookInto, newFile, open, underWay } from './database.ts';

test('a commit is on the disk: WAL, and synchronous FULL', async () => {
  const file = newFile();
  const { db } = await open(file);
  expect(lookInto(file, 'pragma journal_mode')).toEqual([{ journal_mode: 'wal' }]);
  expect((await sql`pragma journal_mode`.execute(db)).rows).toEqual([{ journal_mode: 'wal' }]);
  // 2 is FULL. It belongs to the connection, so that only the store's own can be asked.
  expect((await sql`pragma synchronous`.execute(db)).rows).toEqual([{ synchronous: 2 }]);
});

test('SQLite itself waits for a lock for next to nothing, since everybody waits with it', async () => {
  const { db } = await open(newFile());
  expect((await sql`pragma busy_timeout`.execute(db)).rows).toEqual([{ timeout: 5 }]);
});

test('a database without WAL is refused', () => {
  const file = newFile();
  const other = new Sqlite(file);
  onTestFinished(() => {
    other.close();
  });
  // Somebody who reads a database that is not in WAL keeps it out of it.
  other.exec('create table kept (id text); insert into kept values (1), (2)');
  const reading = other.prepare('select id from kept').iterate();
  reading.next();
  expect(() => openSqlite(file)).toThrow(
    `The database file ${file} cannot be opened (SQLITE_BUSY). Check the path in DATABASE_URL`,
  );
  reading.return?.();
});

for (const umask of [0o000, 0o022, 0o077, 0o277]) {
  test(`the files are the owner's alone under umask ${umask.toString(8).padStart(3, '0')}`, async () => {
    const before = process.umask(umask);
    onTestFinished(() => {
      process.umask(before);
    });
    const file = newFile();
    await open(file);
    expect(modesOf(file)).toEqual({ db: '600', wal: '600', shm: '600' });
  });
}

test('files that others could read are closed to them, left over or not', async () => {
  const file = newFile();
  const left = new Sqlite(file);
  onTestFinished(() => {
    left.close();
  });
  left.pragma('journal_mode = WAL');
  left.exec('create table kept (id text)');
  for (const part of [file, `${file}-wal`, `${file}-shm`]) chmodSync(part, 0o644);
  await open(file);
  expect(modesOf(file)).toEqual({ db: '600', wal: '600', shm: '600' });
});

test('an empty file that is there already becomes a database', async () => {
  const file = newFile();
  writeFileSync(file, '', { mode: 0o644 });
  const { store } = await open(file);
  expect(await store.answers()).toBe(true);
  expect(modesOf(file).db).toBe('600');
});

test('what is no database is refused', () => {
  const file = newFile();
  writeFileSync(file, 'not a database, but long enough to be looked at '.repeat(50));
  expect(() => openSqlite(file)).toThrow(`The database file ${file} cannot be opened (SQLITE_NOTADB).`);
});

test('a second start changes nothing', async () => {
  const file = newFile();
  const first = await open(file);
  await first.store.moves.begin(aRequest());
  const schema = () => lookInto(file, 'select name, sql from sqlite_master order by name');
  const applied = () => lookInto(file, 'select * from kysely_migration');
  const before = [schema(), applied()];
  await migrate(first.db);
  const second = await open(file);
  expect([schema(), applied()]).toEqual(before);
  expect(await underWay(second.db)).toHaveLength(1);
});

test('every migration is written down under its name', async () => {
  const file = newFile();
  await open(file);
  const applied = lookInto<{ name: string }>(file, 'select name from kysely_migration order by name');
  expect(applied.map(({ name }) => name)).toEqual(Object.keys(migrations));
});

test('a database of a newer Latchbolt is refused by the name of what is unknown, and left alone', async () => {
  const file = newFile();
  const { db } = await open(file);
  await sql`insert into kysely_migration values ('9998_shared_doors', '2030-01-01')`.execute(db);
  await sql`insert into kysely_migration values ('9999_guests', '2030-01-02')`.execute(db);
  const before = lookInto(file, 'select name, sql from sqlite_master');
  const refusal = await migrate(db).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(NewerDatabaseError);
  expect(refusal).toMatchObject({
    name: 'NewerDatabaseError',
    message:
      'The database is newer than this Latchbolt (it has 9998_shared_doors, 9999_guests). ' +
      'Start the newer version, or restore the backup made before the upgrade.',
  });
  expect(lookInto(file, 'select name, sql from sqlite_master')).toEqual(before);
});

test('of clicks through two connections at once one begins', async () => {
  const file = newFile();
  const stores = [(await open(file)).store, (await open(file)).store];
  const begun = await Promise.all(
    Array.from({ length: 12 }, (_, n) => {
      const request = aRequest({ id: moveId(`u${n}`), interaction: interactionId(`i${n}`) });
      return stores[n % 2]?.moves.begin(request);
    }),
  );
  expect(begun.map((one) => one?.kind).sort()).toEqual([
    'begun',
    ...Array.from({ length: 11 }, () => 'joined'),
  ]);
});

test('goes on after more different statements than it keeps', async () => {
  const { store } = await open(newFile());
  const doors = Array.from({ length: 600 }, (_, n) => deviceId(`door-${n}`));
  for (const id of doors)
    await store.sightings.record({ deviceId: id, state: 'locked', how: 'asked', at: START });
  for (let many = 0; many <= doors.length; many += 1) {
    expect((await store.sightings.of(doors.slice(0, many))).size).toBe(many);
  }
  expect(await store.moves.begin(aRequest())).toEqual({ kind: 'begun', move: aMove() });
});

test('a statement that failed once is there again when it can be done', async () => {
  const { db, store } = await open(newFile());
  await sql`create trigger broken before insert on move begin select raise(abort, 'not now'); end`.execute(
    db,
  );
  for (let i = 0; i < 2; i += 1) {
    await expect(store.moves.begin(aRequest())).rejects.toMatchObject({ kind: 'broken' });
  }
  await sql`drop trigger broken`.execute(db);
  expect(await store.moves.begin(aRequest())).toEqual({ kind: 'begun', move: aMove() });
});

test('an outcome is written for a row and all that joined it, or for none', async () => {
  const { db, store } = await open(newFile());
  const request = aRequest();
  await store.moves.begin(request);
  await store.moves.begin({ ...request, id: moveId('joined'), interaction: interactionId('joined') });
  await sql`create trigger broken before update on move when old.state = 'joined'
            begin select raise(abort, 'the second half fails'); end`.execute(db);
  await expect(store.moves.end(request.id, { kind: 'unlocked' }, START)).rejects.toMatchObject({
    name: 'StoreError',
    kind: 'broken',
  });
  expect(await underWay(db)).toMatchObject([{ id: request.id, state: 'under_way', outcome: null }]);
  await sql`drop trigger broken`.execute(db);
  await store.moves.end(request.id, { kind: 'unlocked' }, START);
  expect(await store.moves.joinedTo(request.id)).toMatchObject([{ outcome: { kind: 'unlocked' } }]);
});

describe('a file that is not where it was', () => {
  const gone = {
    name: 'StoreError',
    kind: 'broken',
    code: 'file_gone',
    message: 'store: broken (file_gone)',
  };
  const second = aRequest({ id: moveId('second'), interaction: interactionId('second') });

  test.each<[string, (file: string) => void]>([
    ['since somebody deleted it', (file) => rmSync(file)],
    ['since somebody moved it', (file) => renameSync(file, `${file}.bak`)],
    [
      'but another one',
      (file) => {
        rmSync(file);
        writeFileSync(file, '');
      },
    ],
  ])('%s, takes no click and no outcome', async (_, takeAway) => {
    const file = newFile();
    const { db, store } = await open(file);
    expect(await store.answers()).toBe(true);
    await store.moves.begin(aRequest());
    takeAway(file);
    await expect(store.moves.begin(second)).rejects.toMatchObject(gone);
    await expect(store.moves.end(aRequest().id, { kind: 'unlocked' }, START)).rejects.toMatchObject(gone);
    expect(await store.answers()).toBe(false);
    expect(await db.selectFrom('move').select(['id', 'outcome']).execute()).toEqual([
      { id: aRequest().id, outcome: null },
    ]);
  });

  test('is written again once it is back', async () => {
    const file = newFile();
    const { store } = await open(file);
    renameSync(file, `${file}.bak`);
    await expect(store.moves.begin(second)).rejects.toMatchObject(gone);
    renameSync(`${file}.bak`, file);
    expect(await store.answers()).toBe(true);
    expect(await store.moves.begin(second)).toEqual({ kind: 'begun', move: aMove(second) });
  });
});

/** What anybody may do with the files, in octal. */
function modesOf(file: string) {
  const mode = (path: string) => (existsSync(path) ? (statSync(path).mode & 0o777).toString(8) : 'absent');
  return { db: mode(file), wal: mode(`${file}-wal`), shm: mode(`${file}-shm`) };
}
