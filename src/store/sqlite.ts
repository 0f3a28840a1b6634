import { chmodSync, closeSync, openSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { Database, Schema } from './schema.ts';

/** `PRAGMA synchronous` as a number: FULL. */
const FULL = 2;
/** How long SQLite itself waits for a lock, ms: it stops the whole process meanwhile, so hardly at all. */
const BUSY_TIMEOUT_MS = 20;

/**
 * Opens the database file, readable by its owner only. A door's journal must survive a loss of power, so that
 * WAL with `synchronous=FULL` is not wished for but checked; throws when SQLite does not grant it.
 */
export function openSqlite(file: string): Database {
  if (file !== ':memory:') makePrivate(file);
  const sqlite = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS });
  const journal = sqlite.pragma('journal_mode = WAL', { simple: true });
  sqlite.pragma('synchronous = FULL');
  const synchronous = sqlite.pragma('synchronous', { simple: true });
  if (synchronous !== FULL || (journal !== 'wal' && file !== ':memory:')) {
    sqlite.close();
    throw new Error(
      `SQLite grants journal_mode ${journal}, synchronous ${synchronous}; wal and ${FULL} are needed`,
    );
  }
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: sqlite }) });
}

/** SQLite would create the file for everyone to read; its WAL takes the mode of the file. */
function makePrivate(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
}
