/** The whole house with the bot in a process of its own, and ears on everything that it says. */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { startWorld, type World } from '../../support/world.ts';
import { startBot, talkative, type WatchedBot } from '../edge/bot.ts';
import { type Exchange, startTap, type Tap } from '../edge/tap.ts';
import type { Canaries } from './canaries.ts';
import type { Ledger } from './ledger.ts';

/** What the proof does with it. */
export interface WatchedWorld {
  readonly world: World;
  readonly bot: WatchedBot;
  /** The bot's own settings. */
  readonly env: Record<string, string>;
  /** Ends the bot so, looks at its files, and starts it again. */
  restart(signal: NodeJS.Signals): Promise<number | string>;
  /** Ends everything; resolves to the exit code of the bot. */
  close(): Promise<number | string>;
}

const accessCode = z.object({ code: z.string().nullish() });
const seamAnswer = z.object({
  client_session: z.object({ token: z.string() }).optional(),
  client_sessions: z.array(z.object({ token: z.string() })).optional(),
  connect_webview: z.object({ url: z.url() }).optional(),
  access_code: accessCode.optional(),
  access_codes: z.array(accessCode).optional(),
});
const ticketAnswer = z.object({ url: z.string() });
const uploadAnswer = z.object({ upload_url: z.string() });
const payload = z.object({ response_url: z.string().optional() });

/** Starts it. In Socket Mode the key is in a key file, in HTTP mode in the settings. */
export async function watchWorld(
  mode: 'http' | 'socket',
  canaries: Canaries,
  ledger: Ledger,
): Promise<WatchedWorld> {
  const world = await startWorld({ mode, workflow: true });
  const { house } = world;
  const { config } = house;
  await house.bot.close();
  const seam = await startTap(() => config.seam.endpoint, { heard: learnFromSeam(canaries) });
  const slack = await startTap(() => house.slack.url, { heard: learnFromSlack(canaries) });
  // Answers and files are sent only where Slack's other calls go.
  house.slack.setPublicUrl(slack.url);
  // What Slack and Seam send passes this one; all that the bot's server answers is noted.
  const front = await startTap(() => `http://127.0.0.1:${bot.port}`, {
    heard({ asked, headers, answered }) {
      learnFromDelivery(canaries, asked);
      ledger.note('answers of the server', Buffer.concat([Buffer.from(`${headers}\n`), answered]));
    },
  });
  const env = {
    ...talkative(config),
    SLACK_API_URL: `${slack.url}/api/`,
    SEAM_ENDPOINT: seam.url,
    ...(mode === 'socket' && { ENCRYPTION_KEY: '' }),
  };
  const start = () => startBot(env, (text) => ledger.note('output', text));
  let bot = await start();
  house.slack.setDeliveryUrl(`${front.url}/slack/events`);
  const { webhookSecret } = config.seam;
  if (webhookSecret !== null)
    house.seam.setWebhook({ url: `${front.url}/seam/webhooks`, secret: webhookSecret });
  learnFromSettings(canaries, env, config.database.file);
  const folder = dirname(config.database.file);
  const end = async (signal: NodeJS.Signals): Promise<number | string> => {
    ledger.noteFiles(folder);
    const how = await bot.stop(signal);
    ledger.noteFiles(folder);
    return how;
  };
  return {
    world,
    get bot() {
      return bot;
    },
    env,
    async restart(signal) {
      const how = await end(signal);
      bot = await start();
      return how;
    },
    async close() {
      const how = await end('SIGTERM');
      await Promise.all([seam, slack, front].map((tap: Tap) => tap.close()));
      await world.close();
      return how;
    },
  };
}

/** Names of settings that are secret; a secret is looked for whole, and without the prefix that anybody knows. */
const SECRETS = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SEAM_API_KEY',
  'SEAM_WEBHOOK_SECRET',
];

function learnFromSettings(canaries: Canaries, env: Record<string, string>, databaseFile: string): void {
  for (const name of SECRETS) {
    const value = env[name] ?? '';
    canaries.add(name, value);
    canaries.add(
      `${name} without its prefix`,
      value.replace(/^(?:xox.-local-|xapp-local-|seam_[a-z]+1_|whsec_)/, ''),
    );
  }
  const key = env.ENCRYPTION_KEY ?? '';
  canaries.add(
    'ENCRYPTION_KEY',
    key === '' ? readFileSync(`${databaseFile}.key`) : Buffer.from(key, 'base64'),
  );
}

function learnFromSeam(canaries: Canaries) {
  return ({ answered }: Exchange): void => {
    const answer = seamAnswer.safeParse(parsed(answered.toString()));
    if (!answer.success) return;
    const {
      client_session,
      client_sessions = [],
      connect_webview,
      access_code,
      access_codes = [],
    } = answer.data;
    for (const { code } of [...(access_code === undefined ? [] : [access_code]), ...access_codes]) {
      if (code != null && code !== '') canaries.addPin(code);
    }
    for (const { token } of [...(client_session === undefined ? [] : [client_session]), ...client_sessions]) {
      canaries.add('a client session token', token);
    }
    if (connect_webview === undefined) return;
    canaries.add('a connect link', connect_webview.url);
    const parts = new URL(connect_webview.url).searchParams;
    for (const [name, value] of parts)
      if (name !== 'connect_webview_id') canaries.add(`${name} of a connect link`, value);
  };
}

function learnFromSlack(canaries: Canaries) {
  return ({ path, answered }: Exchange): void => {
    const said = parsed(answered.toString());
    const ticket = path === '/api/apps.connections.open' ? ticketAnswer.safeParse(said).data : undefined;
    if (ticket !== undefined)
      canaries.add('a Socket Mode ticket', new URL(ticket.url).searchParams.get('ticket') ?? '');
    const upload = path === '/api/files.getUploadURLExternal' ? uploadAnswer.safeParse(said).data : undefined;
    if (upload !== undefined)
      canaries.add(
        'the secret of an upload address',
        upload.upload_url.slice(upload.upload_url.lastIndexOf('/') + 1),
      );
  };
}

/** A form as Slack sends it. */
function learnFromDelivery(canaries: Canaries, asked: Buffer): void {
  const form = new URLSearchParams(asked.toString());
  const inside = payload.safeParse(parsed(form.get('payload') ?? ''));
  learnResponseUrl(
    canaries,
    form.get('response_url') ?? (inside.success ? inside.data.response_url : undefined),
  );
}

const stepBody = z.object({
  event: z.object({
    bot_access_token: z.string(),
    inputs: z.object({ user_context: z.object({ secret: z.string() }) }),
  }),
});

/** What comes along with a step of a workflow. */
export function learnStep(canaries: Canaries, body: unknown): void {
  const { bot_access_token: token, inputs } = stepBody.parse(body).event;
  canaries.add('the token of a step', token);
  canaries.add('the secret of a step', inputs.user_context.secret);
}

/** An address for answers, and the part of it that is secret. */
export function learnResponseUrl(canaries: Canaries, url: unknown): void {
  if (typeof url !== 'string' || url === '') return;
  canaries.add('a response_url', url);
  canaries.add('the secret of a response_url', url.slice(url.lastIndexOf('/') + 1));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
