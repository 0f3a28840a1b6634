import { type DeviceId, type MoveId, moveId } from '../domain/ids.ts';
import type { SlackIdentity } from '../domain/person.ts';
import { columnsOf, type Follow, type FollowChange, followOf, rowOf } from './follow-row.ts';
import type { Runner } from './runner.ts';
import type { Timer } from './timers.ts';

/** The doors that are followed. */
export interface Follows {
  /**
   * Begins one with the timers that go with it, in place of an older one of the same person and door. Null when that
   * move is followed already.
   */
  begin(follow: Follow, timers: readonly Timer[]): Promise<{ readonly replaced: Follow | null } | null>;
  find(id: MoveId): Promise<Follow | null>;
  /** All who follow this door. */
  ofDoor(id: DeviceId): Promise<readonly Follow[]>;
  /** This person's, of these doors. */
  ofPerson(who: SlackIdentity, ids: readonly DeviceId[]): Promise<ReadonlyMap<DeviceId, Follow>>;
  change(id: MoveId, change: FollowChange): Promise<void>;
  /** Takes one of the posts that change its list, to show what happened at `shownAt`, ms, while more than `keep` are left. */
  spend(id: MoveId, shownAt: number, keep: number): Promise<boolean>;
  /** The lock failed, and is tried once more by this timer; false when it was already, or is not to lock any more. */
  tryAgain(id: MoveId, timer: Timer): Promise<boolean>;
  end(id: MoveId): Promise<void>;
  /**
   * Unlocks of doors with settings, ended at or after `since`, ms, that nobody began to follow: their run died before it
   * could. Only a door's newest.
   */
  missed(since: number): Promise<readonly MoveId[]>;
}

/** Doors that are followed, in the database. Each method throws a StoreError when that cannot be done. */
export function createFollows(runner: Runner): Follows {
  return {
    begin: (follow, timers) =>
      runner.atomically(async (db) => {
        const theirs = db
          .selectFrom('follow')
          .selectAll()
          .where('scope', '=', follow.who.scope)
          .where('slack_user_id', '=', follow.who.userId)
          .where('device_id', '=', follow.deviceId);
        const before = await theirs.executeTakeFirst();
        // An older unlock whose outcome comes late does not take the place of a newer one.
        if (before !== undefined) {
          if (before.move_id === follow.moveId || before.unlocked_at > follow.unlockedAt) return null;
          await db.deleteFrom('follow').where('move_id', '=', before.move_id).execute();
          await db
            .deleteFrom('timer')
            .where('subject', '=', before.move_id)
            .where('run_id', 'is', null)
            .execute();
        }
        await db.insertInto('follow').values(rowOf(follow)).execute();
        for (const { id, kind, subject, dueAt } of timers) {
          await db
            .insertInto('timer')
            .values({ id, kind, subject, due_at: dueAt, run_id: null })
            .onConflict((conflict) => conflict.column('id').doNothing())
            .execute();
        }
        return { replaced: before === undefined ? null : followOf(before) };
      }),

    find: (id) =>
      runner.run(async (db) => {
        const row = await db.selectFrom('follow').selectAll().where('move_id', '=', id).executeTakeFirst();
        return row === undefined ? null : followOf(row);
      }),

    async ofDoor(id) {
      const rows = await runner.run((db) =>
        db.selectFrom('follow').selectAll().where('device_id', '=', id).orderBy('move_id').execute(),
      );
      return rows.map(followOf);
    },

    async ofPerson(who, ids) {
      if (ids.length === 0) return new Map();
      const rows = await runner.run((db) =>
        db
          .selectFrom('follow')
          .selectAll()
          .where('scope', '=', who.scope)
          .where('slack_user_id', '=', who.userId)
          .where('device_id', 'in', ids)
          .execute(),
      );
      return new Map(rows.map(followOf).map((follow) => [follow.deviceId, follow]));
    },

    async change(id, change) {
      const columns = columnsOf(change);
      await runner.run((db) => db.updateTable('follow').set(columns).where('move_id', '=', id).execute());
    },

    spend: (id, shownAt, keep) =>
      runner.run(async (db) => {
        const result = await db
          .updateTable('follow')
          .set((row) => ({ posts_left: row('posts_left', '-', 1), shown_at: shownAt }))
          .where('move_id', '=', id)
          .where('posts_left', '>', keep)
          .where('shown_at', '<', shownAt)
          .executeTakeFirst();
        return result.numUpdatedRows === 1n;
      }),

    tryAgain: (id, timer) =>
      runner.atomically(async (db) => {
        const result = await db
          .updateTable('follow')
          .set({ lock_tries: 1, locks_at: timer.dueAt })
          .where('move_id', '=', id)
          .where('lock_tries', '=', 0)
          .where('locks_at', 'is not', null)
          .executeTakeFirst();
        if (result.numUpdatedRows !== 1n) return false;
        const { kind, subject, dueAt } = timer;
        await db
          .insertInto('timer')
          .values({ id: timer.id, kind, subject, due_at: dueAt, run_id: null })
          .execute();
        return true;
      }),

    async end(id) {
      await runner.run((db) => db.deleteFrom('follow').where('move_id', '=', id).execute());
    },

    async missed(since) {
      const rows = await runner.run((db) =>
        db
          .selectFrom('door_setting')
          .innerJoin('move', (join) =>
            join
              .onRef('move.scope', '=', 'door_setting.scope')
              .onRef('move.slack_user_id', '=', 'door_setting.slack_user_id')
              .onRef('move.device_id', '=', 'door_setting.device_id'),
          )
          .select('move.id')
          .where('move.verb', '=', 'unlock')
          .where('move.state', '=', 'ended')
          .where('move.ended_at', '>=', since)
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('move as newer')
                  .select('newer.id')
                  .whereRef('newer.scope', '=', 'move.scope')
                  .whereRef('newer.slack_user_id', '=', 'move.slack_user_id')
                  .whereRef('newer.device_id', '=', 'move.device_id')
                  .whereRef('newer.requested_at', '>', 'move.requested_at')
                  .where('newer.state', '!=', 'joined'),
              ),
            ),
          )
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('follow').select('follow.move_id').whereRef('follow.move_id', '=', 'move.id'),
              ),
            ),
          )
          .execute(),
      );
      return rows.map(({ id }) => moveId(id));
    },
  };
}
