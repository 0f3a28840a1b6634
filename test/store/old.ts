import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Outcome } from '../../src/domain/outcome.ts';
import { migrations } from '../../src/store/migrations.ts';
import { START } from '../support/sights.ts';

/** How a row of the first schema may differ from one that was just begun. */
export interface OldMove {
  readonly id: string;
  readonly state: 'under_way' | 'ended' | 'joined';
  readonly joinedId?: string;
  readonly attemptId?: string;
  readonly outcome?: Outcome;
  readonly toldAt?: number;
}

/** Makes a database as the first Latchbolt left it, with these rows in its journal, one door for each. */
export async function makeOld(file: string, unlocks: readonly OldMove[]): Promise<Kysely<unknown>> {
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: new Sqlite(file) }) });
  const first = Object.fromEntries(Object.entries(migrations).slice(0, 1));
  const migrator = new Migrator({ db, provider: { getMigrations: async () => first } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  for (const one of unlocks) {
    const outcome = one.outcome === undefined ? null : JSON.stringify(one.outcome);
    await sql`insert into unlock (id, interaction, scope, slack_user_id, device_id, state, joined_id,
                action_attempt_id, outcome, requested_at, ended_at, told_at, response_url_expires_at)
              values (${one.id}, ${`trigger-${one.id}`}, 'T0HOME', 'U0OLIVIA', ${`door-${one.id}`}, ${one.state},
                ${one.joinedId ?? null}, ${one.attemptId ?? null}, ${outcome}, ${START},
                ${outcome === null ? null : START + 9}, ${one.toldAt ?? null}, 0)`.execute(db);
  }
  return db;
}

/** Adds a link, which failed when it has ended, to a database of the first schema. */
export async function addOldLink(
  db: Kysely<unknown>,
  id: string,
  endedAt: number | null,
  toldAt: number | null,
) {
  await sql`insert into connect (id, scope, slack_user_id, connect_webview_id, status, created_at, expires_at,
              ended_at, told_at, response_url_expires_at)
            values (${id}, 'T0HOME', 'U0OLIVIA', ${`webview-${id}`}, ${endedAt === null ? 'waiting' : 'failed'},
              ${START}, ${START}, ${endedAt}, ${toldAt}, 0)`.execute(db);
}
