import { type RunId, runId } from '../domain/ids.ts';
import type { Runner } from './runner.ts';

/** A running Latchbolt. Several may work on one database; each looks after the rows that it began. */
export interface Run {
  readonly id: RunId;
  readonly host: string;
  readonly pid: number;
  /** When it last said that it lives, ms. */
  readonly seenAt: number;
}

/** Who works on this database. */
export interface Runs {
  /** Says that this run lives. */
  seen(run: Run): Promise<void>;
  all(): Promise<readonly Run[]>;
  /** Whose rows are still open, also of runs that were forgotten. */
  withWork(): Promise<readonly RunId[]>;
  /** Forgets runs of which nothing is left. */
  forget(ids: readonly RunId[]): Promise<void>;
}

/** Which runs live, in the database. Each method throws a StoreError when that cannot be done. */
export function createRuns(runner: Runner): Runs {
  return {
    async seen({ id, host, pid, seenAt }) {
      await runner.quickly((db) =>
        db
          .insertInto('run')
          .values({ id, host, pid, seen_at: seenAt })
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ seen_at: seenAt }))
          .execute(),
      );
    },

    async all() {
      const rows = await runner.run((db) => db.selectFrom('run').selectAll().execute());
      return rows.map(({ id, host, pid, seen_at }) => ({ id: runId(id), host, pid, seenAt: seen_at }));
    },

    async withWork() {
      const rows = await runner.run((db) =>
        db
          .selectFrom('move')
          .select('run_id')
          .where('run_id', 'is not', null)
          .union(db.selectFrom('connect').select('run_id').where('run_id', 'is not', null))
          .union(db.selectFrom('timer').select('run_id').where('run_id', 'is not', null))
          .execute(),
      );
      return rows.flatMap(({ run_id }) => (run_id === null ? [] : [runId(run_id)]));
    },

    async forget(ids) {
      await runner.quickly((db) => db.deleteFrom('run').where('id', 'in', ids).execute());
    },
  };
}
