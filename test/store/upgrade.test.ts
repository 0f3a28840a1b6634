import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { moveId } from '../../src/domain/ids.ts';
import { START, someone } from '../support/sights.ts';
import { lookInto, newFile, open } from './database.ts';
import { addOldLink, makeOld, type OldMove } from './old.ts';

const UNLOCKED = { kind: 'unlocked' } as const;
const UNKNOWN = { kind: 'unknown', why: 'timeout' } as const;

/** One row in each state that the first Latchbolt could leave. */
const LEFT: readonly OldMove[] = [
  { id: 'asked', state: 'under_way', attemptId: 'attempt-1' },
  { id: 'begun', state: 'under_way' },
  { id: 'joined', state: 'joined', joinedId: 'begun' },
  { id: 'told', state: 'ended', outcome: UNLOCKED, toldAt: START + 10 },
  { id: 'unknown', state: 'ended', outcome: UNKNOWN, attemptId: 'attempt-2' },
  { id: 'untold', state: 'ended', outcome: UNLOCKED },
];

/** Upgrades by starting a run, which takes over from those that are dead. */
async function start(file: string) {
  const { db, store } = await open(file, 'new');
  expect(await store.runs.all()).toEqual([]);
  return { db, store, dead: await store.runs.withWork() };
}

test('what was open before there were runs is taken over by the first start', async () => {
  const file = newFile();
  const old = await makeOld(file, LEFT);
  await addOldLink(old, 'waiting', null, null);
  await addOldLink(old, 'untold', START + 9, null);
  await addOldLink(old, 'told', START + 9, START + 10);
  await old.destroy();
  const { store, dead } = await start(file);
  const unlocks = await store.moves.adopt(dead);
  expect(unlocks.map(({ id, state, toldAt }) => [id, state, toldAt]).toSorted()).toEqual([
    ['asked', 'under_way', null],
    ['begun', 'under_way', null],
    ['joined', 'joined', null],
    ['unknown', 'ended', null],
    ['untold', 'ended', null],
  ]);
  const links = await store.connects.adopt(dead);
  expect(links.map(({ id, endedAt, told }) => [id, endedAt, told]).toSorted()).toEqual([
    ['untold', START + 9, false],
    ['waiting', null, false],
  ]);
  expect(await store.moves.adopt(dead)).toEqual([]);
  expect(await store.connects.adopt(dead)).toEqual([]);
});

test('what was under way at the upgrade is never said to be not sent', async () => {
  const file = newFile();
  await (await makeOld(file, LEFT)).destroy();
  const { store, dead } = await start(file);
  const unlocks = await store.moves.adopt(dead);
  const underWay = unlocks.filter(({ state }) => state === 'under_way');
  expect(underWay.map(({ id, sentAt, attemptId }) => [id, sentAt, attemptId]).toSorted()).toEqual([
    ['asked', START, 'attempt-1'],
    ['begun', START, null],
  ]);
  expect(await store.moves.joinedTo(moveId('begun'))).toMatchObject([{ id: 'joined', sentAt: null }]);
});

test('keeps every row of the journal as it was', async () => {
  const file = newFile();
  await (await makeOld(file, LEFT)).destroy();
  const columns =
    'id, interaction, state, joined_id, action_attempt_id, outcome, requested_at, ended_at, told_at';
  const look = (table: string) => lookInto(file, `select ${columns} from ${table} order by id`);
  const before = look('unlock');
  expect(before).toHaveLength(LEFT.length);
  const { store } = await start(file);
  expect(look('move')).toEqual(before);
  expect(await store.people.ensure(someone(), () => 'key-1', START)).toMatchObject({ standing: null });
});

test('an upgrade that fails leaves all as it was, and can be tried again', async () => {
  const file = newFile();
  const old = await makeOld(file, LEFT);
  await sql`create table run (in_the_way text)`.execute(old);
  const schema = () => lookInto(file, 'select name, sql from sqlite_master order by name');
  const before = schema();
  await expect(open(file)).rejects.toThrow('table "run" already exists');
  expect(schema()).toEqual(before);
  await sql`drop table run`.execute(old);
  await old.destroy();
  const { store, dead } = await start(file);
  expect(await store.moves.adopt(dead)).toHaveLength(LEFT.length - 1);
});

test('of starts at the same time on one old database each finds it upgraded', async () => {
  const file = newFile();
  await (await makeOld(file, LEFT)).destroy();
  const starts = await Promise.all([start(file), start(file), start(file)]);
  const taken = await Promise.all(starts.map(({ store, dead }) => store.moves.adopt(dead)));
  expect(taken.flat()).toHaveLength(LEFT.length - 1);
});
