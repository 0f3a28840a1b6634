import type { DoorSetting } from '../domain/follow.ts';
import { type DeviceId, deviceId } from '../domain/ids.ts';
import type { SlackIdentity } from '../domain/person.ts';
import type { Runner } from './runner.ts';

/** What people want when a door of theirs stays unlocked. */
export interface DoorSettings {
  /** Those that are set, of these doors. */
  of(who: SlackIdentity, ids: readonly DeviceId[]): Promise<ReadonlyMap<DeviceId, DoorSetting>>;
  set(who: SlackIdentity, id: DeviceId, setting: DoorSetting): Promise<void>;
}

/** What a door shall do, in the database. Each method throws a StoreError when that cannot be done. */
export function createDoorSettings(runner: Runner): DoorSettings {
  return {
    async of(who, ids) {
      if (ids.length === 0) return new Map();
      const rows = await runner.run((db) =>
        db
          .selectFrom('door_setting')
          .selectAll()
          .where('scope', '=', who.scope)
          .where('slack_user_id', '=', who.userId)
          .where('device_id', 'in', ids)
          .execute(),
      );
      return new Map(
        rows.map((row) => [
          deviceId(row.device_id),
          { nudgeAfterMs: row.nudge_after_ms, lockAfterMs: row.lock_after_ms },
        ]),
      );
    },

    async set({ scope, userId }, id, { nudgeAfterMs, lockAfterMs }) {
      const values = { nudge_after_ms: nudgeAfterMs, lock_after_ms: lockAfterMs };
      await runner.run((db) =>
        db
          .insertInto('door_setting')
          .values({ scope, slack_user_id: userId, device_id: id, ...values })
          .onConflict((conflict) =>
            conflict.columns(['scope', 'slack_user_id', 'device_id']).doUpdateSet(values),
          )
          .execute(),
      );
    },
  };
}
