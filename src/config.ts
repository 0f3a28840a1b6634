/**
 * The configuration: the only place that reads the environment. Every fault is found before any is reported, so that
 * an operator mends the settings once and not one start at a time.
 */
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import type { SafeToLog } from './log.ts';

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
  readonly database: { readonly kind: 'sqlite'; readonly file: string };
  /** 32 bytes; null means that a key file beside the database is used (see `key-file.ts`). */
  readonly encryptionKey: Buffer | null;
  /** Where Seam's webhooks reach us, without a slash at its end; set exactly when `seam.webhookSecret` is. */
  readonly publicUrl: string | null;
  /** 0 lets the system choose a free port. */
  readonly port: number;
  readonly logLevel: LogLevel;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
type LogLevel = (typeof logLevels)[number];

/** One environment variable as an operator knows it. The README's table is held against this. */
export interface Variable {
  readonly name: string;
  /** When it has to be set: in `http mode` means where SLACK_APP_TOKEN is not set. */
  readonly required: 'always' | 'socket mode' | 'http mode' | 'no';
  /** What counts when it is not set; null where there is nothing to fall back on. */
  readonly default: string | null;
  /** Whether its value must be kept from everyone else. */
  readonly secret: boolean;
  readonly what: string;
  readonly howToGet: string;
}

/** One thing that is wrong with the configuration. No field ever holds a value that was configured. */
export interface Fault {
  readonly variable: string;
  /** Completes the sentence "<variable> …". */
  readonly problem: string;
  readonly howToGet: string;
}

const table = {
  SLACK_BOT_TOKEN: {
    required: 'always',
    default: null,
    secret: true,
    what: 'Lets the bot speak in your Slack workspace.',
    howToGet:
      'api.slack.com/apps → your app → OAuth & Permissions → Bot User OAuth Token (begins with xoxb-).',
  },
  SLACK_APP_TOKEN: {
    required: 'socket mode',
    default: null,
    secret: true,
    what: 'Turns on Socket Mode: the bot calls Slack, so that no public address is needed.',
    howToGet:
      'api.slack.com/apps → your app → Basic Information → App-Level Tokens → Generate Token, with the scope connections:write (begins with xapp-).',
  },
  SLACK_SIGNING_SECRET: {
    required: 'http mode',
    default: null,
    secret: true,
    what: 'Proves that a request comes from Slack. Needed where SLACK_APP_TOKEN is not set.',
    howToGet: 'api.slack.com/apps → your app → Basic Information → App Credentials → Signing Secret.',
  },
  SLACK_API_URL: {
    required: 'no',
    default: 'https://slack.com/api/',
    secret: false,
    what: 'Where Slack is called.',
    howToGet: 'Leave it out, unless you run against a local Slack.',
  },
  SEAM_API_KEY: {
    required: 'always',
    default: null,
    secret: true,
    what: 'Lets the bot work with the locks of your Seam workspace.',
    howToGet: 'console.seam.co → Developer → API Keys → Add API Key (begins with seam_).',
  },
  SEAM_ENDPOINT: {
    required: 'no',
    default: 'https://connect.getseam.com',
    secret: false,
    what: 'Where Seam is called.',
    howToGet: 'Leave it out, unless you run against a local Seam.',
  },
  SEAM_WEBHOOK_SECRET: {
    required: 'no',
    default: null,
    secret: true,
    what: 'Proves that a message comes from Seam. Set it together with PUBLIC_URL to receive webhooks.',
    howToGet: 'console.seam.co → Developer → Webhooks → your webhook → Signing Secret (begins with whsec_).',
  },
  SEAM_ACCEPTED_PROVIDERS: {
    required: 'no',
    default: null,
    secret: false,
    what: 'The lock brands that people may connect, with commas between them. Without it, the ones that Seam offers.',
    howToGet: "Use Seam's names of the brands, for example august,yale,schlage.",
  },
  DATABASE_URL: {
    required: 'no',
    default: 'file:./latchbolt.db',
    secret: false,
    what: 'The file that holds the journal of the doors.',
    howToGet: 'Write file: and the path, for example file:/var/lib/latchbolt/latchbolt.db.',
  },
  ENCRYPTION_KEY: {
    required: 'no',
    default: null,
    secret: true,
    what: 'Encrypts the secrets in the database. Without it, a key is made and kept in a file beside the database.',
    howToGet: 'Make one with: openssl rand -base64 32',
  },
  PUBLIC_URL: {
    required: 'no',
    default: null,
    secret: false,
    what: "The address at which Seam's webhooks reach the bot. Set it together with SEAM_WEBHOOK_SECRET.",
    howToGet:
      'The https address that your proxy or hosting gives the bot, for example https://locks.example.com.',
  },
  PORT: {
    required: 'no',
    default: '3000',
    secret: false,
    what: 'The port that the bot listens on.',
    howToGet: 'Any free port from 1 to 65535; 0 lets the system choose one.',
  },
  LOG_LEVEL: {
    required: 'no',
    default: 'info',
    secret: false,
    what: 'How much is written to the log.',
    howToGet: `One of ${logLevels.join(', ')}.`,
  },
} as const satisfies Record<string, Omit<Variable, 'name'>>;

