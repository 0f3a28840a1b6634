import type { Selectable } from 'kysely';
import type { ActionAttemptId, DeviceId, InteractionId, MoveId, RunId } from '../domain/ids.ts';
import { failed, type Outcome } from '../domain/outcome.ts';
import type { SlackIdentity } from '../domain/person.ts';
import type { Log } from '../log.ts';
import type { Sealer } from '../seal.ts';
import { type Clearing, createClearing } from './clearing.ts';
import { outcomeColumn } from './columns.ts';
import { type Move, type MoveRequest, moveRows } from './move-row.ts';
import { createMoveWork, type MoveWork } from './move-work.ts';
import { readable } from './readable.ts';
import type { Runner } from './runner.ts';
import type { Database, Schema } from './schema.ts';

/**
 * What became of a request: it began a move, joined the same that is under way, was delivered before, or came while the
 * opposite is under way (`crossed`), which is written down as ended.
 */
export type Begun =
  | { readonly kind: 'begun'; readonly move: Move }
  | { readonly kind: 'joined'; readonly move: Move }
  | { readonly kind: 'crossed'; readonly move: Move; readonly outcome: Outcome }
  | { readonly kind: 'duplicate' };

/** The journal: who asked for which door, and how it ended. */
export interface Moves extends MoveWork, Clearing {
  /** Commits the row; Seam may be asked whose the door is only after `begun`. */
  begin(request: MoveRequest): Promise<Begun>;
  /** Writes a click that was refused before any door was looked at; null if it is there already. */
  refuse(request: MoveRequest, outcome: Outcome): Promise<Move | null>;
  attempted(id: MoveId, attemptId: ActionAttemptId): Promise<void>;
  /**
   * Sets the outcome of the row and of the clicks that joined it, which are to be told from then on. What is known
   * for sure stays: only an unknown outcome is ever replaced, and by another one. False when nothing was changed.
   */
  end(id: MoveId, outcome: Outcome, now: number): Promise<boolean>;
  /** The person has seen the outcome. `closes`: nothing more is to be done about this row. */
  told(id: MoveId, now: number, closes: boolean): Promise<void>;
  /** Nothing more is to be done about a row that was told. */
  close(id: MoveId): Promise<void>;
  /** That row; null where there is none. */
  find(id: MoveId): Promise<Move | null>;
  /** What became of an interaction; null where nothing was written of it. */
  ofInteraction(interaction: InteractionId): Promise<Move | null>;
  /** The rows that joined this one. */
  joinedTo(id: MoveId): Promise<readonly Move[]>;
  /** What was sent since `since`, ms: by this person to any door, and by anybody here to these. The newest of each. */
  sent(who: SlackIdentity, ids: readonly DeviceId[], since: number, limit: number): Promise<readonly Move[]>;
  /** The newest row of each of these doors, by this person, that is not just a joined click. */
  latest(who: SlackIdentity, ids: readonly DeviceId[]): Promise<ReadonlyMap<DeviceId, Move>>;
}

