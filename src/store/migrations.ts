import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { StartError } from '../start-error.ts';

/**
 * Every change of the schema, oldest first; a landed one is never edited. Only what SQLite and PostgreSQL
 * both understand.
 */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001_first': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('person')
        .addColumn('scope', 'text', (column) => column.notNull())
        .addColumn('slack_user_id', 'text', (column) => column.notNull())
        .addColumn('user_identifier_key', 'text', (column) => column.notNull().unique())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('client_session_expires_at', 'bigint')
        .addPrimaryKeyConstraint('person_pk', ['scope', 'slack_user_id'])
        .addCheckConstraint('person_key_not_empty', sql`length(user_identifier_key) > 0`)
        .execute();
      await db.schema
        .createTable('account')
        .addColumn('user_identifier_key', 'text', (column) => column.notNull())
        .addColumn('connected_account_id', 'text', (column) => column.notNull())
        .addColumn('status', 'text', (column) => column.notNull())
        .addColumn('connected_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('account_pk', ['user_identifier_key', 'connected_account_id'])
        .execute();
      await db.schema.createIndex('account_by_id').on('account').column('connected_account_id').execute();
      await db.schema
        .createTable('connect')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('scope', 'text', (column) => column.notNull())
        .addColumn('slack_user_id', 'text', (column) => column.notNull())
        .addColumn('connect_webview_id', 'text', (column) => column.notNull().unique())
        .addColumn('status', 'text', (column) => column.notNull())
        .addColumn('connected_account_id', 'text')
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .addColumn('ended_at', 'bigint')
        .addColumn('told_at', 'bigint')
        .addColumn('response_url', 'text')
        .addColumn('response_url_expires_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('connect_untold')
        .on('connect')
        .column('created_at')
        .where(sql.ref('told_at'), 'is', null)
        .execute();
      await db.schema
        .createTable('listing')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('scope', 'text', (column) => column.notNull())
        .addColumn('slack_user_id', 'text', (column) => column.notNull())
        .addColumn('shown_at', 'bigint', (column) => column.notNull())
        .addColumn('cursors', 'text', (column) => column.notNull())
        .addColumn('next_cursor', 'text')
        .addColumn('doors', 'text', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('listing_by_age').on('listing').column('shown_at').execute();
      await createUnlock(db);
      await db.schema
        .createTable('sighting')
        .addColumn('device_id', 'text', (column) => column.primaryKey())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('webhook')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .execute();
    },
  },
  '0002_several_runs': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('delivery')
        .addColumn('interaction', 'text', (column) => column.primaryKey())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('delivery_by_age').on('delivery').column('at').execute();
      await db.schema
        .createTable('run')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('host', 'text', (column) => column.notNull())
        .addColumn('pid', 'integer', (column) => column.notNull())
        .addColumn('seen_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.alterTable('person').addColumn('standing', 'text').execute();
      await db.schema.alterTable('person').addColumn('standing_at', 'bigint').execute();
      await db.schema.alterTable('unlock').addColumn('sent_at', 'bigint').execute();
      await db.schema.alterTable('unlock').addColumn('run_id', 'text').execute();
      await db.schema.alterTable('connect').addColumn('run_id', 'text').execute();
      await leaveToTheFirstRun(db);
      await db.schema.createIndex('webhook_by_age').on('webhook').column('at').execute();
      await createWorkIndexes(db);
    },
  },
};

/** What was open before there were runs belongs to one that is gone, so that the first start takes it over. */
async function leaveToTheFirstRun(db: Kysely<unknown>): Promise<void> {
  await sql`update unlock set run_id = 'before' where told_at is null`.execute(db);
  await sql`update connect set run_id = 'before' where told_at is null`.execute(db);
  // It was not written whether these were sent: it must not be said that they were not.
  await sql`update unlock set sent_at = requested_at where state = 'under_way'`.execute(db);
}

async function createWorkIndexes(db: Kysely<unknown>): Promise<void> {
  for (const table of ['unlock', 'connect']) {
    await db.schema.dropIndex(`${table}_untold`).execute();
    await db.schema
      .createIndex(`${table}_by_run`)
      .on(table)
      .column('run_id')
      .where(sql.ref('run_id'), 'is not', null)
      .execute();
  }
  for (const [name, columns] of Object.entries({
    unlock_sent_by_door: ['device_id', 'sent_at'],
    unlock_sent_by_person: ['scope', 'slack_user_id', 'sent_at'],
  })) {
    await db.schema
      .createIndex(name)
      .on('unlock')
      .columns(columns)
      .where(sql.ref('sent_at'), 'is not', null)
      .execute();
  }
}

async function createUnlock(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('unlock')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('interaction', 'text', (column) => column.notNull().unique())
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('slack_user_id', 'text', (column) => column.notNull())
    .addColumn('device_id', 'text', (column) => column.notNull())
    .addColumn('door_name', 'text')
    .addColumn('listing_id', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('joined_id', 'text')
    .addColumn('action_attempt_id', 'text')
    .addColumn('outcome', 'text')
    .addColumn('requested_at', 'bigint', (column) => column.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('told_at', 'bigint')
    .addColumn('response_url', 'text')
    .addColumn('response_url_expires_at', 'bigint', (column) => column.notNull())
    .execute();
  // One unlock of one door by one person at a time: the second joins.
  await db.schema
    .createIndex('unlock_under_way')
    .unique()
    .on('unlock')
    .columns(['scope', 'slack_user_id', 'device_id'])
    .where(sql.ref('state'), '=', 'under_way')
    .execute();
  await db.schema
    .createIndex('unlock_by_person')
    .on('unlock')
    .columns(['scope', 'slack_user_id', 'device_id', 'requested_at'])
    .execute();
  await db.schema
    .createIndex('unlock_joined')
    .on('unlock')
    .column('joined_id')
    .where(sql.ref('joined_id'), 'is not', null)
    .execute();
  await db.schema
    .createIndex('unlock_untold')
    .on('unlock')
    .column('requested_at')
    .where(sql.ref('told_at'), 'is', null)
    .execute();
}

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
