import { type ConnectedAccountId, connectedAccountId, type UserIdentifierKey } from '../domain/ids.ts';
import type { SlackIdentity } from '../domain/person.ts';
import type { Runner } from './runner.ts';
import type { Database } from './schema.ts';

/**
 * Which person connected which account: a second proof beside Seam's own answer. The doors of an account that
 * is not in here are nobody's, whatever Seam lists.
 */
export interface Accounts {
  add(key: UserIdentifierKey, id: ConnectedAccountId, now: number): Promise<void>;
  /** From now on this person is denied the account's doors; Seam has still to do its part. */
  leave(key: UserIdentifierKey, id: ConnectedAccountId): Promise<void>;
  /** It stays theirs after all; false where it was forgotten meanwhile: what has ended does not come back by this. */
  stay(key: UserIdentifierKey, id: ConnectedAccountId): Promise<boolean>;
  /** Seam has done its part, or knows nothing of the account any more. */
  forget(key: UserIdentifierKey, id: ConnectedAccountId): Promise<void>;
  /** Those whose doors are theirs. */
  of(key: UserIdentifierKey): Promise<ReadonlySet<ConnectedAccountId>>;
  /** The same, and those that are being left. */
  withLeaving(key: UserIdentifierKey): Promise<ReadonlySet<ConnectedAccountId>>;
  usedByOthers(key: UserIdentifierKey, id: ConnectedAccountId): Promise<boolean>;
  /** Whether anybody has one. */
  any(): Promise<boolean>;
}

/** Who has connected which account, in the database. Each method throws a StoreError when that cannot be done. */
export function createAccounts(runner: Runner): Accounts {
  const list = async (key: UserIdentifierKey, statuses: readonly ('connected' | 'leaving')[]) => {
    const rows = await runner.run((db) =>
      db
        .selectFrom('account')
        .select('connected_account_id')
        .where('user_identifier_key', '=', key)
        .where('status', 'in', statuses)
        .execute(),
    );
    return new Set(rows.map((row) => connectedAccountId(row.connected_account_id)));
  };

  return {
    async add(key, id, now) {
      await runner.run((db) =>
        db
          .insertInto('account')
          .values({
            user_identifier_key: key,
            connected_account_id: id,
            status: 'connected',
            connected_at: now,
          })
          .onConflict((conflict) =>
            conflict
              .columns(['user_identifier_key', 'connected_account_id'])
              .doUpdateSet({ status: 'connected' }),
          )
          .execute(),
      );
    },

    async leave(key, id) {
      await runner.run((db) =>
        db
          .updateTable('account')
          .set({ status: 'leaving' })
          .where('user_identifier_key', '=', key)
          .where('connected_account_id', '=', id)
          .execute(),
      );
    },

    async stay(key, id) {
      const result = await runner.run((db) =>
        db
          .updateTable('account')
          .set({ status: 'connected' })
          .where('user_identifier_key', '=', key)
          .where('connected_account_id', '=', id)
          .executeTakeFirst(),
      );
      return result.numUpdatedRows === 1n;
    },

    async forget(key, id) {
      await runner.run((db) =>
        db
          .deleteFrom('account')
          .where('user_identifier_key', '=', key)
          .where('connected_account_id', '=', id)
          .execute(),
      );
    },

    of: (key) => list(key, ['connected']),
    withLeaving: (key) => list(key, ['connected', 'leaving']),

    async usedByOthers(key, id) {
      const row = await runner.run((db) =>
        db
          .selectFrom('account')
          .select('user_identifier_key')
          .where('connected_account_id', '=', id)
          .where('status', '=', 'connected')
          .where('user_identifier_key', '!=', key)
          .limit(1)
          .executeTakeFirst(),
      );
      return row !== undefined;
    },

    async any() {
      const row = await runner.run((db) =>
        db
          .selectFrom('account')
          .select('connected_account_id')
          .where('status', '=', 'connected')
          .limit(1)
          .executeTakeFirst(),
      );
      return row !== undefined;
    },
  };
}

/**
 * Whether this person's own account it is, for the transaction that clears a request: who is leaving an account is denied
 * its doors, and has its codes revoked, and nothing may come after that.
 */
export async function isConnected(
  db: Database,
  { scope, userId }: SlackIdentity,
  account: ConnectedAccountId,
): Promise<boolean> {
  const row = await db
    .selectFrom('account')
    .innerJoin('person', 'person.user_identifier_key', 'account.user_identifier_key')
    .select('account.status')
    .where('person.scope', '=', scope)
    .where('person.slack_user_id', '=', userId)
    .where('account.connected_account_id', '=', account)
    .executeTakeFirst();
  return row?.status === 'connected';
}
