import { type ConnectedAccountId, connectedAccountId, type UserIdentifierKey } from '../domain/ids.ts';
import type { Runner } from './runner.ts';

/** Which person uses which account: what Seam alone cannot tell, and a second lock on what was disconnected. */
export interface Accounts {
  connected(key: UserIdentifierKey, id: ConnectedAccountId, now: number): Promise<void>;
  /** From now on this person is denied the account's doors, whatever Seam lists. */
  end(key: UserIdentifierKey, id: ConnectedAccountId, now: number): Promise<void>;
  connectedOf(key: UserIdentifierKey): Promise<readonly ConnectedAccountId[]>;
  endedOf(key: UserIdentifierKey): Promise<ReadonlySet<ConnectedAccountId>>;
  usedByOthers(key: UserIdentifierKey, id: ConnectedAccountId): Promise<boolean>;
}

export function createAccounts(runner: Runner): Accounts {
  const set = async (
    key: UserIdentifierKey,
    id: ConnectedAccountId,
    status: 'connected' | 'ended',
    now: number,
  ): Promise<void> => {
    await runner.run((db) =>
      db
        .insertInto('account')
        .values({
          user_identifier_key: key,
          connected_account_id: id,
          status,
          changed_at: now,
        })
        .onConflict((conflict) =>
          conflict
            .columns(['user_identifier_key', 'connected_account_id'])
            .doUpdateSet({ status, changed_at: now }),
        )
        .execute(),
    );
  };
  const idsOf = async (key: UserIdentifierKey, status: 'connected' | 'ended') => {
    const rows = await runner.run((db) =>
      db
        .selectFrom('account')
        .select('connected_account_id')
        .where('user_identifier_key', '=', key)
        .where('status', '=', status)
        .orderBy('connected_account_id')
        .execute(),
    );
    return rows.map((row) => connectedAccountId(row.connected_account_id));
  };

  return {
    connected: (key, id, now) => set(key, id, 'connected', now),
    end: (key, id, now) => set(key, id, 'ended', now),
    connectedOf: (key) => idsOf(key, 'connected'),
    endedOf: async (key) => new Set(await idsOf(key, 'ended')),

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
  };
}
