import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** More places that show doors, what happens to doors without us, and what is to be done at a later moment. */
export const surfaces: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('listing')
      .addColumn('place', 'text', (column) => column.notNull().defaultTo('message'))
      .execute();
    await db.schema.alterTable('person').addColumn('tz', 'text').execute();
    await db.schema.alterTable('person').addColumn('paused_at', 'bigint').execute();
    await db.schema
      .createTable('happening')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('device_id', 'text', (column) => column.notNull())
      .addColumn('connected_account_id', 'text')
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('how', 'text')
      .addColumn('access_code_id', 'text')
      .addColumn('action_attempt_id', 'text')
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('happening_by_device').on('happening').columns(['device_id', 'at']).execute();
    await db.schema.createIndex('happening_by_age').on('happening').column('at').execute();
    await db.schema
      .createTable('timer')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('due_at', 'bigint', (column) => column.notNull())
      .addColumn('run_id', 'text')
      .execute();
    await db.schema.createIndex('timer_by_moment').on('timer').column('due_at').execute();
  },
};
