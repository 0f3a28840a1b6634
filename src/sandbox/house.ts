import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bot, startBot } from '../bot.ts';
import type { Config } from '../config.ts';
import { createLog, type Log } from '../log.ts';
import type { Place } from '../runs.ts';
import { systemTime, type Time } from '../time.ts';
import { sandboxPages } from './pages.ts';
import { type LocalSeam, startLocalSeam } from './seam/server.ts';
import { type LocalSlack, startLocalSlack } from './slack/server.ts';

/** Bots of one house share a process, so that none of them is told dead by its number. */
const PLACE: Place = { host: 'sandbox', pid: process.pid, began: 0, lives: () => true };

/** How the whole of it is set up; what is left out is as in the demo. */
export interface HouseOptions {
  readonly mode?: 'socket' | 'http';
  /** The port of the page; any free one when it is left out. */
  readonly port?: number;
  /** Whether the local Seam tells by webhook; otherwise the bot asks. */
  readonly webhooks?: boolean;
  readonly time?: Time;
  readonly log?: Log;
  readonly acceptedProviders?: readonly string[];
  readonly allowGuests?: boolean;
  readonly unlocksPaused?: boolean;
  /** Whether the app is installed from `manifest.workflow.yml`, with the step of Workflow Builder. */
  readonly workflow?: boolean;
  /** For who may read `/metrics`; there are none without it. */
  readonly metricsToken?: string;
  /** Where the bot's data is kept; a temporary folder that goes with it when this is left out. */
  readonly folder?: string;
}

/** The local Slack, the local Seam and the bot between them. */
export interface House {
  readonly slack: LocalSlack;
  readonly seam: LocalSeam;
  /** The bot's settings: start another with them, and it finds what the first one left. */
  readonly config: Config;
  readonly bot: Bot;
  /** Starts the bot again after it was closed. */
  restart(): Promise<Bot>;
  close(): Promise<void>;
}

/** Starts everything on this machine: nothing outside of it is spoken to, and its data goes when it is closed. */
export async function startHouse(options: HouseOptions = {}): Promise<House> {
  const time = options.time ?? systemTime;
  const log = options.log ?? createLog({ level: 'silent' });
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'latchbolt-')));
  const mode = options.mode ?? 'socket';
  const seam = await startLocalSeam({ clock: time.now });
  const slack = await startLocalSlack({
    port: options.port ?? 0,
    clock: time.now,
    delivery: mode === 'socket' ? { mode } : { mode, signingSecret: randomBytes(16).toString('hex') },
    pages: sandboxPages({ seamUrl: seam.url }),
    workflow: options.workflow ?? false,
  });
  const webhookSecret = options.webhooks === false ? null : `whsec_${randomBytes(24).toString('base64')}`;
  const config: Config = {
    slack:
      mode === 'socket'
        ? { mode, botToken: slack.botToken, appToken: slack.appToken, apiUrl: slack.apiUrl }
        : { mode, botToken: slack.botToken, signingSecret: slack.signingSecret, apiUrl: slack.apiUrl },
    seam: {
      apiKey: seam.apiKey,
      endpoint: seam.url,
      acceptedProviders: options.acceptedProviders ?? null,
      webhookSecret,
    },
    database: { file: join(folder, 'latchbolt.db') },
    encryptionKey: randomBytes(32),
    publicUrl: null,
    host: '127.0.0.1',
    port: 0,
    metricsToken: options.metricsToken ?? null,
    logLevel: 'info',
    allowGuests: options.allowGuests ?? false,
    unlocksPaused: options.unlocksPaused ?? false,
    historyDays: 365,
  };
  const start = async (): Promise<Bot> => {
    const bot = await startBot(config, { time, newId: randomUUID, log, place: PLACE });
    await bot.ready;
    const url = `http://127.0.0.1:${bot.port}`;
    slack.setDeliveryUrl(`${url}/slack/events`);
    seam.setWebhook(webhookSecret === null ? null : { url: `${url}/seam/webhooks`, secret: webhookSecret });
    return bot;
  };
  let bot = await start();
  return {
    slack,
    seam,
    config,
    get bot() {
      return bot;
    },
    async restart() {
      bot = await start();
      return bot;
    },
    async close() {
      await bot.close();
      await slack.close();
      await seam.close();
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
