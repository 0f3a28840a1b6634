import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Codes for guests: who had them made, for which lock and when, and how they stand. No PIN is kept. */
export const codes: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('code')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('interaction', 'text', (column) => column.notNull().unique())
      .addColumn('scope', 'text', (column) => column.notNull())
      .addColumn('slack_user_id', 'text', (column) => column.notNull())
      .addColumn('device_id', 'text', (column) => column.notNull())
      .addColumn('door_name', 'text')
      .addColumn('connected_account_id', 'text')
      .addColumn('guest', 'text')
      .addColumn('starts_at', 'bigint')
      .addColumn('ends_at', 'bigint', (column) => column.notNull())
      .addColumn('offline', 'integer', (column) => column.notNull())
      .addColumn('access_code_id', 'text')
      .addColumn('lock_name', 'text')
      .addColumn('standing', 'text', (column) => column.notNull())
      .addColumn('over', 'integer', (column) => column.notNull())
      .addColumn('requested_at', 'bigint', (column) => column.notNull())
      .addColumn('sent_at', 'bigint')
      .addColumn('revoked_at', 'bigint')
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .addColumn('told', 'text')
      .addColumn('told_at', 'bigint')
      .addColumn('channel_id', 'text')
      .addColumn('message_ts', 'text')
      .addColumn('response_url', 'text')
      .addColumn('response_url_expires_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('code_by_person')
      .on('code')
      .columns(['scope', 'slack_user_id', 'requested_at'])
      .where(sql.ref('over'), '=', 0)
      .execute();
    for (const [name, columns, filled] of [
      ['code_by_access_code', ['access_code_id'], 'access_code_id'],
      ['code_sent_by_door', ['device_id', 'sent_at'], 'sent_at'],
      ['code_sent_by_person', ['scope', 'slack_user_id', 'sent_at'], 'sent_at'],
    ] as const) {
      await db.schema
        .createIndex(name)
        .on('code')
        .columns([...columns])
        .where(sql.ref(filled), 'is not', null)
        .execute();
    }
    await db.schema.createIndex('code_by_end').on('code').column('ends_at').execute();
  },
};
