/** The variables as an operator knows them, and what is said when they are wrong. */
import type { SafeToLog } from '../redact.ts';

/** The levels of `LOG_LEVEL`. */
export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
/** One of them. */
export type LogLevel = (typeof logLevels)[number];

/** One environment variable as an operator knows it. The README's table is held against this. */
export interface Variable {
  readonly name: string;
  /** When it has to be set: in `http mode` means where SLACK_APP_TOKEN is not set. */
  readonly required: 'always' | 'socket mode' | 'http mode' | 'no';
  /** What counts when it is not set; null where there is nothing to fall back on. */
  readonly default: string | null;
  /** Completes what is said of a fault. */
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
    howToGet:
      'api.slack.com/apps → your app → OAuth & Permissions → Bot User OAuth Token (begins with xoxb-).',
  },
  SLACK_APP_TOKEN: {
    required: 'socket mode',
    default: null,
    howToGet:
      'api.slack.com/apps → your app → Basic Information → App-Level Tokens → Generate Token, with the scope connections:write (begins with xapp-).',
  },
  SLACK_SIGNING_SECRET: {
    required: 'http mode',
    default: null,
    howToGet: 'api.slack.com/apps → your app → Basic Information → App Credentials → Signing Secret.',
  },
  SLACK_API_URL: {
    required: 'no',
    default: 'https://slack.com/api/',
    howToGet: 'Leave it out, unless you run against a local Slack.',
  },
  SEAM_API_KEY: {
    required: 'always',
    default: null,
    howToGet: 'console.seam.co → Developer → API Keys → Add API Key (begins with seam_).',
  },
  SEAM_ENDPOINT: {
    required: 'no',
    default: 'https://connect.getseam.com',
    howToGet: 'Leave it out, unless you run against a local Seam.',
  },
  SEAM_WEBHOOK_SECRET: {
    required: 'no',
    default: null,
    howToGet: 'console.seam.co → Developer → Webhooks → your webhook → Signing Secret (begins with whsec_).',
  },
  SEAM_ACCEPTED_PROVIDERS: {
    required: 'no',
    default: null,
    howToGet: "Use Seam's names of the brands, for example august,yale,schlage.",
  },
  DATABASE_URL: {
    required: 'no',
    default: 'file:./latchbolt.db',
    howToGet: 'Write file: and the path, for example file:/var/lib/latchbolt/latchbolt.db.',
  },
  ENCRYPTION_KEY: {
    required: 'no',
    default: null,
    howToGet: 'Make one with: openssl rand -base64 32',
  },
  PUBLIC_URL: {
    required: 'no',
    default: null,
    howToGet:
      'The https address that your proxy or hosting gives the bot, for example https://locks.example.com.',
  },
  PORT: {
    required: 'no',
    default: '3000',
    howToGet: 'Any free port from 1 to 65535; 0 lets the system choose one.',
  },
  METRICS_TOKEN: {
    required: 'no',
    default: null,
    howToGet: 'Make one with: openssl rand -hex 32',
  },
  ALLOW_GUESTS: {
    required: 'no',
    default: '0',
    howToGet: 'Set it to 1 to allow it, or leave it out.',
  },
  UNLOCKS_PAUSED: {
    required: 'no',
    default: '0',
    howToGet: 'Set it to 1 to stop all unlocks, or leave it out.',
  },
  HISTORY_DAYS: {
    required: 'no',
    default: '365',
    howToGet: 'A whole number from 1 to 3650.',
  },
  LOG_LEVEL: {
    required: 'no',
    default: 'info',
    howToGet: `One of ${logLevels.join(', ')}.`,
  },
} as const satisfies Record<string, Omit<Variable, 'name'>>;

/** The name of a variable that is read. */
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
