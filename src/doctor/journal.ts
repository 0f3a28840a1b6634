/** A look into the database that changes nothing in it. */
import { existsSync, readFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { z } from 'zod';
import type { Sealer } from '../seal.ts';
import { responseUrlColumns } from '../store/response-url.ts';

/** The tables in which something is sealed. */
const SEALED_IN = ['connect', 'move'] as const;

/** What was found in a database. */
export interface Journal {
  /** What SQLite finds damaged; empty when nothing is. */
  readonly damage: readonly string[];
  /** Whether there is any table at all. */
  readonly isEmpty: boolean;
  /** The migrations that were done, in order; null when the database has no list of them. */
  readonly migrations: readonly string[] | null;
  /** Whether the key opens what was sealed last in each table; null when nothing is sealed, or there is no key. */
  readonly opens: boolean | null;
  /** Whether anything is sealed. */
  readonly hasSealed: boolean;
}

const names = z.array(z.object({ name: z.string() }));
const check = z.array(z.object({ quick_check: z.string() }));
const sealedRows = z.array(
  z.object({ id: z.string(), response_url: z.string(), response_url_expires_at: z.number() }),
);

/**
 * Reads the database; throws SQLite's error when it cannot be read.
 *
 * @param sealer null when there is no key
 */
export function lookInto(file: string, sealer: Sealer | null): Journal {
  const sqlite = openUnchanged(file);
  try {
    const all = (query: string) => sqlite.prepare(query).all();
    const tables = names.parse(all("select name from sqlite_schema where type = 'table'"));
    const has = (table: string) => tables.some(({ name }) => name === table);
    const sealed = SEALED_IN.filter(has).flatMap((table) =>
      sealedRows
        .parse(
          all(`select id, response_url, response_url_expires_at from ${table}
               where response_url is not null order by response_url_expires_at desc limit 1`),
        )
        .map((row) => sealer !== null && responseUrlColumns(sealer, table).read(row) !== null),
    );
    return {
      damage: check
        .parse(all('pragma quick_check(3)'))
        .map((row) => row.quick_check)
        .filter((line) => line !== 'ok')
        .map((line) => line.replaceAll('\n', ' ')),
      isEmpty: tables.length === 0,
      migrations: has('kysely_migration')
        ? names.parse(all('select name from kysely_migration order by name')).map(({ name }) => name)
        : null,
      opens: sealer === null || sealed.length === 0 ? null : sealed.every(Boolean),
      hasSealed: sealed.length > 0,
    };
  } finally {
    sqlite.close();
  }
}

/**
 * With a `-wal` beside it a bot works on the database, or did not end in order: SQLite has to read both, and renews
 * at most the `-shm`, its index of the `-wal`. Without one the file is whole, and is read into memory: SQLite would
 * leave both behind.
 */
function openUnchanged(file: string): Sqlite.Database {
  if (existsSync(`${file}-wal`)) return new Sqlite(file, { readonly: true, fileMustExist: true });
  const bytes = readFileSync(file);
  // There is no WAL in memory: SQLite's documentation says to turn these two bytes of the header to 1 (rollback).
  if (bytes.length > 19) bytes.fill(1, 18, 20);
  return new Sqlite(bytes, { readonly: true });
}
