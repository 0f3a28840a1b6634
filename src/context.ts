import { existsSync } from 'node:fs';
import { WebClient } from '@slack/web-api';
import type { Config } from './config.ts';
import type { Installation } from './domain/access.ts';
import { loadOrCreateKeyFile } from './key-file.ts';
import { boltLogger, type Log } from './log.ts';
import { createSealer } from './seal.ts';
import { createSeam } from './seam/adapter.ts';
import type { SeamPort } from './seam/port.ts';
import { createDoorsMessages, type DoorsMessages } from './slack/doors-message.ts';
import { type BotIdentity, identify } from './slack/identity.ts';
import { createMessenger, type Messenger } from './slack/messenger.ts';
import { openSqlite } from './store/sqlite.ts';
import { openStore, type Store } from './store/store.ts';
import { createTasks, type Tasks } from './tasks.ts';
import type { Time } from './time.ts';

/** What every feature is given: the ports to the world. */
export interface Context {
  readonly installation: Installation;
  readonly store: Store;
  readonly seam: SeamPort;
  readonly messenger: Messenger;
  readonly doors: DoorsMessages;
  readonly tasks: Tasks;
  readonly time: Time;
  /** Chance: a new id, never the same twice. */
  readonly newId: () => string;
  readonly log: Log;
  /** Whether Seam tells us by webhook, so that asking it often is not needed. */
  readonly seamWebhooks: boolean;
}

/** Time, chance and the log: what a test replaces. */
export interface Surroundings {
  readonly time: Time;
  readonly newId: () => string;
  readonly log: Log;
}

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

/**
 * Builds everything, in the order in which it depends on each other, and asks Slack who we are.
 */
export async function createContext(
  config: Config,
  { time, newId, log }: Surroundings,
): Promise<{ context: Context; bot: BotIdentity; close(): Promise<void> }> {
  const { slack } = config;
  const client = new WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    logger: boltLogger(log),
    ...SLACK_CLIENT,
  });
  const { installation, bot } = await identify(client, slack.botToken);
  const sealer = createSealer(encryptionKey(config, log));
  const store = await openStore(openSqlite(config.database.file), sealer, log);
  const seam = createSeam({ ...config.seam, timeoutMs: SEAM_TIMEOUT_MS, log });
  const messenger = createMessenger({ client, slackApiUrl: slack.apiUrl, time, log });
  const context: Context = {
    installation,
    store,
    seam,
    messenger,
    doors: createDoorsMessages(store, messenger),
    tasks: createTasks(time, log),
    time,
    newId,
    log,
    seamWebhooks: config.seam.webhookSecret !== null,
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
