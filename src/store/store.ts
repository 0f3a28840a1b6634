import type { Sealer } from '../seal.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import { type Connects, createConnects } from './connects.ts';
import { createListings, type Listings } from './listings.ts';
import { migrate } from './migrations.ts';
import { createPeople, type People } from './people.ts';
import { createRunner } from './runner.ts';
import type { Database } from './schema.ts';
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
export async function openStore(db: Database, sealer: Sealer): Promise<Store> {
  await migrate(db);
  const runner = createRunner(db);
  return {
    people: createPeople(runner),
    accounts: createAccounts(runner),
    connects: createConnects(runner, sealer),
    listings: createListings(runner),
    sightings: createSightings(runner),
    unlocks: createUnlocks(runner, sealer),
    webhooks: createWebhooks(runner),
    async answers() {
      const row = await runner.run((db) => db.selectFrom('webhook').select('id').limit(1).execute());
      return Array.isArray(row);
    },
    close: () => db.destroy(),
  };
}