/** The journal, for this `run`. Each method throws a StoreError when that cannot be done. */
export function createMoves(runner: Runner, sealer: Sealer, log: Log, run: RunId): Moves {
  const rows = moveRows(sealer);

  const insert = async (db: Database, row: Schema['move']): Promise<boolean> => {
    const result = await db
      .insertInto('move')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return result.numInsertedOrUpdatedRows === 1n;
  };

  const many = (query: (db: Database) => Promise<Selectable<Schema['move']>[]>) =>
    runner.run(async (db) => readable(await query(db), rows.read, log));

  const underWayOf = (db: Database, { who, deviceId }: MoveRequest) =>
    db
      .selectFrom('move')
      .selectAll()
      .where('scope', '=', who.scope)
      .where('slack_user_id', '=', who.userId)
      .where('device_id', '=', deviceId)
      .where('state', '=', 'under_way')
      .executeTakeFirstOrThrow();

  return {
    begin: (request) =>
      runner.atomically(async (db): Promise<Begun> => {
        const row = { ...rows.write(request), requested_at: await nextMoment(db, request), run_id: run };
        const first = { ...row, state: 'under_way' } as const;
        if (await insert(db, first)) return { kind: 'begun', move: rows.read(first) };
        const before = await db
          .selectFrom('move')
          .select('id')
          .where('interaction', '=', request.interaction)
          .executeTakeFirst();
        if (before !== undefined) return { kind: 'duplicate' };
        const { id, verb, door_name, run_id } = await underWayOf(db, request);
        if (verb !== request.verb) {
          const outcome = failed('crossed');
          const crossed = { ...row, ...endedNow(row, outcome), door_name };
          await insert(db, crossed);
          return { kind: 'crossed', move: rows.read(crossed), outcome };
        }
        // Written down too: delivered again after the first has ended, it must not open the door. Whoever looks after
        // the first tells this one too.
        const joined = { ...row, state: 'joined', joined_id: id, door_name, run_id } as const;
        await insert(db, joined);
        return { kind: 'joined', move: rows.read(joined) };
      }),

    refuse: (request, outcome) =>
      runner.atomically(async (db) => {
        const moment = await nextMoment(db, request);
        const asked = { ...rows.write(request), requested_at: moment, run_id: run };
        const row = { ...asked, ...endedNow(asked, outcome) };
        return (await insert(db, row)) ? rows.read(row) : null;
      }),

    async attempted(id, attemptId) {
      await runner.quickly((db) =>
        db.updateTable('move').set({ action_attempt_id: attemptId }).where('id', '=', id).execute(),
      );
    },

    end: (id, outcome, now) =>
      runner.atomically(async (db) => {
        const row = await db.selectFrom('move').select('outcome').where('id', '=', id).executeTakeFirst();
        const written = outcomeColumn.write(outcome);
        if (row === undefined || row.outcome === written || isKnown(row.outcome)) return false;
        const ended = { outcome: written, ended_at: now, told_at: null, run_id: run };
        await db
          .updateTable('move')
          .set({ ...ended, state: 'ended' })
          .where('id', '=', id)
          .execute();
        await db.updateTable('move').set(ended).where('joined_id', '=', id).execute();
        return true;
      }),

    async told(id, now, closes) {
      await runner.quickly((db) =>
        db
          .updateTable('move')
          .set(closes ? { told_at: now, run_id: null } : { told_at: now })
          .where('id', '=', id)
          .where('outcome', 'is not', null)
          .execute(),
      );
    },

    async close(id) {
      await runner.quickly((db) =>
        db
          .updateTable('move')
          .set({ run_id: null })
          .where('id', '=', id)
          .where('told_at', 'is not', null)
          .execute(),
      );
    },

    async find(id) {
      const [found] = await many((db) => db.selectFrom('move').selectAll().where('id', '=', id).execute());
      return found ?? null;
    },

    async ofInteraction(interaction) {
      const [found] = await many((db) =>
        db.selectFrom('move').selectAll().where('interaction', '=', interaction).execute(),
      );
      return found ?? null;
    },

    joinedTo: (id) => many((db) => db.selectFrom('move').selectAll().where('joined_id', '=', id).execute()),

    async sent(who, ids, since, limit) {
      const newest = (db: Database) =>
        db
          .selectFrom('move')
          .selectAll()
          .where('scope', '=', who.scope)
          .where('sent_at', '>=', since)
          .orderBy('sent_at', 'desc')
          .limit(limit);
      const own = await many((db) => newest(db).where('slack_user_id', '=', who.userId).execute());
      if (ids.length === 0) return own;
      const others = await many((db) =>
        newest(db).where('slack_user_id', '!=', who.userId).where('device_id', 'in', ids).execute(),
      );
      return [...own, ...others];
    },

    async latest(who, ids) {
      if (ids.length === 0) return new Map();
      const found = await many((db) =>
        db
          .selectFrom('move')
          .selectAll()
          .where('scope', '=', who.scope)
          .where('slack_user_id', '=', who.userId)
          .where('device_id', 'in', ids)
          .where('state', '!=', 'joined')
          .where('requested_at', '>=', (newest) =>
            newest
              .selectFrom('move as other')
              .select((select) => select.fn.max('other.requested_at').as('newest'))
              .whereRef('other.scope', '=', 'move.scope')
              .whereRef('other.slack_user_id', '=', 'move.slack_user_id')
              .whereRef('other.device_id', '=', 'move.device_id')
              .where('other.state', '!=', 'joined'),
          )
          .execute(),
      );
      return new Map(found.map((move) => [move.deviceId, move]));
    },

    ...createClearing(runner, run),
    ...createMoveWork(runner, rows, log, run),
  };
}

/** What makes a row one that has its outcome from the start. */
function endedNow({ requested_at }: { readonly requested_at: number }, outcome: Outcome) {
  return { state: 'ended', outcome: outcomeColumn.write(outcome), ended_at: requested_at } as const;
}

/** Whether an outcome stands that nothing may replace. One that cannot be read is left as it is. */
function isKnown(outcome: string | null): boolean {
  if (outcome === null) return false;
  try {
    return outcomeColumn.read(outcome).kind !== 'unknown';
  } catch {
    return true;
  }
}

/** Now, or just after the person's last click on this door: the order of its rows is that of their moments. */
async function nextMoment(db: Database, { who, deviceId, requestedAt }: MoveRequest): Promise<number> {
  const { last } = await db
    .selectFrom('move')
    .select((select) => select.fn.max('requested_at').as('last'))
    .where('scope', '=', who.scope)
    .where('slack_user_id', '=', who.userId)
    .where('device_id', '=', deviceId)
    .executeTakeFirstOrThrow();
  return last === null ? requestedAt : Math.max(requestedAt, last + 1);
}
