import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError, toStoreError } from './errors.ts';
import type { Database, OpenDatabase } from './schema.ts';

/** Runs one step on the database; throws a StoreError when it could not be done. */
export interface Runner {
  run<Result>(step: (db: Database) => Promise<Result>): Promise<Result>;
  /** All of the step or nothing of it; no HTTP inside. */
  atomically<Result>(step: (db: Database) => Promise<Result>): Promise<Result>;
  /** For what may be lost when the power fails, but not when the process does; see `OpenDatabase`. */
  quickly<Result>(step: (db: Database) => Promise<Result>): Promise<Result>;
}

/** ms between tries. Even ones: among processes that all write, whoever waited longer each time would never have its turn. */
const PAUSE_MS = 30;
/** How often a busy database is tried again, so that a person waits for 3 s at most. */
const TRIES = 85;

/**
 * Waits for a busy database outside of it: SQLite's own waiting would stop the whole process, every person's
 * click and Slack's 3 seconds with it.
 */
export function createRunner({ db, isThere, quickly }: OpenDatabase): Runner {
  return {
    run: (step) => known(() => step(db)),
    // What is worth a transaction must not be lost in a file that somebody has deleted.
    atomically: (step) =>
      known(async () => {
        if (!(await isThere())) throw new StoreError('broken', 'file_gone');
        return db.transaction().execute(step);
      }),
    quickly: (step) => known(() => quickly(step)),
  };
}

async function known<Result>(step: () => Promise<Result>): Promise<Result> {
  try {
    return await patiently(step);
  } catch (error) {
    throw toStoreError(error);
  }
}

/** Does the step again while the database is busy; other errors are thrown as they are. */
export async function patiently<Result>(step: () => Promise<Result>): Promise<Result> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    try {
      return await step();
    } catch (error) {
      if (toStoreError(error).kind !== 'busy') throw error;
      await sleep(PAUSE_MS);
    }
  }
  return step();
}
