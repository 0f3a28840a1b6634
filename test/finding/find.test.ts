/** What is found among more doors than can be read, and what is kept of them; Seam's pages are made up here. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { type Context, createContext } from '../../src/context.ts';
import {
  connectedAccountId,
  deviceId,
  type UserIdentifierKey,
  userIdentifierKey,
} from '../../src/domain/ids.ts';
import { findByName } from '../../src/finding/find.ts';
import { doorsLately, forgetLately } from '../../src/finding/lately.ts';
import { createLog } from '../../src/log.ts';
import { thisProcess } from '../../src/runs.ts';
import { SeamError } from '../../src/seam/errors.ts';
import type { StoredPerson } from '../../src/store/people.ts';
import { aDoor, START, someone } from '../support/sights.ts';
import { movableTime } from '../support/time.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
let context: Context;
let person: StoredPerson;
/** How often doors were asked for, and for how many pages there are more. */
let asked: number;
let pages: number;
let error: Error | null;
const time = movableTime();

beforeAll(async () => {
  world = await startWorld({ webhooks: false });
  await world.house.bot.close();
});
afterAll(() => world.close());
beforeEach(async () => {
  [asked, pages, error] = [0, 9, null];
  const surroundings = {
    time,
    newId: randomUUID,
    log: createLog({ level: 'silent' }),
    place: thisProcess,
  };
  const made = await createContext(world.house.config, surroundings, []);
  onTestFinished(async () => {
    await made.context.tasks.stop(0);
    await made.close();
  });
  const key: UserIdentifierKey = userIdentifierKey(randomUUID());
  person = await made.context.store.people.ensure(someone(`U${key.slice(0, 6)}`), () => key, START);
  await made.context.store.accounts.add(key, connectedAccountId('account-1'), START);
  context = { ...made.context, seam: { ...made.context.seam, doors } };
});

/** Pages of two doors, one of which is of an account that is not theirs. */
const doors: Context['seam']['doors'] = async (_, cursor, limit) => {
  expect(limit).toBe(500);
  asked += 1;
  if (error !== null) throw error;
  const page = Number(cursor ?? '0');
  return {
    doors: [
      aDoor({ id: deviceId(`door-${page}`), name: `Room ${page}` }),
      aDoor({ id: deviceId(`other-${page}`), name: 'Vault', accountId: connectedAccountId('theirs') }),
    ],
    next: page + 1 < pages ? String(page + 1) : null,
  };
};

test('five pages are read at most, and what is found in them may not be the only one', async () => {
  const found = await findByName(context, person, 'room 3');
  expect(found).toEqual({
    kind: 'several',
    doors: [aDoor({ id: deviceId('door-3'), name: 'Room 3' })],
    complete: false,
  });
  expect(asked).toBe(5);
  expect(await findByName(context, person, 'room 7')).toMatchObject({ kind: 'none', complete: false });
});

test('five pages that are all of them are enough', async () => {
  pages = 5;
  expect(await findByName(context, person, 'room 4')).toMatchObject({
    kind: 'one',
    door: { name: 'Room 4' },
  });
  expect(asked).toBe(5);
});

test('a door of an account that is not theirs is not found, whatever Seam lists', async () => {
  pages = 1;
  expect(await findByName(context, person, 'vault')).toEqual({
    kind: 'none',
    near: [],
    complete: true,
    gone: false,
  });
});

test('what was listed lately is listed once for all who ask, for a minute, and until it is forgotten', async () => {
  pages = 1;
  const [first, second] = await Promise.all([doorsLately(context, person), doorsLately(context, person)]);
  expect(first.map(({ name }) => name)).toEqual(['Room 0']);
  expect(second).toBe(first);
  await doorsLately(context, person);
  expect(asked).toBe(1);
  time.advance(60_000);
  await doorsLately(context, person);
  expect(asked).toBe(2);
  forgetLately(person.key);
  await doorsLately(context, person);
  expect(asked).toBe(3);
});

test('a failure is not kept', async () => {
  pages = 1;
  error = new SeamError({ kind: 'fault', code: 'http_503' });
  await expect(doorsLately(context, person)).rejects.toBe(error);
  error = null;
  expect(await doorsLately(context, person)).toHaveLength(1);
  expect(asked).toBe(2);
});
