import type { RunId } from '../domain/ids.ts';
import type { Log } from '../log.ts';
import type { Sealer } from '../seal.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import { type Codes, createCodes } from './codes.ts';
import { type Conditions, createConditions } from './conditions.ts';
import { type Connects, createConnects } from './connects.ts';
import { createDeliveries, type Deliveries } from './deliveries.ts';
import { createDoorSettings, type DoorSettings } from './door-settings.ts';
import { createFeed, type Feed } from './feed.ts';
import { createFollows, type Follows } from './follows.ts';
import { createHappenings, type Happenings } from './happenings.ts';
import { createHistory, type History } from './history.ts';
import { createListings, type Listings } from './listings.ts';
import { migrate } from './migrations.ts';
import { createMoves, type Moves } from './moves.ts';
import { createNames, type Names } from './names.ts';
import { createNoticeSettings, type NoticeSettingsOf } from './notice-settings.ts';
import { createNotices, type Notices } from './notices.ts';
import { createPauses, type Pauses } from './pauses.ts';
import { createPeople, type People } from './people.ts';
import { createRunner, patiently } from './runner.ts';
import { createRuns, type Runs } from './runs.ts';
import type { OpenDatabase } from './schema.ts';
import { createSightings, type Sightings } from './sightings.ts';
import { createTimers, type Timers } from './timers.ts';
import { createWebhooks, type Webhooks } from './webhooks.ts';

/** All that Latchbolt keeps. Each method is one atomic step and throws a StoreError when it could not be done. */
export interface Store {
  readonly people: People;
  readonly pauses: Pauses;
  readonly accounts: Accounts;
  readonly codes: Codes;
  readonly conditions: Conditions;
  readonly connects: Connects;
  readonly deliveries: Deliveries;
  readonly doorSettings: DoorSettings;
  readonly follows: Follows;
  readonly feed: Feed;
  readonly happenings: Happenings;
  readonly history: History;
  readonly listings: Listings;
  readonly notices: Notices;
  readonly noticeSettings: NoticeSettingsOf;
  readonly runs: Runs;
  readonly sightings: Sightings;
  readonly moves: Moves;
  readonly names: Names;
  readonly timers: Timers;
  readonly webhooks: Webhooks;
  /** Whether the database answers, for the health check. */
  answers(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Brings the database to today's schema and opens the store over it; secrets in it are sealed. `run` looks after what is
 * begun through this store.
 */
export async function openStore(
  opened: OpenDatabase,
  { sealer, log, run }: { sealer: Sealer; log: Log; run: RunId },
): Promise<Store> {
  const { db, isThere } = opened;
  try {
    // All or nothing; another run may be starting at the same moment.
    await patiently(() => db.transaction().execute((all) => migrate(all)));
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const runner = createRunner(opened);
  return {
    people: createPeople(runner),
    pauses: createPauses(runner),
    accounts: createAccounts(runner),
    codes: createCodes(runner, sealer, log),
    conditions: createConditions(runner),
    connects: createConnects(runner, sealer, log, run),
    deliveries: createDeliveries(runner),
    doorSettings: createDoorSettings(runner),
    follows: createFollows(runner),
    feed: createFeed(runner),
    happenings: createHappenings(runner),
    history: createHistory(runner, log),
    listings: createListings(runner),
    notices: createNotices(runner, log),
    noticeSettings: createNoticeSettings(runner),
    runs: createRuns(runner),
    sightings: createSightings(runner),
    moves: createMoves(runner, sealer, log, run),
    names: createNames(runner),
    timers: createTimers(runner, run),
    webhooks: createWebhooks(runner),
    async answers() {
      await runner.run((db) => db.selectFrom('webhook').select('id').limit(1).execute());
      return isThere();
    },
    close: () => db.destroy(),
  };
}
