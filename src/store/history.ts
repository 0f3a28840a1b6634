import { sql } from 'kysely';
import type { Mark, Past, PastMove, Way } from '../domain/history.ts';
import { type DeviceId, installationScope, slackUserId } from '../domain/ids.ts';
import type { SlackIdentity } from '../domain/person.ts';
import type { Log } from '../log.ts';
import { outcomeColumn } from './columns.ts';
import { forgetInSlices } from './forget.ts';
import { happeningOf } from './happenings.ts';
import { readable } from './readable.ts';
import type { Runner } from './runner.ts';

/**
 * A part of the history that is in order by itself: a door's moves, as far as they are for this reader, what Seam told
 * of a door, or the reader's own pauses.
 */
export type Track =
  | { readonly kind: 'moves'; readonly deviceId: DeviceId; readonly reader: SlackIdentity }
  | { readonly kind: 'happenings'; readonly deviceId: DeviceId }
  | { readonly kind: 'pauses'; readonly reader: SlackIdentity };

/** Some of a track, and from where there may be more; null where there is not. */
interface Slice {
  readonly entries: readonly Past[];
  readonly rest: Mark | null;
}

/** What happened, from all that is written down of it. */
export interface History {
  /** At most `limit` of a track beyond a mark, the nearest to it first. */
  read(track: Track, from: Mark, way: Way, limit: number): Promise<Slice>;
  /** Forgets what ended before `before`, ms; nothing that is under way, or that somebody is still to be told. */
  forget(before: number): Promise<void>;
}

/** The journal and all that happened, to be read. Each method throws a StoreError when that cannot be done. */
export function createHistory(runner: Runner, log: Log): History {
  const sliceOf = <Row extends { readonly id: string; readonly at: number }>(
    rows: readonly Row[],
    limit: number,
    read: (row: Row) => Past,
  ): Slice => {
    const last = rows.length < limit ? undefined : rows.at(-1);
    return {
      entries: readable(rows, read, log),
      rest: last === undefined ? null : { at: last.at, id: last.id },
    };
  };

  /** A clicker who joined was told of it with the first; others' tries count once the door was proved to be theirs. */
  const moves = (door: DeviceId, { scope, userId }: SlackIdentity, from: Mark, way: Way, limit: number) =>
    runner.run((db) =>
      db
        .selectFrom('move')
        .select(['id', 'requested_at as at', 'scope', 'slack_user_id', 'door_name', 'verb', 'via', 'outcome'])
        .where('device_id', '=', door)
        .where('state', '!=', 'joined')
        .where((row) =>
          row.or([
            row('door_name', 'is not', null),
            row.and([row('scope', '=', scope), row('slack_user_id', '=', userId)]),
          ]),
        )
        .where(beyond('requested_at', from, way))
        .orderBy('requested_at', ORDER[way])
        .orderBy('id', ORDER[way])
        .limit(limit)
        .execute(),
    );

  /** What came of a move of ours is told as that move. */
  const happenings = (door: DeviceId, from: Mark, way: Way, limit: number) =>
    runner.run((db) =>
      db
        .selectFrom('happening')
        .selectAll()
        .where('device_id', '=', door)
        .where((row) =>
          row.not(
            row.exists(
              row
                .selectFrom('move')
                .select('move.id')
                .whereRef('move.action_attempt_id', '=', 'happening.action_attempt_id'),
            ),
          ),
        )
        .where(beyond('at', from, way))
        .orderBy('at', ORDER[way])
        .orderBy('id', ORDER[way])
        .limit(limit)
        .execute(),
    );

  const pauses = ({ scope, userId }: SlackIdentity, from: Mark, way: Way, limit: number) =>
    runner.run((db) =>
      db
        .selectFrom('pause')
        .select(['id', 'at', 'what'])
        .where('scope', '=', scope)
        .where('slack_user_id', '=', userId)
        .where(beyond('at', from, way))
        .orderBy('at', ORDER[way])
        .orderBy('id', ORDER[way])
        .limit(limit)
        .execute(),
    );

  return {
    async read(track, from, way, limit) {
      switch (track.kind) {
        case 'moves':
          return sliceOf(
            await moves(track.deviceId, track.reader, from, way, limit),
            limit,
            (row): PastMove => ({
              kind: 'move',
              id: row.id,
              at: row.at,
              who: { scope: installationScope(row.scope), userId: slackUserId(row.slack_user_id) },
              deviceId: track.deviceId,
              doorName: row.door_name,
              verb: row.verb,
              via: row.via,
              outcome: row.outcome === null ? null : outcomeColumn.read(row.outcome),
            }),
          );
        case 'happenings':
          return sliceOf(await happenings(track.deviceId, from, way, limit), limit, (row) => ({
            kind: 'happening',
            id: row.id,
            at: row.at,
            happening: happeningOf(row),
          }));
        case 'pauses':
          return sliceOf(await pauses(track.reader, from, way, limit), limit, (row) => ({
            kind: 'pause',
            ...row,
          }));
      }
    },

    async forget(before) {
      for (const table of ['move', 'happening', 'pause'] as const)
        await forgetInSlices(runner, table, before);
    },
  };
}

const ORDER = { older: 'desc', newer: 'asc' } as const;

/** As one comparison of rows, so that an index leads right to the place. */
function beyond(moment: string, { at, id }: Mark, way: Way) {
  return sql<boolean>`(${sql.ref(moment)}, ${sql.ref('id')}) ${sql.raw(way === 'older' ? '<' : '>')} (${at}, ${id})`;
}
