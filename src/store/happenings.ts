import type { Selectable } from 'kysely';
import type { Happening } from '../domain/happening.ts';
import { accessCodeId, actionAttemptId, connectedAccountId, type DeviceId, deviceId } from '../domain/ids.ts';
import type { Runner } from './runner.ts';
import type { Schema } from './schema.ts';

/** What happened to doors, as Seam told it. */
export interface Happenings {
  /** Keeps it; false when it was known, so that one thing is told once. */
  add(happening: Happening): Promise<boolean>;
  /** The newest of these doors before `before`, ms; newest first. */
  of(ids: readonly DeviceId[], before: number, limit: number): Promise<readonly Happening[]>;
}

/** What Seam told, in the database. Each method throws a StoreError when that cannot be done. */
export function createHappenings(runner: Runner): Happenings {
  return {
    async add(happening) {
      const result = await runner.quickly((db) =>
        db
          .insertInto('happening')
          .values({
            id: happening.id,
            device_id: happening.deviceId,
            connected_account_id: happening.accountId,
            kind: happening.kind,
            how: happening.how,
            access_code_id: happening.codeId,
            action_attempt_id: happening.attemptId,
            at: happening.at,
          })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .executeTakeFirst(),
      );
      return result.numInsertedOrUpdatedRows === 1n;
    },

    async of(ids, before, limit) {
      if (ids.length === 0) return [];
      const rows = await runner.run((db) =>
        db
          .selectFrom('happening')
          .selectAll()
          .where('device_id', 'in', ids)
          .where('at', '<', before)
          .orderBy('at', 'desc')
          .orderBy('id')
          .limit(limit)
          .execute(),
      );
      return rows.map(happeningOf);
    },
  };
}

/** What a row tells. */
export function happeningOf(row: Selectable<Schema['happening']>): Happening {
  const { connected_account_id: account, access_code_id: code, action_attempt_id: attempt } = row;
  return {
    id: row.id,
    deviceId: deviceId(row.device_id),
    accountId: account === null ? null : connectedAccountId(account),
    kind: row.kind,
    how: row.how,
    codeId: code === null ? null : accessCodeId(code),
    attemptId: attempt === null ? null : actionAttemptId(attempt),
    at: row.at,
  };
}
