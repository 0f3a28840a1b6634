/** Starts that go wrong, with a secret in every place in which an operator could put it by mistake. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { endingOf, type Heard } from '../edge/bot.ts';
import type { WatchedWorld } from './watched-world.ts';

/** The longest that a start may take to fail, ms: Slack or Seam that hang are waited for. */
const LONGEST_MS = 40_000;

type Env = Record<string, string>;

/** Settings in which each is wrong in its own way. */
function wrongSettings(env: Env, folder: string): Env[] {
  const secrets = [
    'SLACK_BOT_TOKEN',
    'SLACK_SIGNING_SECRET',
    'SEAM_API_KEY',
    'SEAM_WEBHOOK_SECRET',
    'ENCRYPTION_KEY',
  ];
  const swapped = Object.keys(env)
    .filter((name) => !['PORT', 'PATH'].includes(name))
    .flatMap((name) => secrets.map((other) => ({ ...env, [name]: `${env[other]}` })))
    .filter((one) => JSON.stringify(one) !== JSON.stringify(env));
  const { SEAM_API_KEY: key = '', SLACK_BOT_TOKEN: token = '' } = env;
  const noDatabase = join(folder, 'no-database.db');
  writeFileSync(noDatabase, `not a database ${'x'.repeat(5_000)}`);
  mkdirSync(join(folder, 'folder.db'), { recursive: true });
  return [
    ...swapped,
    { ...env, PORT: key },
    { ...env, PORT: '1' },
    { ...env, SEAM_API_KEY: `${key} ${token}` },
    { ...env, SEAM_API_KEY: `${key}x` },
    { ...env, SLACK_BOT_TOKEN: `${token}x` },
    { ...env, SLACK_API_URL: `https://user:${token}@127.0.0.1:1/` },
    { ...env, SLACK_API_URL: `http://127.0.0.1:1/?token=${token}` },
    { ...env, SLACK_API_URL: 'http://127.0.0.1:1/' },
    { ...env, SEAM_ENDPOINT: `https://127.0.0.1:1/${encodeURIComponent(key)}?key=${key}` },
    { ...env, DATABASE_URL: `postgres://latchbolt:${key}@127.0.0.1/db` },
    { ...env, DATABASE_URL: `file:${noDatabase}` },
    { ...env, DATABASE_URL: `file:${join(folder, 'folder.db')}` },
    { ...env, DATABASE_URL: `file:${join(folder, 'nowhere', 'latchbolt.db')}` },
    { ...env, PUBLIC_URL: `https://user:${key}@example.com` },
  ];
}

/** Lets the bot start with each, and hears what it says; resolves to how many there were, and how many started. */
export async function badStarts(
  { world, env }: WatchedWorld,
  heard: Heard,
): Promise<{ tried: number; started: number }> {
  const { slack, seam, house } = world;
  const folder = join(dirname(house.config.database.file), 'bad');
  mkdirSync(folder, { recursive: true });
  const own = { ...env, DATABASE_URL: `file:${join(folder, 'latchbolt.db')}` };
  const { SLACK_BOT_TOKEN: token = '', SEAM_API_KEY: key = '' } = env;
  let started = 0;
  const listen: Heard = (text, from) => {
    if (text.includes('Latchbolt is ready')) started += 1;
    heard(text, from);
  };
  const settings = wrongSettings(own, folder);
  for (let at = 0; at < settings.length; at += 3) {
    await Promise.all(settings.slice(at, at + 3).map((one) => endingOf(one, listen, 5_000)));
  }
  const page = `<html>no: ${token} ${key}</html>`;
  const slackFaults = [
    { at: 'auth.test', do: 'status', status: 500, body: page },
    { at: 'auth.test', do: 'truncate' },
    { at: 'auth.test', do: 'reset' },
    { at: 'auth.test', do: 'error', error: token },
  ] as const;
  for (const fault of slackFaults) {
    await slack.faults([fault]);
    await endingOf(own, listen, LONGEST_MS);
  }
  await slack.faults([]);
  const seamFaults = [
    { at: '/workspaces/get', do: 'status', status: 401, body: page },
    {
      at: '/workspaces/get',
      do: 'status',
      status: 401,
      body: JSON.stringify({ error: { type: key, message: key } }),
    },
  ] as const;
  for (const fault of seamFaults) {
    await seam.faults([fault]);
    await endingOf(own, listen, 5_000);
  }
  await seam.faults([]);
  return { tried: settings.length + slackFaults.length + seamFaults.length, started };
}
