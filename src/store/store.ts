import type { Log } from '../log.ts';
import type { Sealer } from '../seal.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import { type Connects, createConnects } from './connects.ts';
import { createListings, type Listings } from './listings.ts';
import { migrate } from './migrations.ts';
import { createPeople, type People } from './people.ts';
import { createRunner } from './runner.ts';
import type { OpenDatabase } from './schema.ts';
import { createSightings, type Sightings } from './sightings.ts';
import { createUnlocks, type Unlocks } from './unlocks.ts';
import { createWebhooks, type Webhooks } from './webhooks.ts';

/** All that Latchbolt keeps. Each method is one atomic step and throws a StoreError when it could not be done. */
export interface Store {
  readonly people: People;
  readonly accounts: Accounts;
  readonly connects: Connects;
  readonly listings: Listings;
  readonly sightings: Sightings;
  readonly unlocks: Unlocks;
  readonly webhooks: Webhooks;
  /** Whether the database answers, for the health check. */
  answers(): Promise<boolean>;
  close(): Promise<void>;
}

/** Brings the database to today's schema and opens the store over it; secrets in it are sealed. */
export async function openStore({ db, isThere }: OpenDatabase, sealer: Sealer, log: Log): Promise<Store> {
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const runner = createRunner(db, isThere);
  return {
    people: createPeople(runner),
    accounts: createAccounts(runner),
    connects: createConnects(runner, sealer, log),
    listings: createListings(runner),
    sightings: createSightings(runner),
    unlocks: createUnlocks(runner, sealer, log),
    webhooks: createWebhooks(runner),
    async answers() {
      await runner.run((db) => db.selectFrom('webhook').select('id').limit(1).execute());
      return isThere();
    },
    close: () => db.destroy(),
  };
}
