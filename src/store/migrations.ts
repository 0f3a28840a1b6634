import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { StartError } from '../start-error.ts';
import { first } from './migrations/0001-first.ts';
import { severalRuns } from './migrations/0002-several-runs.ts';
import { moves } from './migrations/0003-moves.ts';
import { surfaces } from './migrations/0004-surfaces.ts';
import { names } from './migrations/0005-names.ts';
import { home } from './migrations/0006-home.ts';
import { follow } from './migrations/0007-follow.ts';
import { codes } from './migrations/0008-codes.ts';
import { notices } from './migrations/0009-notices.ts';
import { history } from './migrations/0010-history.ts';

/**
 * Every change of the schema, oldest first; a landed one is never edited. Only what SQLite and PostgreSQL
 * both understand.
 */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001_first': first,
  '0002_several_runs': severalRuns,
  '0003_moves': moves,
  '0004_surfaces': surfaces,
  '0005_names': names,
  '0006_home': home,
  '0007_follow': follow,
  '0008_codes': codes,
  '0009_notices': notices,
  '0010_history': history,
};

/** The database was written by a newer Latchbolt: running an older one on it could lose what it does not know. */
export class NewerDatabaseError extends StartError {
  override readonly name = 'NewerDatabaseError';
  constructor(unknown: readonly string[]) {
    super(
      `The database is newer than this Latchbolt (it has ${unknown.join(', ')}). ` +
        'Start the newer version, or restore the backup made before the upgrade.',
    );
  }
}

/** Brings the database to the newest schema; throws NewerDatabaseError for one from the future. */
export async function migrate<Tables>(db: Kysely<Tables>): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (tables.some((table) => table.name === 'kysely_migration')) {
    const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
    const unknown = rows.map((row) => row.name).filter((name) => migrations[name] === undefined);
    if (unknown.length > 0) throw new NewerDatabaseError(unknown);
  }
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
