import { existsSync } from 'node:fs';
import { WebClient } from '@slack/web-api';
import type { Config } from './config.ts';
import type { Installation } from './domain/access.ts';
import type { HouseEvent } from './domain/house-event.ts';
import { type RunId, runId } from './domain/ids.ts';
import type { Feature } from './feature.ts';
import { loadOrCreateKeyFile } from './key-file.ts';
import { boltLogger, type Log } from './log.ts';
import { createMetrics, type Metrics, noMetrics } from './metrics.ts';
import { Pace } from './pace.ts';
import type { Place } from './runs.ts';
import { createSealer } from './seal.ts';
import { createSeam } from './seam/adapter.ts';
import type { SeamPort } from './seam/port.ts';
import { createDoorsMessages, type DoorsMessages } from './slack/doors-message.ts';
import { createFiles, type Files } from './slack/files.ts';
import { createHomes } from './slack/homes.ts';
import { type BotIdentity, identify } from './slack/identity.ts';
import { createMembers, type Members } from './slack/members.ts';
import { createMessenger, type Messenger } from './slack/messenger.ts';
import { createSteps, type Steps } from './slack/steps.ts';
import { createSurfaces, type Surfaces } from './slack/surfaces.ts';
import { openSqlite } from './store/sqlite.ts';
import { openStore, type Store } from './store/store.ts';
import { createTasks, type Tasks } from './tasks.ts';
import type { Time } from './time.ts';

/** What every feature is given: the ports to the world. */
export interface Context {
  readonly installation: Installation;
  /** This run of Latchbolt. */
  readonly run: RunId;
  readonly store: Store;
  readonly seam: SeamPort;
  readonly messenger: Messenger;
  readonly surfaces: Surfaces;
  readonly files: Files;
  readonly steps: Steps;
  readonly members: Members;
  readonly doors: DoorsMessages;
  readonly tasks: Tasks;
  /** How much one person may ask for in all, and how many links. */
  readonly pace: Pace;
  readonly linkPace: Pace;
  /** Every letter that is typed into a select is a question. */
  readonly suggestPace: Pace;
  readonly time: Time;
  /** Chance: a new id, never the same twice. */
  readonly newId: () => string;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Whether Seam tells us by webhook, so that asking it often is not needed. */
  readonly seamWebhooks: boolean;
  readonly allowGuests: boolean;
  readonly unlocksPaused: boolean;
  /** How many days what happened is kept. */
  readonly historyDays: number;
  /** Tells every feature what happened in the house. Never rejects: what a feature makes of it is its own affair. */
  readonly announce: (event: HouseEvent) => Promise<void>;
}

/** Time, chance, the log and the machine: what a test replaces. */
export interface Surroundings {
  readonly time: Time;
  readonly newId: () => string;
  readonly log: Log;
  readonly place: Place;
}

/** Far more than anybody reads or clicks. */
const PACE = { most: 40, withinMs: 60_000 };
/** A link costs Seam three requests, and lives for half an hour. */
const LINK_PACE = { most: 5, withinMs: 10 * 60_000 };
const SUGGEST_PACE = { most: 120, withinMs: 60_000 };
/** How long one request to Seam may take, ms: a person waits for it. */
const SEAM_TIMEOUT_MS = 5_000;
/**
 * For what goes to a person past their message. A wait that Slack asks for is not waited out here: what reached
 * nobody is told again later.
 */
const SLACK_CLIENT = {
  timeout: 5_000,
  retryConfig: { retries: 2, minTimeout: 500, maxTimeout: 2_000 },
  rejectRateLimitedCalls: true,
};
/** For a question that a person waits for the answer of: one try, soon over. */
const ASKING_CLIENT = { timeout: 2_000, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
/** For files: to show one twice is an error, so that nothing is tried again. */
const HANDING_CLIENT = { timeout: 10_000, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };

/**
 * Builds everything, in the order in which it depends on each other, and asks Slack who we are.
 */
export async function createContext(
  config: Config,
  { time, newId, log }: Surroundings,
  features: readonly Feature[],
): Promise<{ context: Context; bot: BotIdentity; close(): Promise<void> }> {
  const { slack } = config;
  const slackOptions = { slackApiUrl: slack.apiUrl, logger: boltLogger(log) };
  const client = new WebClient(slack.botToken, { ...slackOptions, ...SLACK_CLIENT });
  const asking = new WebClient(slack.botToken, { ...slackOptions, ...ASKING_CLIENT });
  const handing = new WebClient(slack.botToken, { ...slackOptions, ...HANDING_CLIENT });
  const { installation, bot } = await identify(client);
  const sealer = createSealer(encryptionKey(config, log));
  const run = runId(newId());
  const store = await openStore(openSqlite(config.database.file), { sealer, log, run });
  const metrics = config.metricsToken === null ? noMetrics : await createMetrics(time.elapsed);
  const seam = createSeam({ ...config.seam, timeoutMs: SEAM_TIMEOUT_MS, log, metrics });
  const messenger = createMessenger({ client, slackApiUrl: slack.apiUrl, time, log });
  const surfaces = createSurfaces(asking);
  const { allowGuests, unlocksPaused: paused } = config;
  const homes = createHomes({ store, surfaces, time, paused, allowGuests });
  const context: Context = {
    installation,
    run,
    store,
    seam,
    messenger,
    surfaces,
    steps: createSteps(client, log),
    files: createFiles({ client: handing, slackApiUrl: slack.apiUrl, newId, log }),
    members: createMembers(asking, installation),
    doors: createDoorsMessages({ store, messenger, homes, paused, log }),
    tasks: createTasks(time, log),
    pace: new Pace({ ...PACE, clock: time.elapsed }),
    suggestPace: new Pace({ ...SUGGEST_PACE, clock: time.elapsed }),
    linkPace: new Pace({ ...LINK_PACE, clock: time.elapsed }),
    time,
    newId,
    log,
    metrics,
    seamWebhooks: config.seam.webhookSecret !== null,
    allowGuests,
    unlocksPaused: paused,
    historyDays: config.historyDays,
    async announce(event) {
      for (const { name, onEvent } of features) {
        try {
          await onEvent?.(context, event);
        } catch (error) {
          log.error({ feature: name, event: event.kind, err: error }, 'what happened was not followed');
        }
      }
    },
  };
  return {
    context,
    bot,
    async close() {
      seam.close();
      await store.close();
    },
  };
}

/** The configured key, or the one beside the database. */
function encryptionKey({ encryptionKey: configured, database }: Config, log: Log): Buffer {
  if (configured !== null) return configured;
  const isNew = !existsSync(database.file);
  const { key, created, path } = loadOrCreateKeyFile(database.file);
  if (!created) log.info({ path }, 'ENCRYPTION_KEY is not set: the key file beside the database is used');
  else if (isNew) {
    log.info({ path }, 'ENCRYPTION_KEY is not set: a key file was made beside the database; back up both');
  } else {
    // What was sealed is short-lived: those whom it concerns are told by direct message instead.
    log.warn({ path }, 'the key file of this database is gone: a new one was made, what was sealed is lost');
  }
  return key;
}
