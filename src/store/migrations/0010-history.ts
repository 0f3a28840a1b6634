import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** When people stopped and resumed their own unlocks, steps of workflows that wait for a move, and ways to read what happened at a door in its order. */
export const history: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('pause')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('scope', 'text', (column) => column.notNull())
      .addColumn('slack_user_id', 'text', (column) => column.notNull())
      .addColumn('what', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
    // The step of a workflow that waits for a move.
    await db.schema.alterTable('move').addColumn('execution_id', 'text').execute();
    for (const [name, table, columns] of [
      ['pause_by_person', 'pause', ['scope', 'slack_user_id', 'at', 'id']],
      ['pause_by_age', 'pause', ['at']],
      ['move_by_door', 'move', ['device_id', 'requested_at', 'id']],
      ['move_by_attempt', 'move', ['action_attempt_id']],
      ['move_by_execution', 'move', ['execution_id']],
      ['move_by_age', 'move', ['ended_at']],
      ['happening_by_door', 'happening', ['device_id', 'at', 'id']],
    ] as const) {
      await db.schema
        .createIndex(name)
        .on(table)
        .columns([...columns])
        .execute();
    }
    // The new one begins with the same columns.
    await db.schema.dropIndex('happening_by_device').execute();
  },
};