type Name = keyof typeof table;

/** Every variable that is read, in the order in which the README and the messages name them. */
export const variables: readonly Variable[] = Object.entries(table).map(([name, rest]) => ({
  name,
  ...rest,
}));

/** Thrown by `readConfig` with all that is wrong. Its message names variables, never their values. */
export class ConfigError extends Error implements SafeToLog {
  override readonly name = 'ConfigError';
  /** The message names variables and nothing else. */
  readonly safeToLog = true;
  readonly faults: readonly Fault[];
  /** True when neither Slack nor Seam was configured at all: most likely someone who is only looking. */
  readonly nothingSet: boolean;

  constructor(faults: readonly Fault[], nothingSet: boolean) {
    super(`The configuration has faults: ${faults.map((fault) => fault.variable).join(', ')}`);
    this.faults = faults;
    this.nothingSet = nothingSet;
  }
}

/** A check that fails with the sentence that `judge` gives; null means that all is well. */
function text(judge: (value: string) => string | null) {
  return z.string().superRefine((value, context) => {
    const problem = judge(value);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  });
}

/** What people most often paste into the wrong place, told apart without repeating it. */
const kinds: readonly (readonly [prefix: string, kind: string])[] = [
  ['xoxb-', 'a bot token; it belongs in SLACK_BOT_TOKEN'],
  ['xapp-', 'an app-level token; it belongs in SLACK_APP_TOKEN'],
  ['xoxp-', "a person's user token"],
  ['xoxe', 'a rotating token; turn token rotation off for this app'],
  ['whsec_', 'a webhook secret; it belongs in SEAM_WEBHOOK_SECRET'],
  ['seam_cst', 'a client session token, not an API key'],
  ['seam_pk', 'a publishable key, not an API key'],
  ['seam_at', 'a personal access token, not an API key'],
  ['seam_', 'a Seam API key; it belongs in SEAM_API_KEY'],
];

function token(prefix: string) {
  return text((value) => {
    const kind = kinds.find(([start]) => value.startsWith(start));
    if (kind !== undefined && kind[0] !== prefix) return `holds ${kind[1]}.`;
    if (!value.startsWith(prefix)) return `does not begin with ${prefix}.`;
    if (/\s/.test(value)) return 'has a space or a line break in it.';
    return value.length === prefix.length ? `has nothing after ${prefix}.` : null;
  });
}

const signingSecret = text((value) => {
  const kind = kinds.find(([start]) => value.startsWith(start));
  if (kind !== undefined) return `holds ${kind[1]}.`;
  return /\s/.test(value) ? 'has a space or a line break in it.' : null;
});

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

function urlProblem(value: string): string | null {
  const url = URL.parse(value);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    return 'is not a web address that begins with https://.';
  }
  if (url.protocol === 'http:' && !loopback.has(url.hostname)) {
    return 'begins with http://, which would send secrets unprotected: use https://.';
  }
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or a password.';
  return url.search !== '' || url.hash !== '' ? 'must not hold a ? or a #.' : null;
}

const withoutSlash = text(urlProblem).transform((value) => new URL(value).href.replace(/\/+$/, ''));
const withSlash = withoutSlash.transform((value) => `${value}/`);

