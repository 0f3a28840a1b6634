/** The variables as an operator knows them, and what is said when they are wrong. */
import type { SafeToLog } from '../redact.ts';

/** The levels of `LOG_LEVEL`. */
export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

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

/** All of them, in the order in which the README and the messages name them. */
export const table = {
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
  METRICS_TOKEN: {
    required: 'no',
    default: null,
    secret: true,
    what: 'Turns on GET /metrics, for whoever sends it as Authorization: Bearer.',
    howToGet: 'Make one with: openssl rand -hex 32',
  },
  ALLOW_GUESTS: {
    required: 'no',
    default: '0',
    secret: false,
    what: 'Whether guests of the workspace may connect accounts and open their own doors.',
    howToGet: 'Set it to 1 to allow it, or leave it out.',
  },
  UNLOCKS_PAUSED: {
    required: 'no',
    default: '0',
    secret: false,
    what: 'The emergency stop: with 1, people still see their doors, but nothing is opened.',
    howToGet: 'Set it to 1 to stop all unlocks, or leave it out.',
  },
  HISTORY_DAYS: {
    required: 'no',
    default: '365',
    secret: false,
    what: 'How many days what happened at the doors is kept, before it is removed.',
    howToGet: 'A whole number from 1 to 3650.',
  },
  LOG_LEVEL: {
    required: 'no',
    default: 'info',
    secret: false,
    what: 'How much is written to the log.',
    howToGet: `One of ${logLevels.join(', ')}.`,
  },
} as const satisfies Record<string, Omit<Variable, 'name'>>;

export type Name = keyof typeof table;

/** The same as a list, for the README to be held against. */
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
