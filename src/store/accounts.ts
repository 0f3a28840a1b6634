import { type ConnectedAccountId, connectedAccountId, type UserIdentifierKey } from '../domain/ids.ts';
import type { Runner } from './runner.ts';

/**
 * Which person connected which account: a second proof beside Seam's own answer. The doors of an account that
 * is not in here are nobody's, whatever Seam lists.
 */
export interface Accounts {
  add(key: UserIdentifierKey, id: ConnectedAccountId, now: number): Promise<void>;
  /** From now on this person is denied the account's doors. */
  end(key: UserIdentifierKey, id: ConnectedAccountId): Promise<void>;
  of(key: UserIdentifierKey): Promise<ReadonlySet<ConnectedAccountId>>;
  usedByOthers(key: UserIdentifierKey, id: ConnectedAccountId): Promise<boolean>;
}

export function createAccounts(runner: Runner): Accounts {
  return {
    async add(key, id, now) {
      await runner.run((db) =>
        db
          .insertInto('account')
          .values({ user_identifier_key: key, connected_account_id: id, connected_at: now })
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      );
    },

    async end(key, id) {
      await runner.run((db) =>
        db
          .deleteFrom('account')
          .where('user_identifier_key', '=', key)
          .where('connected_account_id', '=', id)
          .execute(),
      );
    },

    async of(key) {
      const rows = await runner.run((db) =>
        db
          .selectFrom('account')
          .select('connected_account_id')
          .where('user_identifier_key', '=', key)
          .execute(),
      );
      return new Set(rows.map((row) => connectedAccountId(row.connected_account_id)));
    },

    async usedByOthers(key, id) {
      const row = await runner.run((db) =>
        db
          .selectFrom('account')
          .select('user_identifier_key')
          .where('connected_account_id', '=', id)
          .where('user_identifier_key', '!=', key)
          .limit(1)
          .executeTakeFirst(),
      );
      return row !== undefined;
    },
  };
}
