import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Doors that are followed after an unlock, what their owners want of that, and how a bolt was seen to move. */
export const follow: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('sighting')
      .addColumn('how', 'text', (column) => column.notNull().defaultTo('unknown'))
      .execute();
    await db.schema
      .createTable('follow')
      .addColumn('move_id', 'text', (column) => column.primaryKey())
      .addColumn('scope', 'text', (column) => column.notNull())
      .addColumn('slack_user_id', 'text', (column) => column.notNull())
      .addColumn('device_id', 'text', (column) => column.notNull())
      .addColumn('door_name', 'text', (column) => column.notNull())
      .addColumn('can_lock', 'integer', (column) => column.notNull())
      .addColumn('place', 'text', (column) => column.notNull())
      .addColumn('unlocked_at', 'bigint', (column) => column.notNull())
      .addColumn('shown_at', 'bigint', (column) => column.notNull())
      .addColumn('posts_left', 'integer', (column) => column.notNull())
      .addColumn('locks_at', 'bigint')
      .addColumn('lock_tries', 'integer', (column) => column.notNull())
      .addColumn('card_channel', 'text')
      .addColumn('card_ts', 'text')
      .addColumn('note_channel', 'text')
      .addColumn('note_ts', 'text')
      .execute();
    // A newer unlock takes the place of the one before.
    await db.schema
      .createIndex('follow_by_person')
      .unique()
      .on('follow')
      .columns(['scope', 'slack_user_id', 'device_id'])
      .execute();
    await db.schema.createIndex('follow_by_device').on('follow').column('device_id').execute();
    await db.schema
      .createTable('door_setting')
      .addColumn('scope', 'text', (column) => column.notNull())
      .addColumn('slack_user_id', 'text', (column) => column.notNull())
      .addColumn('device_id', 'text', (column) => column.notNull())
      .addColumn('nudge_after_ms', 'bigint')
      .addColumn('lock_after_ms', 'bigint')
      .addPrimaryKeyConstraint('door_setting_key', ['scope', 'slack_user_id', 'device_id'])
      .execute();
  },
};
