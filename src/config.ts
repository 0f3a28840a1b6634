/**
 * The configuration: the only place that reads the environment. Every fault is found before any is reported, so that
 * an operator mends the settings once and not one start at a time.
 */
import { parseEnv } from 'node:util';
import type { z } from 'zod';
import * as may from './config/values.ts';
import { ConfigError, type Fault, type LogLevel, type Name, table, variables } from './config/variables.ts';

/** How Slack is reached. In Socket Mode we call Slack and need no public address; in HTTP mode Slack calls us. */
type SlackConfig =
  | {
      readonly mode: 'socket';
      readonly botToken: string;
      readonly appToken: string;
      /** The base of every Slack call; ends with a slash. */
      readonly apiUrl: string;
    }
  | {
      readonly mode: 'http';
      readonly botToken: string;
      readonly signingSecret: string;
      /** The base of every Slack call; ends with a slash. */
      readonly apiUrl: string;
    };

/** The whole configuration, checked. It holds secrets: never log it. */
export interface Config {
  readonly slack: SlackConfig;
  readonly seam: {
    readonly apiKey: string;
    /** The base of every Seam call, without a slash at its end. */
    readonly endpoint: string;
    /** The brands that a person may connect; null leaves the choice to Seam. */
    readonly acceptedProviders: readonly string[] | null;
    /** With it (and `publicUrl`) Seam's webhooks are received; null means that they are not in use. */
    readonly webhookSecret: string | null;
  };
  /** `file` is as the operator wrote it: a relative one counts from the folder that the bot is started in. */
  readonly database: { readonly file: string };
  /** 32 bytes; null means that a key file beside the database is used (see `key-file.ts`). */
  readonly encryptionKey: Buffer | null;
  /** Where Seam's webhooks reach us, without a slash at its end; set exactly when `seam.webhookSecret` is. */
  readonly publicUrl: string | null;
  /** The address to listen on; null for all that this machine has, since a proxy or a container may use any. */
  readonly host: string | null;
  /** 0 lets the system choose a free port. */
  readonly port: number;
  /** Whoever sends it may read `/metrics`; null means that there are none. */
  readonly metricsToken: string | null;
  readonly logLevel: LogLevel;
  /** Whether guests of the workspace are served. */
  readonly allowGuests: boolean;
  /** The operator's stop: nothing is opened. */
  readonly unlocksPaused: boolean;
  /** How many days what happened is kept, 1 to 3650. */
  readonly historyDays: number;
}

/** Reads variables one by one and collects what is wrong with them. */
class Reader {
  readonly faults: Fault[] = [];
  readonly #values: Readonly<Record<string, string | undefined>>;

  constructor(values: Readonly<Record<string, string | undefined>>) {
    this.#values = values;
  }

  isSet(name: Name): boolean {
    return this.#values[name] !== undefined;
  }

  fault(name: Name, problem: string): null {
    this.faults.push({ variable: name, problem, howToGet: table[name].howToGet });
    return null;
  }

  /** The checked value, or null when it is not set (and has no default) or has a fault, which is noted. */
  optional<T>(name: Name, schema: z.ZodType<T, string>): T | null {
    const value = this.#values[name] ?? table[name].default;
    if (value === null) return null;
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    return this.fault(name, result.error.issues[0]?.message ?? 'is not valid.');
  }

  /** As `optional`, but not to be set is a fault too. */
  required<T>(name: Name, schema: z.ZodType<T, string>): T | null {
    return this.isSet(name) || table[name].default !== null
      ? this.optional(name, schema)
      : this.fault(name, 'is not set.');
  }
}

function readSlack(reader: Reader): SlackConfig | null {
  const botToken = reader.required('SLACK_BOT_TOKEN', may.token('xoxb-'));
  const apiUrl = reader.required('SLACK_API_URL', may.withSlash);
  if (reader.isSet('SLACK_APP_TOKEN')) {
    const appToken = reader.optional('SLACK_APP_TOKEN', may.token('xapp-'));
    const complete = botToken !== null && appToken !== null && apiUrl !== null;
    return complete ? { mode: 'socket', botToken, appToken, apiUrl } : null;
  }
  if (!reader.isSet('SLACK_SIGNING_SECRET')) {
    reader.fault(
      'SLACK_APP_TOKEN',
      'is not set. Set it, or SLACK_SIGNING_SECRET; with this one the bot needs no public address.',
    );
    return reader.fault(
      'SLACK_SIGNING_SECRET',
      'is not set. It is needed only where SLACK_APP_TOKEN is left out.',
    );
  }
  const secret = reader.optional('SLACK_SIGNING_SECRET', may.signingSecret);
  const complete = botToken !== null && secret !== null && apiUrl !== null;
  return complete ? { mode: 'http', botToken, signingSecret: secret, apiUrl } : null;
}

