import { describe, expect, it } from 'vitest';
import { ConfigError, describeFaults, variables } from '../src/config/variables.ts';
import { readConfig } from '../src/config.ts';

const SECRET = 'CANARY5e77';
const noFiles = { dotEnv: null };

/** The least that makes a good configuration: Socket Mode, everything else by default. */
const least = {
  SLACK_BOT_TOKEN: `xoxb-1-${SECRET}`,
  SLACK_APP_TOKEN: `xapp-1-${SECRET}`,
  SEAM_API_KEY: `seam_${SECRET}`,
};

type Env = Record<string, string | undefined>;

function faultsOf(env: Env, dotEnv: string | null = null): ConfigError {
  try {
    readConfig(env, { dotEnv });
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('no fault was found');
}

/** The problem of the only fault, which must be that variable's. */
function onlyProblem(env: Env, variable: string): string {
  const { faults } = faultsOf(env);
  expect(faults.map((fault) => fault.variable)).toEqual([variable]);
  return faults[0]?.problem ?? '';
}

describe('readConfig', () => {
  it('needs three variables and fills in the rest', () => {
    expect(readConfig(least, noFiles)).toEqual({
      slack: {
        mode: 'socket',
        botToken: least.SLACK_BOT_TOKEN,
        appToken: least.SLACK_APP_TOKEN,
        apiUrl: 'https://slack.com/api/',
      },
      seam: {
        apiKey: least.SEAM_API_KEY,
        endpoint: 'https://connect.getseam.com',
        acceptedProviders: null,
        webhookSecret: null,
      },
      database: { file: './latchbolt.db' },
      encryptionKey: null,
      publicUrl: null,
      host: null,
      port: 3000,
      metricsToken: null,
      logLevel: 'info',
      allowGuests: false,
      unlocksPaused: false,
      historyDays: 365,
    });
  });

  it('reads every variable', () => {
    const env: Env = {
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: 'f00d',
      SLACK_API_URL: 'http://127.0.0.1:4000/api',
      SEAM_API_KEY: 'seam_test_1',
      SEAM_ENDPOINT: 'http://localhost:4001/',
      SEAM_WEBHOOK_SECRET: 'whsec_abc=',
      SEAM_ACCEPTED_PROVIDERS: ' august, YALE,august ',
      DATABASE_URL: 'file:///var/lib/latchbolt/doors.db',
      ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
      PUBLIC_URL: 'https://locks.example.com/',
      PORT: '0',
      METRICS_TOKEN: '0123456789abcdef',
      LOG_LEVEL: 'WARN',
      ALLOW_GUESTS: '1',
      UNLOCKS_PAUSED: '1',
      HISTORY_DAYS: '30',
    };
    expect(readConfig(env, noFiles)).toEqual({
      slack: {
        mode: 'http',
        botToken: 'xoxb-1',
        signingSecret: 'f00d',
        apiUrl: 'http://127.0.0.1:4000/api/',
      },
      seam: {
        apiKey: 'seam_test_1',
        endpoint: 'http://localhost:4001',
        acceptedProviders: ['august', 'yale'],
        webhookSecret: 'whsec_abc=',
      },
      database: { file: '/var/lib/latchbolt/doors.db' },
      encryptionKey: Buffer.alloc(32, 7),
      publicUrl: 'https://locks.example.com',
      host: null,
      port: 0,
      metricsToken: '0123456789abcdef',
      logLevel: 'warn',
      allowGuests: true,
      unlocksPaused: true,
      historyDays: 30,
    });
  });

  it('chooses Socket Mode where both ways are set', () => {
    expect(readConfig({ ...least, SLACK_SIGNING_SECRET: 'f00d' }, noFiles).slack.mode).toBe('socket');
  });

  it('takes an empty value, or one of spaces, as not set, and drops spaces around a value', () => {
    const config = readConfig({ ...least, SLACK_APP_TOKEN: ' xapp-1\n', PORT: '', LOG_LEVEL: '  ' }, noFiles);
    expect(config).toMatchObject({ slack: { appToken: 'xapp-1' }, port: 3000, logLevel: 'info' });
    expect(onlyProblem({ ...least, SEAM_API_KEY: ' ' }, 'SEAM_API_KEY')).toBe('is not set.');
  });

  it('reads the text of an .env file, over which the environment wins', () => {
    const dotEnv = [
      '# ours',
      `SLACK_BOT_TOKEN="${least.SLACK_BOT_TOKEN}"`,
      `SLACK_APP_TOKEN=${least.SLACK_APP_TOKEN}`,
      `SEAM_API_KEY=${least.SEAM_API_KEY}`,
      'PORT=4000',
      'LOG_LEVEL=debug',
    ].join('\n');
    const config = readConfig({ PORT: '5000', LOG_LEVEL: '' }, { dotEnv });
    expect(config).toMatchObject({
      slack: { botToken: least.SLACK_BOT_TOKEN },
      port: 5000,
      logLevel: 'debug',
    });
  });

  it.each([
    ['SLACK_BOT_TOKEN', SECRET, 'does not begin with xoxb-.'],
    ['SLACK_BOT_TOKEN', 'xoxb-', 'has nothing after xoxb-.'],
    ['SLACK_BOT_TOKEN', `xoxb-1 ${SECRET}`, 'has a space or a line break in it.'],
    ['SLACK_BOT_TOKEN', `xoxp-${SECRET}`, "holds a person's user token."],
    [
      'SLACK_BOT_TOKEN',
      `xoxe.xoxb-${SECRET}`,
      'holds a rotating token; turn token rotation off for this app.',
    ],
    ['SLACK_BOT_TOKEN', `xapp-${SECRET}`, 'holds an app-level token; it belongs in SLACK_APP_TOKEN.'],
    ['SLACK_APP_TOKEN', `xoxb-${SECRET}`, 'holds a bot token; it belongs in SLACK_BOT_TOKEN.'],
    ['SLACK_APP_TOKEN', SECRET, 'does not begin with xapp-.'],
    ['SLACK_API_URL', 'slack.com/api', 'is not a web address that begins with https://.'],
    ['SLACK_API_URL', 'ftp://slack.com/', 'is not a web address that begins with https://.'],
    ['SLACK_API_URL', 'http://slack.com/api/', 'begins with http://'],
    ['SLACK_API_URL', 'http://127.0.0.1.example.org/', 'begins with http://'],
    ['SLACK_API_URL', `https://a:${SECRET}@slack.com/`, 'must not hold a user name or a password.'],
    ['SEAM_API_KEY', SECRET, 'does not begin with seam_.'],
    ['SEAM_API_KEY', `seam_cst1${SECRET}`, 'holds a client session token, not an API key.'],
    ['SEAM_API_KEY', `seam_at1${SECRET}`, 'holds a personal access token, not an API key.'],
    ['SEAM_ENDPOINT', 'http://connect.getseam.com', 'begins with http://'],
    ['SEAM_ENDPOINT', `https://connect.getseam.com/?key=${SECRET}`, 'must not hold a ? or a #.'],
    ['SEAM_ACCEPTED_PROVIDERS', 'august;yale', 'is not a list'],
    ['SEAM_ACCEPTED_PROVIDERS', 'august,,yale', 'is not a list'],
    [
      'DATABASE_URL',
      `postgres://me:${SECRET}@db/x`,
      'names a PostgreSQL database, which is not supported yet.',
    ],
    ['DATABASE_URL', `postgresql://me:${SECRET}@db/x`, 'names a PostgreSQL database'],
    ['DATABASE_URL', './latchbolt.db', 'does not begin with file:.'],
    ['DATABASE_URL', 'file:', 'names no file.'],
    ['DATABASE_URL', 'file:///', 'names no file.'],
    ['DATABASE_URL', 'file://server/share.db', 'names another computer.'],
    ['DATABASE_URL', 'file:a.db?mode=memory', 'must not hold'],
    ['DATABASE_URL', 'file:///a%2Fb.db', 'must not hold'],
    ['DATABASE_URL', 'file::memory:', 'would keep the journal in memory only'],
    ['ENCRYPTION_KEY', SECRET, 'is not 32 bytes in base64.'],
    ['ENCRYPTION_KEY', Buffer.alloc(31).toString('base64'), 'is not 32 bytes in base64.'],
    ['ENCRYPTION_KEY', `${Buffer.alloc(32).toString('base64')}!`, 'is not 32 bytes in base64.'],
    ['PORT', '65536', 'is not a number from 0 to 65535.'],
    ['PORT', '-1', 'is not a number'],
    ['PORT', '3e3', 'is not a number'],
    ['METRICS_TOKEN', SECRET, 'has fewer than 16 characters.'],
    ['METRICS_TOKEN', `${SECRET} ${SECRET}`, 'has a space or a line break in it.'],
    ['METRICS_TOKEN', `${SECRET}-${SECRET}-é`, 'has a character that no request can carry'],
    ['METRICS_TOKEN', `xoxb-1-${SECRET}`, 'holds a bot token; it belongs in SLACK_BOT_TOKEN.'],
    ['ALLOW_GUESTS', 'yes', 'is neither 1 nor 0.'],
    ['UNLOCKS_PAUSED', 'true', 'is neither 1 nor 0.'],
    ['HISTORY_DAYS', '0', 'is not a whole number from 1 to 3650.'],
    ['HISTORY_DAYS', '3651', 'is not a whole number from 1 to 3650.'],
    ['HISTORY_DAYS', '1.5', 'is not a whole number'],
    ['HISTORY_DAYS', 'forever', 'is not a whole number'],
    ['LOG_LEVEL', 'loud', 'is not a level of the log.'],
  ])('refuses %s=%s', (name, value, problem) => {
    expect(onlyProblem({ ...least, [name]: value }, name)).toContain(problem);
  });

  it.each(['http://127.0.0.1:1', 'http://localhost', 'http://[::1]:9', 'https://example.org'])(
    'takes %s as a base',
    (url) => {
      const config = readConfig({ ...least, SLACK_API_URL: url, SEAM_ENDPOINT: `${url}/` }, noFiles);
      expect(config.slack.apiUrl).toBe(`${url}/`);
      expect(config.seam.endpoint).toBe(url);
    },
  );

  it('refuses a token or a space in place of the signing secret', () => {
    const http = { ...least, SLACK_APP_TOKEN: undefined };
    const name = 'SLACK_SIGNING_SECRET';
    expect(onlyProblem({ ...http, [name]: `xoxb-${SECRET}` }, name)).toContain('belongs in SLACK_BOT_TOKEN');
    expect(onlyProblem({ ...http, [name]: `a ${SECRET}` }, name)).toContain('has a space');
  });

  it('wants a webhook secret and a public address together', () => {
    const secret = { SEAM_WEBHOOK_SECRET: `whsec_${SECRET}` };
    const url = { PUBLIC_URL: 'https://locks.example.com' };
    expect(onlyProblem({ ...least, ...secret }, 'PUBLIC_URL')).toContain('webhooks need both, or neither');
    expect(onlyProblem({ ...least, ...url }, 'SEAM_WEBHOOK_SECRET')).toContain(
      'webhooks need both, or neither',
    );
    expect(
      onlyProblem({ ...least, ...secret, PUBLIC_URL: 'http://locks.example.com' }, 'PUBLIC_URL'),
    ).toContain('begins with http://');
    expect(readConfig({ ...least, ...secret, PUBLIC_URL: 'http://localhost:3000' }, noFiles).publicUrl).toBe(
      'http://localhost:3000',
    );
  });

  it('takes either way to reach Slack, and names both when there is none', () => {
    const { faults } = faultsOf({ SLACK_BOT_TOKEN: 'xoxb-1', SEAM_API_KEY: 'seam_1' });
    expect(faults.map((fault) => fault.variable)).toEqual(['SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET']);
    expect(faultsOf({ ...least, SLACK_APP_TOKEN: 'bad' }).faults).toHaveLength(1);
  });

  it('reports all faults at once, in the order of the table', () => {
    const bad = Object.fromEntries(variables.map(({ name }) => [name, `?${SECRET}?`]));
    const names = variables.map(({ name }) => name).filter((name) => name !== 'SLACK_SIGNING_SECRET');
    expect(faultsOf(bad).faults.map((fault) => fault.variable)).toEqual(names);
    const { SLACK_APP_TOKEN: _, ...http } = bad;
    const fewer = faultsOf({ ...http, SLACK_SIGNING_SECRET: 'a b' }).faults.map((fault) => fault.variable);
    expect(fewer).toContain('SLACK_SIGNING_SECRET');
  });

  it('never repeats a value, in any part of the error', () => {
    for (const prefix of [
      '',
      'xoxb- ',
      'xoxp-',
      'seam_pk',
      'whsec_ ',
      'https://a:b@c/',
      'postgres://',
      'file:?',
    ]) {
      const error = faultsOf(Object.fromEntries(variables.map(({ name }) => [name, prefix + SECRET])));
      const all = `${JSON.stringify(error)}${error.stack}${describeFaults(error)}`;
      expect(all).not.toContain(SECRET);
    }
  });
});

describe('describeFaults', () => {
  it('names the demo first when nothing is configured, then every variable that is missing', () => {
    const text = describeFaults(faultsOf({ PATH: '/usr/bin', PORT: '3000' }));
    expect(text).toMatchInlineSnapshot(`
      "To see Latchbolt at work without any account, run: npm run demo. It needs no settings at all.

      Latchbolt cannot start: 4 settings need your attention.

        SLACK_BOT_TOKEN is not set.
          api.slack.com/apps → your app → OAuth & Permissions → Bot User OAuth Token (begins with xoxb-).

        SLACK_APP_TOKEN is not set. Set it, or SLACK_SIGNING_SECRET; with this one the bot needs no public address.
          api.slack.com/apps → your app → Basic Information → App-Level Tokens → Generate Token, with the scope connections:write (begins with xapp-).

        SLACK_SIGNING_SECRET is not set. It is needed only where SLACK_APP_TOKEN is left out.
          api.slack.com/apps → your app → Basic Information → App Credentials → Signing Secret.

        SEAM_API_KEY is not set.
          console.seam.co → Developer → API Keys → Add API Key (begins with seam_).

      Set them in the environment, or in a file named .env in the folder that you start it from.
      "
    `);
  });

  it('leaves the demo out once something is configured', () => {
    const text = describeFaults(faultsOf({ ...least, PORT: 'x' }));
    expect(text).not.toContain('npm run demo');
    expect(text).toContain('one setting needs your attention');
    expect(text).toContain('PORT is not a number from 0 to 65535.');
  });
});

describe('variables', () => {
  it('tells of each variable what it is for and how to get it', () => {
    expect(variables.map(({ name }) => name)).toEqual([
      'SLACK_BOT_TOKEN',
      'SLACK_APP_TOKEN',
      'SLACK_SIGNING_SECRET',
      'SLACK_API_URL',
      'SEAM_API_KEY',
      'SEAM_ENDPOINT',
      'SEAM_WEBHOOK_SECRET',
      'SEAM_ACCEPTED_PROVIDERS',
      'DATABASE_URL',
      'ENCRYPTION_KEY',
      'PUBLIC_URL',
      'PORT',
      'METRICS_TOKEN',
      'ALLOW_GUESTS',
      'UNLOCKS_PAUSED',
      'HISTORY_DAYS',
      'LOG_LEVEL',
    ]);
    for (const variable of variables) {
      expect(variable.howToGet).not.toBe('');
      expect(variable.required === 'no' || variable.default === null).toBe(true);
    }
  });
});
