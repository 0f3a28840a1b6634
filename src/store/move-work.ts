import type { ExecutionId, MoveId, RunId } from '../domain/ids.ts';
import type { Log } from '../log.ts';
import type { Move, MoveRows } from './move-row.ts';
import { readable } from './readable.ts';
import type { Runner } from './runner.ts';

/** What this run has left to do in the journal. */
export interface MoveWork {
  /** Lets go of what ended before `before`, ms, in these runs: nobody is told of it any more. */
  letGo(dead: readonly RunId[], before: number): Promise<void>;
  /** Takes over what these runs left open, and says what that is. No two runs take the same row. */
  adopt(dead: readonly RunId[]): Promise<readonly Move[]>;
  /** Rows of this run that ended between `since` and `until` (ms), and were not told yet. */
  untold(since: number, until: number): Promise<readonly Move[]>;
  /** That row as it is now; null once its person was told, or when it is another run's. */
  stillUntold(id: MoveId): Promise<Move | null>;
  /** The row that a step of a workflow waits for; null where there is none. */
  ofExecution(id: ExecutionId): Promise<Move | null>;
}

/** What runs take from each other, for this `run`. Each method throws a StoreError when that cannot be done. */
export function createMoveWork(runner: Runner, rows: MoveRows, log: Log, run: RunId): MoveWork {
  return {
    async letGo(dead, before) {
      await runner.run((db) =>
        db
          .updateTable('move')
          .set({ run_id: null })
          .where('run_id', 'in', dead)
          .where('ended_at', '<', before)
          .execute(),
      );
    },

    adopt: (dead) =>
      runner.atomically(async (db) => {
        const taken = await db
          .updateTable('move')
          .set({ run_id: run })
          .where('run_id', 'in', dead)
          .returningAll()
          .execute();
        return readable(taken, rows.read, log);
      }),

    untold: (since, until) =>
      runner.run(async (db) => {
        const found = await db
          .selectFrom('move')
          .selectAll()
          .where('run_id', '=', run)
          .where('told_at', 'is', null)
          .where('outcome', 'is not', null)
          .where('ended_at', '>=', since)
          .where('ended_at', '<=', until)
          .orderBy('requested_at')
          .execute();
        return readable(found, rows.read, log);
      }),

    ofExecution: (id) =>
      runner.run(async (db) => {
        const row = await db.selectFrom('move').selectAll().where('execution_id', '=', id).executeTakeFirst();
        return row === undefined ? null : rows.read(row);
      }),

    stillUntold: (id) =>
      runner.run(async (db) => {
        const row = await db
          .selectFrom('move')
          .selectAll()
          .where('id', '=', id)
          .where('run_id', '=', run)
          .where('told_at', 'is', null)
          .where('outcome', 'is not', null)
          .executeTakeFirst();
        return row === undefined ? null : rows.read(row);
      }),
  };
}
