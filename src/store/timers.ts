import type { Selectable } from 'kysely';
import { type RunId, type TimerId, timerId } from '../domain/ids.ts';
import type { Runner } from './runner.ts';
import type { Database, Schema } from './schema.ts';

/** Something that is to be done at a later moment, whatever runs then. */
export interface Timer {
  readonly id: TimerId;
  /** Whose it is, as `feature:name`. */
  readonly kind: string;
  /** What it is about, in that feature's own words; with the kind it names what is to be called off. */
  readonly subject: string;
  /** ms since the epoch. */
  readonly dueAt: number;
}

/** What is to be done later. It survives restarts, and is done by one run at a time. */
export interface Timers {
  /** One whose id is there already stays as it is. */
  set(timer: Timer): Promise<void>;
  /** Calls off every timer of this kind about this subject that is not being done yet. */
  callOff(kind: string, subject: string): Promise<void>;
  /**
   * Takes what is due at `now`, ms, for this run; no two runs take the same. While another run does something of this kind
   * about this subject, the next waits, so that it finds what came of it.
   */
  take(now: number): Promise<readonly Timer[]>;
  /** It is done, and gone. */
  done(id: TimerId): Promise<void>;
  /** Puts it off to `dueAt`, ms; false when it is being done already, or is gone. */
  postpone(id: TimerId, dueAt: number): Promise<boolean>;
  /** It could not be done, and falls due again at `dueAt`, ms. */
  again(id: TimerId, dueAt: number): Promise<void>;
  /** Gives back what these runs had taken, so that somebody else does it. */
  release(dead: readonly RunId[]): Promise<void>;
}

/** So many fall due at once at most; the rest a moment later. */
const MOST_AT_ONCE = 100;

/** What is due, taken by this `run`, in the database. Each method throws a StoreError when that cannot be done. */
export function createTimers(runner: Runner, run: RunId): Timers {
  return {
    async set({ id, kind, subject, dueAt }) {
      const row = { id, kind, subject, due_at: dueAt, run_id: null };
      await runner.run((db) =>
        db
          .insertInto('timer')
          .values(row)
          .onConflict((conflict) => conflict.column('id').doNothing())
          .execute(),
      );
    },

    async callOff(kind, subject) {
      await runner.run((db) =>
        db
          .deleteFrom('timer')
          .where('kind', '=', kind)
          .where('subject', '=', subject)
          .where('run_id', 'is', null)
          .execute(),
      );
    },

    take: (now) =>
      runner.run(async (db) => {
        const due = db
          .selectFrom('timer')
          .select('id')
          .where('due_at', '<=', now)
          .where('run_id', 'is', null)
          .where((timer) => timer.not(timer(timer.refTuple('kind', 'subject'), 'in', elsewhere(db, run))))
          .orderBy('due_at')
          .limit(MOST_AT_ONCE);
        // Most of the time nothing is due: to look costs less than to write.
        if ((await due.executeTakeFirst()) === undefined) return [];
        const taken = await db
          .updateTable('timer')
          .set({ run_id: run })
          .where('id', 'in', due)
          .returningAll()
          .execute();
        return taken.map(timerOf).toSorted((one, other) => one.dueAt - other.dueAt);
      }),

    async done(id) {
      await runner.run((db) => db.deleteFrom('timer').where('id', '=', id).execute());
    },

    async postpone(id, dueAt) {
      const result = await runner.run((db) =>
        db
          .updateTable('timer')
          .set({ due_at: dueAt })
          .where('id', '=', id)
          .where('run_id', 'is', null)
          .executeTakeFirst(),
      );
      return result.numUpdatedRows === 1n;
    },

    async again(id, dueAt) {
      await runner.run((db) =>
        db.updateTable('timer').set({ run_id: null, due_at: dueAt }).where('id', '=', id).execute(),
      );
    },

    async release(dead) {
      await runner.run((db) =>
        db.updateTable('timer').set({ run_id: null }).where('run_id', 'in', dead).execute(),
      );
    },
  };
}

/** What other runs are doing. Those that have died give it back (`release`). */
function elsewhere(db: Database, run: RunId) {
  return db
    .selectFrom('timer')
    .select(['kind', 'subject'])
    .where('run_id', '!=', run)
    .$asTuple('kind', 'subject');
}

function timerOf(row: Selectable<Schema['timer']>): Timer {
  return { id: timerId(row.id), kind: row.kind, subject: row.subject, dueAt: row.due_at };
}
