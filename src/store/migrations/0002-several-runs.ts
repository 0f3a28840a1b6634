import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Several Latchbolts on one database, and what each of them looks after. */
export const severalRuns: Migration = {
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
