import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError, toStoreError } from './errors.ts';
import type { Database } from './schema.ts';

/** Runs one step on the database; throws a StoreError when it could not be done. */
export interface Runner {
  run<Result>(step: (db: Database) => Promise<Result>): Promise<Result>;
  /** All of the step or nothing of it; no HTTP inside. */
  atomically<Result>(step: (db: Database) => Promise<Result>): Promise<Result>;
}

/** ms; together the longest that a person waits for a busy database. */
const PAUSES = [10, 20, 40, 80, 150, 300, 400, 500, 500, 500, 500];

/**
 * Waits for a busy database outside of it: SQLite's own waiting would stop the whole process, every person's
 * click and Slack's 3 seconds with it.
 */
export function createRunner(db: Database, isThere: () => Promise<boolean>): Runner {
  return {
    run: (step) => patiently(() => step(db)),
    // What is worth a transaction must not be lost in a file that somebody has deleted.
    atomically: (step) =>
      patiently(async () => {
        if (!(await isThere())) throw new StoreError('broken', 'file_gone');
        return db.transaction().execute(step);
      }),
  };
}

async function patiently<Result>(step: () => Promise<Result>): Promise<Result> {
  for (const pause of PAUSES) {
    try {
      return await step();
    } catch (error) {
      const known = toStoreError(error);
      if (known.kind !== 'busy') throw known;
      await sleep(pause);
    }
  }
  try {
    return await step();
  } catch (error) {
    throw toStoreError(error);
  }
}
