import type { Sighting } from '../domain/door.ts';
import { type DeviceId, deviceId } from '../domain/ids.ts';
import type { Runner } from './runner.ts';

/** When each door was last seen to move: Seam's devices carry no such time. */
export interface Sightings {
  /** Keeps the newest, since events may arrive in any order. */
  record(sighting: Sighting): Promise<void>;
  of(ids: readonly DeviceId[]): Promise<ReadonlyMap<DeviceId, Sighting>>;
}

/** Where bolts were seen, in the database. Each method throws a StoreError when that cannot be done. */
export function createSightings(runner: Runner): Sightings {
  return {
    async record({ deviceId: id, state, how, at }) {
      await runner.quickly((db) =>
        db
          .insertInto('sighting')
          .values({ device_id: id, state, how, at })
          .onConflict((conflict) =>
            conflict.column('device_id').doUpdateSet({ state, how, at }).where('sighting.at', '<=', at),
          )
          .execute(),
      );
    },

    async of(ids) {
      if (ids.length === 0) return new Map();
      const rows = await runner.run((db) =>
        db.selectFrom('sighting').selectAll().where('device_id', 'in', ids).execute(),
      );
      return new Map(
        rows.map((row) => {
          const id = deviceId(row.device_id);
          return [id, { deviceId: id, state: row.state, how: row.how, at: row.at }];
        }),
      );
    },
  };
}