const providers = text((value) =>
  value.split(',').every((name) => /^\s*[a-z0-9_]+\s*$/i.test(name))
    ? null
    : 'is not a list of brand names (letters, digits and _) with commas between them.',
).transform((value) => [...new Set(value.split(',').map((name) => name.trim().toLowerCase()))]);

function databaseProblem(value: string): string | null {
  if (/^postgres(?:ql)?:/i.test(value)) return 'names a PostgreSQL database, which is not supported yet.';
  if (!value.startsWith('file:')) return 'does not begin with file:.';
  if (value.startsWith('file://') && !value.startsWith('file:///')) return 'names another computer.';
  if (/[?#%]/.test(value)) return 'must not hold a ?, a # or a %.';
  if (value.includes(':memory:')) return 'would keep the journal in memory only, where it does not last.';
  return value === 'file:' || value.endsWith('/') ? 'names no file.' : null;
}

const databaseFile = text(databaseProblem).transform((value) =>
  value.startsWith('file:///') ? fileURLToPath(value) : value.slice('file:'.length),
);

const encryptionKey = text((value) => {
  const bytes = Buffer.from(value, 'base64');
  const same = bytes.toString('base64').replace(/=+$/, '') === value.replace(/=+$/, '');
  return same && bytes.length === 32 ? null : 'is not 32 bytes in base64.';
}).transform((value) => Buffer.from(value, 'base64'));

const port = text((value) =>
  /^\d{1,5}$/.test(value) && Number(value) <= 65_535 ? null : 'is not a number from 0 to 65535.',
).transform(Number);

const logLevel = z
  .string()
  .toLowerCase()
  .pipe(z.enum(logLevels, { error: 'is not a level of the log.' }));

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
  const botToken = reader.required('SLACK_BOT_TOKEN', token('xoxb-'));
  const apiUrl = reader.required('SLACK_API_URL', withSlash);
  if (reader.isSet('SLACK_APP_TOKEN')) {
    const appToken = reader.optional('SLACK_APP_TOKEN', token('xapp-'));
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
  const secret = reader.optional('SLACK_SIGNING_SECRET', signingSecret);
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
  const apiKey = reader.required('SEAM_API_KEY', token('seam_'));
  const endpoint = reader.required('SEAM_ENDPOINT', withoutSlash);
  const webhookSecret = reader.optional('SEAM_WEBHOOK_SECRET', token('whsec_'));
  const acceptedProviders = reader.optional('SEAM_ACCEPTED_PROVIDERS', providers);
  const file = reader.required('DATABASE_URL', databaseFile);
  const key = reader.optional('ENCRYPTION_KEY', encryptionKey);
  const publicUrl = reader.optional('PUBLIC_URL', withoutSlash);
  const listenPort = reader.required('PORT', port);
  const level = reader.required('LOG_LEVEL', logLevel);
  checkWebhooks(reader);

  const incomplete =
    slack === null ||
    apiKey === null ||
    endpoint === null ||
    file === null ||
    listenPort === null ||
    level === null;
  if (incomplete || reader.faults.length > 0)
    throw new ConfigError(inOrder(reader.faults), nothingSet(reader));
  return {
    slack,
    seam: { apiKey, endpoint, acceptedProviders, webhookSecret },
    database: { kind: 'sqlite', file },
    encryptionKey: key,
    publicUrl,
    port: listenPort,
    logLevel: level,
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

/**
 * The text that an operator reads when the configuration has faults: each variable by name, what is wrong, how to get
 * it. It holds no configured value. When nothing was configured, it begins with the demo, which needs nothing.
 */
export function describeFaults(error: ConfigError): string {
  const demo =
    'To see Latchbolt at work without any account, run: npm run demo. It needs no settings at all.\n\n';
  const heading =
    error.faults.length === 1
      ? 'Latchbolt cannot start: one setting needs your attention.'
      : `Latchbolt cannot start: ${error.faults.length} settings need your attention.`;
  const list = error.faults.map(
    ({ variable, problem, howToGet }) => `  ${variable} ${problem}\n    ${howToGet}`,
  );
  const end = 'Set them in the environment, or in a file named .env in the folder that you start it from.';
  return `${error.nothingSet ? demo : ''}${heading}\n\n${list.join('\n\n')}\n\n${end}\n`;
}
