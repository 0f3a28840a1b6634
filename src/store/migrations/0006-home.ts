import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** A person's Home shows their accounts beside their doors. */
export const home: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('listing').addColumn('accounts', 'text').execute();
  },
};
