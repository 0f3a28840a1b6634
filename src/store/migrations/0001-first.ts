import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** People, their accounts and links, the lists that they see, and the journal. */
export const first: Migration = {
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
};

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
