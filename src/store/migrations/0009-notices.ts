import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What people are told of, what they want to be told of, and how far Seam was asked for events. */
export const notices: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('notice')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('scope', 'text', (column) => column.notNull())
      .addColumn('slack_user_id', 'text', (column) => column.notNull())
      .addColumn('about', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('timer_id', 'text', (column) => column.notNull())
      .addColumn('due_at', 'bigint', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('ended_at', 'bigint')
      .execute();
    await db.schema
      .createIndex('notice_by_timer')
      .on('notice')
      .column('timer_id')
      .where(sql.ref('state'), '=', 'waiting')
      .execute();
    await db.schema
      .createIndex('notice_by_person')
      .on('notice')
      .columns(['scope', 'slack_user_id', 'ended_at'])
      .execute();
    await db.schema.createIndex('notice_by_age').on('notice').column('at').execute();
    await db.schema
      .createTable('notice_settings')
      .addColumn('scope', 'text', (column) => column.notNull())
      .addColumn('slack_user_id', 'text', (column) => column.notNull())
      .addColumn('kinds', 'text', (column) => column.notNull())
      .addColumn('quiet_from', 'integer')
      .addColumn('quiet_to', 'integer')
      .addPrimaryKeyConstraint('notice_settings_key', ['scope', 'slack_user_id'])
      .execute();
    await db.schema
      .createTable('condition')
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('since', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('condition_key', ['kind', 'subject'])
      .execute();
    await db.schema
      .createTable('feed')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('since', 'bigint', (column) => column.notNull())
      .addColumn('next_at', 'bigint', (column) => column.notNull())
      .addColumn('failures', 'integer', (column) => column.notNull())
      .execute();
  },
};
