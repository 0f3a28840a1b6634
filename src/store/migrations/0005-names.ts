import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** A person's own words for doors, the doors that come first, and messages that show just some doors. */
export const names: Migration = {
  async up(db: Kysely<unknown>) {
    // JSON; null for a page of all doors.
    await db.schema.alterTable('listing').addColumn('about', 'text').execute();
    await db.schema
      .createTable('alias')
      .addColumn('scope', 'text', (column) => column.notNull())
      .addColumn('slack_user_id', 'text', (column) => column.notNull())
      .addColumn('folded', 'text', (column) => column.notNull())
      .addColumn('word', 'text', (column) => column.notNull())
      .addColumn('device_id', 'text', (column) => column.notNull())
      .addColumn('connected_account_id', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('alias_key', ['scope', 'slack_user_id', 'folded'])
      .execute();
    await db.schema
      .createTable('favourite')
      .addColumn('scope', 'text', (column) => column.notNull())
      .addColumn('slack_user_id', 'text', (column) => column.notNull())
      .addColumn('device_id', 'text', (column) => column.notNull())
      .addColumn('connected_account_id', 'text', (column) => column.notNull())
      .addColumn('added_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('favourite_key', ['scope', 'slack_user_id', 'device_id'])
      .execute();
    for (const table of ['alias', 'favourite']) {
      await db.schema.createIndex(`${table}_by_device`).on(table).column('device_id').execute();
    }
  },
};
