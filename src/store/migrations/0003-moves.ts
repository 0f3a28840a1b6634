import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The journal holds what locks as well as what unlocks, and how it was asked for. */
export const moves: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('unlock').renameTo('move').execute();
    for (const column of ['verb', 'via']) {
      const before = column === 'verb' ? 'unlock' : 'message';
      await db.schema
        .alterTable('move')
        .addColumn(column, 'text', (type) => type.notNull().defaultTo(before))
        .execute();
    }
    await renameIndexes(db);
  },
};

/** SQLite cannot rename an index. */
async function renameIndexes(db: Kysely<unknown>): Promise<void> {
  for (const name of ['under_way', 'by_person', 'joined', 'by_run', 'sent_by_door', 'sent_by_person']) {
    await db.schema.dropIndex(`unlock_${name}`).execute();
  }
  const who = ['scope', 'slack_user_id'];
  // One move of one door by one person at a time: the same again joins it.
  await db.schema
    .createIndex('move_under_way')
    .unique()
    .on('move')
    .columns([...who, 'device_id'])
    .where(sql.ref('state'), '=', 'under_way')
    .execute();
  await db.schema
    .createIndex('move_by_person')
    .on('move')
    .columns([...who, 'device_id', 'requested_at'])
    .execute();
  for (const [name, columns, filled] of [
    ['move_joined', ['joined_id'], 'joined_id'],
    ['move_by_run', ['run_id'], 'run_id'],
    ['move_sent_by_door', ['device_id', 'sent_at'], 'sent_at'],
    ['move_sent_by_person', [...who, 'sent_at'], 'sent_at'],
  ] as const) {
    await db.schema
      .createIndex(name)
      .on('move')
      .columns([...columns])
      .where(sql.ref(filled), 'is not', null)
      .execute();
  }
}