/** Webhooks need both an address to arrive at and a secret to be believed: one alone is a mistake. */
function checkWebhooks(reader: Reader): void {
  if (reader.isSet('SEAM_WEBHOOK_SECRET') && !reader.isSet('PUBLIC_URL')) {
    reader.fault('PUBLIC_URL', 'is not set, but SEAM_WEBHOOK_SECRET is: webhooks need both, or neither.');
  }
  if (reader.isSet('PUBLIC_URL') && !reader.isSet('SEAM_WEBHOOK_SECRET')) {
    reader.fault('SEAM_WEBHOOK_SECRET', 'is not set, but PUBLIC_URL is: webhooks need both, or neither.');
  }
}

/** An empty value, or one of spaces, counts as not set; spaces around a value are what copying brings along. */
function tidy(values: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  const set = Object.entries(values).map(([name, value]) => [name, value?.trim()] as const);
  return Object.fromEntries(set.filter(([, value]) => value !== undefined && value !== ''));
}

/**
 * Reads the configuration from the environment and from the text of an `.env` file; where both set a variable, the
 * environment wins. It is pure: nothing but its arguments is read.
 *
 * @param files.dotEnv the text of the `.env` file, or null when there is none
 * @throws {ConfigError} with every fault at once
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  files: { readonly dotEnv: string | null },
): Config {
  const reader = new Reader({ ...tidy(parseEnv(files.dotEnv ?? '')), ...tidy(env) });
  const slack = readSlack(reader);
  const apiKey = reader.required('SEAM_API_KEY', may.token('seam_'));
  const endpoint = reader.required('SEAM_ENDPOINT', may.withoutSlash);
  const webhookSecret = reader.optional('SEAM_WEBHOOK_SECRET', may.token('whsec_'));
  const acceptedProviders = reader.optional('SEAM_ACCEPTED_PROVIDERS', may.providers);
  const file = reader.required('DATABASE_URL', may.databaseFile);
  const key = reader.optional('ENCRYPTION_KEY', may.encryptionKey);
  const publicUrl = reader.optional('PUBLIC_URL', may.withoutSlash);
  const listenPort = reader.required('PORT', may.port);
  const metricsToken = reader.optional('METRICS_TOKEN', may.metricsToken);
  const level = reader.required('LOG_LEVEL', may.logLevel);
  const allowGuests = reader.required('ALLOW_GUESTS', may.flag);
  const unlocksPaused = reader.required('UNLOCKS_PAUSED', may.flag);
  const historyDays = reader.required('HISTORY_DAYS', may.days);
  checkWebhooks(reader);

  const incomplete =
    slack === null ||
    apiKey === null ||
    endpoint === null ||
    file === null ||
    listenPort === null ||
    level === null ||
    allowGuests === null ||
    unlocksPaused === null ||
    historyDays === null;
  if (incomplete || reader.faults.length > 0)
    throw new ConfigError(inOrder(reader.faults), nothingSet(reader));
  return {
    slack,
    seam: { apiKey, endpoint, acceptedProviders, webhookSecret },
    database: { file },
    encryptionKey: key,
    publicUrl,
    host: null,
    port: listenPort,
    metricsToken,
    logLevel: level,
    allowGuests,
    unlocksPaused,
    historyDays,
  };
}

function inOrder(faults: readonly Fault[]): readonly Fault[] {
  return variables.flatMap(({ name }) => faults.filter((fault) => fault.variable === name));
}

function nothingSet(reader: Reader): boolean {
  const names: readonly Name[] = [
    'SLACK_BOT_TOKEN',
    'SLACK_APP_TOKEN',
    'SLACK_SIGNING_SECRET',
    'SEAM_API_KEY',
  ];
  return !names.some((name) => reader.isSet(name));
}
