import { randomUUID } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { z } from 'zod';
import { scopeOf } from '../../src/domain/access.ts';
import {
  type ConnectedAccountId,
  connectedAccountId,
  runId,
  slackUserId,
  userIdentifierKey,
} from '../../src/domain/ids.ts';
import { createLog } from '../../src/log.ts';
import { seamDriver } from '../../src/sandbox/seam/driver.ts';
import { createSealer } from '../../src/seal.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { openStore } from '../../src/store/store.ts';
import { keyOf, neighbours, TEAM } from './servers/site.ts';

/** Someone of the workspace, and the accounts that they connected. */
export interface Resident {
  readonly userId: string;
  readonly accounts: readonly ConnectedAccountId[];
}

/** Where the local Seam is, and the key to it. */
export interface SeamAt {
  readonly url: string;
  readonly apiKey: string;
}

/** Someone with ten doors, and someone with a thousand. */
export const TEN_DOORS = 'U0TEN';
export const MANY_DOORS = 'U0MANY';
/** How many sign in at once. */
const AT_ONCE = 200;
const HALF_A_YEAR_MS = 180 * 24 * 60 * 60 * 1000;

const made = z.object({ connect_webview: z.object({ connect_webview_id: z.string() }) });

/** Lets everybody sign in to two accounts of one door each, as they would, and the two others besides. */
export async function seedSeam(seam: SeamAt, people: number): Promise<Resident[]> {
  const ids = Array.from({ length: people }, (_, n) => `U${String(n).padStart(6, '0')}`);
  const wanted = [
    ...ids.map((userId) => ({ userId, emails: [`${userId}.front`, `${userId}.back`] })),
    { userId: TEN_DOORS, emails: Array.from({ length: 10 }, (_, n) => `ten${n}`) },
    { userId: MANY_DOORS, emails: ['many'] },
  ];
  const residents: Resident[] = [];
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    const some = wanted.slice(from, from + AT_ONCE);
    residents.push(...(await Promise.all(some.map(({ userId, emails }) => moveIn(seam, userId, emails)))));
  }
  return residents;
}

async function moveIn(seam: SeamAt, userId: string, emails: readonly string[]): Promise<Resident> {
  const accounts = await Promise.all(emails.map((email) => signIn(seam, `${email}@example.com`)));
  await askSeam(seam, 'PUT', '/client_sessions/create', {
    user_identifier_key: keyOf(userId),
    connected_account_ids: accounts,
  });
  return { userId, accounts };
}

async function signIn(seam: SeamAt, email: string): Promise<ConnectedAccountId> {
  const options = { wait_for_device_creation: true, accepted_providers: ['august'] };
  const webview = made.parse(await askSeam(seam, 'POST', '/connect_webviews/create', options));
  const { connectedAccountId: id } = await seamDriver(seam.url).login({
    connectWebviewId: webview.connect_webview.connect_webview_id,
    provider: 'august',
    email,
    password: '1234',
  });
  return connectedAccountId(id ?? '');
}

/** One call of Seam's API, without the SDK. */
export async function askSeam(
  seam: SeamAt,
  method: 'POST' | 'PUT',
  path: string,
  input: object,
): Promise<unknown> {
  const answer = await fetch(seam.url + path, {
    method,
    headers: { authorization: `Bearer ${seam.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

/** Makes a database in which the bot knows all of them. */
export async function seedStore(file: string, key: Buffer, residents: readonly Resident[]): Promise<void> {
  const store = await openStore(openSqlite(file), {
    sealer: createSealer(key),
    log: createLog({ level: 'silent' }),
    run: runId(randomUUID()),
  });
  const now = Date.now();
  for (const { userId, accounts } of residents) {
    const identity = { scope: scopeOf({ teamId: TEAM }), userId: slackUserId(userId) };
    const person = await store.people.ensure(identity, () => userIdentifierKey(keyOf(userId)), now);
    await store.people.setStanding(person, { is: 'member', tz: null }, now, now);
    await store.people.setClientSessionExpiry(person, now + HALF_A_YEAR_MS);
    for (const account of accounts) await store.accounts.add(person.key, account, now);
  }
  await store.close();
  addNeighbours(file, now);
}

/** Members without doors, so many that nobody asks more often than a person may. */
function addNeighbours(file: string, now: number): void {
  const sqlite = new Sqlite(file);
  const add = sqlite.prepare(
    `insert into person (scope, slack_user_id, user_identifier_key, created_at, standing, standing_at)
     values (?, ?, ?, ?, 'member', ?)`,
  );
  const all = sqlite.transaction(() => {
    for (const userId of neighbours) add.run(scopeOf({ teamId: TEAM }), userId, keyOf(userId), now, now);
  });
  all();
  sqlite.close();
}
