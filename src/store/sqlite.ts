import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { StartError } from '../start-error.ts';
import type { OpenDatabase, Schema } from './schema.ts';

/** `PRAGMA synchronous` as a number: FULL. */
const FULL = 2;
/** How much of the file is kept in memory at most, KiB: the people and the journal's newest rows, without asking the disk. */
const CACHE_KIB = 8_192;
/** How long SQLite itself waits for a lock, ms: it stops the whole process meanwhile, so hardly at all. */
const BUSY_TIMEOUT_MS = 5;

/**
 * Opens the database file, readable by its owner only. A door's journal must survive a loss of power, so that
 * WAL with `synchronous=FULL` is not wished for but checked; throws a StartError when the file cannot be had so.
 */
export function openSqlite(file: string): OpenDatabase {
  const sqlite = connect(file);
  const opened = inodeOf(file);
  const db = new Kysely<Schema>({
    dialect: {
      createAdapter: () => new Adapter(),
      createDriver: () => new Driver(sqlite),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
  return {
    db,
    isThere: async () => inodeOf(file) === opened,
    // On one connection, which the step has for itself: a second one would wait for the first, and nobody else in
    // this process could go on meanwhile.
    quickly: (step) =>
      db.connection().execute(async (alone) => {
        sqlite.exec('pragma synchronous = NORMAL');
        try {
          return await step(alone);
        } finally {
          sqlite.exec('pragma synchronous = FULL');
        }
      }),
  };
}

/** Which file stands at this path; null for none. */
function inodeOf(file: string): bigint | null {
  return statSync(file, { bigint: true, throwIfNoEntry: false })?.ino ?? null;
}

function connect(file: string): Sqlite.Database {
  try {
    if (file !== ':memory:') makePrivate(file);
    return configured(new Sqlite(file, { timeout: BUSY_TIMEOUT_MS }), file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new StartError(
      `The database file ${file} cannot be opened (${code}). ` +
        'Check the path in DATABASE_URL, and that Latchbolt may write in its folder.',
      { cause: error },
    );
  }
}

function configured(sqlite: Sqlite.Database, file: string): Sqlite.Database {
  const journal = sqlite.pragma('journal_mode = WAL', { simple: true });
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma(`cache_size = -${CACHE_KIB}`);
  const synchronous = sqlite.pragma('synchronous', { simple: true });
  if (synchronous !== FULL || (journal !== 'wal' && file !== ':memory:')) {
    sqlite.close();
    throw new Error(
      `SQLite grants journal_mode ${journal}, synchronous ${synchronous}; wal and ${FULL} are needed`,
    );
  }
  return sqlite;
}

/** The most statements that are kept; there are about fifty, and some for each length of a list. */
const MOST_STATEMENTS = 500;

/** To prepare a statement costs as much as to run it. */
function preparedOnce(sqlite: Sqlite.Database): (query: string) => Sqlite.Statement {
  const statements = new Map<string, Sqlite.Statement>();
  return (query) => {
    let statement = statements.get(query);
    if (statement === undefined) {
      if (statements.size >= MOST_STATEMENTS) statements.clear();
      statement = sqlite.prepare(query);
      statements.set(query, statement);
    }
    return statement;
  };
}

/** SQLite can undo a change of the schema; Kysely does not count on it by itself. */
class Adapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** On a full disk SQLite rolls back by itself: a second rollback would fail, and hide what went wrong. */
class Driver extends SqliteDriver {
  readonly #sqlite: Sqlite.Database;

  constructor(sqlite: Sqlite.Database) {
    super({ database: { prepare: preparedOnce(sqlite), close: () => sqlite.close() } });
    this.#sqlite = sqlite;
  }

  /**
   * With the right to write from the start: a transaction that reads first is refused when another process wrote since,
   * however long it waits, and under load it would always be.
   */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#sqlite.inTransaction) await super.rollbackTransaction(connection);
  }
}

/** SQLite would create the file for everyone to read; new ones beside it take its mode, left over ones do not. */
function makePrivate(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
  for (const part of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(part)) chmodSync(part, 0o600);
}
