/** Shows that the search can fail: secrets are planted as a careless bot would leave them, and have to be found. */
import { randomBytes, randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import Sqlite from 'better-sqlite3';
import { Canaries } from './canaries.ts';
import { Ledger } from './ledger.ts';

const secret = () => `xoxb-${randomBytes(16).toString('base64')}/+&${randomBytes(4).toString('hex')}`;

/** Each way to be careless with a text, in a log. */
const CARELESS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => JSON.stringify({ token: text }),
  (text) => JSON.stringify({ body: JSON.stringify({ token: text }) }),
  (text) => JSON.stringify({ token: text }).replaceAll('/', '\\/'),
  (text) => `GET /?token=${encodeURIComponent(text)}`,
  (text) => encodeURIComponent(`/?token=${encodeURIComponent(text)}`),
  (text) => `authorization: Basic ${Buffer.from(`bot:${text}`).toString('base64')}`,
  (text) => Buffer.from(`x${text}`).toString('base64url'),
  (text) => Buffer.from(text).toString('hex'),
  (text) => inspect(new Error('no', { cause: { headers: { token: text } } })),
];

/** Plants them in a scratch log and a scratch database. */
export async function plant(): Promise<{ planted: number; found: number; foundElsewhere: number }> {
  const [canaries, strangers, ledger] = [new Canaries(), new Canaries(), new Ledger()];
  const folder = await mkdtemp(join(tmpdir(), 'latchbolt-planted-'));
  const sqlite = new Sqlite(join(folder, 'scratch.db'));
  try {
    for (const write of CARELESS) {
      const text = secret();
      canaries.add('a planted text', text);
      strangers.add('a text that was never planted', secret());
      ledger.note('output', `${write(text)}\n`);
    }
    const pin = String(randomInt(100_000, 1_000_000));
    canaries.addPin(pin);
    strangers.addPin([...pin].toReversed().join('').padEnd(7, '7'));
    ledger.note('output', `the PIN is ${[...pin].join(' ')}\n`);
    const key = randomBytes(32);
    const [inRow, inWal] = [secret(), secret()];
    for (const one of [key, inRow, inWal]) canaries.add('a planted row', one);
    sqlite.pragma('journal_mode = wal');
    sqlite.exec('create table t (a blob)');
    sqlite.prepare('insert into t values (?), (?)').run(key, inRow);
    sqlite.pragma('wal_checkpoint(truncate)');
    sqlite.prepare('insert into t values (?)').run(inWal);
    ledger.noteFiles(folder);
    const all = (of: Canaries) => [...ledger.search('output', of), ...ledger.search('database', of)].length;
    return { planted: canaries.size, found: all(canaries), foundElsewhere: all(strangers) };
  } finally {
    sqlite.close();
    await rm(folder, { recursive: true, force: true });
  }
}
