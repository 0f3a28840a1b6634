import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startBot } from '../../src/bot.ts';
import type { Config } from '../../src/config.ts';
import { createAsk } from '../../src/doctor/ask.ts';
import type { DiskFacts } from '../../src/doctor/disk.ts';
import { examine } from '../../src/doctor/examine.ts';
import { render } from '../../src/doctor/report.ts';
import { createLog } from '../../src/log.ts';
import { type LocalSeamOptions, startLocalSeam } from '../../src/sandbox/seam/server.ts';
import { type LocalSlackOptions, startLocalSlack } from '../../src/sandbox/slack/server.ts';
import { systemTime } from '../../src/time.ts';

const PLACE = { host: 'test', pid: process.pid, began: 0, lives: () => true };
/** An ext4 with 4 GB of room. */
const DISK: DiskFacts = { type: 0xef53, bsize: 4096, bavail: 1_048_576 };

/** A whole deployment on this machine, with nothing running yet. */
export interface Deployment {
  readonly config: Config;
  readonly folder: string;
  /** What Seam lists as its webhooks. */
  readonly hooks: unknown[];
  /** Starts the bot, at the configured port. */
  run(config?: Config): Promise<void>;
}

/** What may be other than usual. */
interface Kind {
  readonly slack?: Partial<LocalSlackOptions>;
  readonly seam?: LocalSeamOptions;
}

/** A deployment for one test, in Socket Mode and without webhooks unless its settings are changed. */
export async function deploy({ slack: slackOptions, seam: seamOptions }: Kind = {}): Promise<Deployment> {
  const folder = mkdtempSync(join(tmpdir(), 'latchbolt-doctor-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const slack = await startLocalSlack({ delivery: { mode: 'socket' }, ...slackOptions });
  onTestFinished(() => slack.close());
  const seam = await startLocalSeam({ sandbox: false, ...seamOptions });
  onTestFinished(() => seam.close());
  const hooks: unknown[] = [];
  const config: Config = {
    slack: { mode: 'socket', botToken: slack.botToken, appToken: slack.appToken, apiUrl: slack.apiUrl },
    seam: {
      apiKey: seam.apiKey,
      endpoint: await serve(withWebhooks(seam.url, hooks)),
      acceptedProviders: null,
      webhookSecret: null,
    },
    database: { file: join(folder, 'latchbolt.db') },
    encryptionKey: null,
    publicUrl: null,
    host: '127.0.0.1',
    port: await freePort(),
    metricsToken: null,
    logLevel: 'silent',
    allowGuests: false,
    unlocksPaused: false,
    historyDays: 365,
  };
  return {
    config,
    folder,
    hooks,
    async run(settings = config) {
      const log = createLog({ level: 'silent' });
      const bot = await startBot(settings, { time: systemTime, newId: randomUUID, log, place: PLACE });
      onTestFinished(() => bot.close());
      await bot.ready;
    },
  };
}

/** The same in HTTP mode. */
export function overHttp(config: Config, signingSecret: string): Config {
  const { botToken, apiUrl } = config.slack;
  return { ...config, slack: { mode: 'http', botToken, apiUrl, signingSecret } };
}

/** The same with webhooks, for which Seam's own list has an entry. */
export function withWebhook({ config, hooks }: Deployment): Config {
  const secret = `whsec_${randomBytes(24).toString('base64')}`;
  const publicUrl = `http://127.0.0.1:${config.port}`;
  hooks.push({ webhook_id: randomUUID(), url: `${publicUrl}/seam/webhooks`, event_types: ['*'], secret });
  return { ...config, publicUrl, seam: { ...config.seam, webhookSecret: secret } };
}

/** Serves on a port of its own until the test ends; gives its address. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The local Seam, and the list of webhooks that it does not play. */
function withWebhooks(seamUrl: string, hooks: readonly unknown[]): RequestListener {
  return async (request, response) => {
    const authorization = request.headers.authorization ?? '';
    const real = await fetch(new URL(request.url ?? '/', seamUrl), {
      method: request.method ?? 'GET',
      headers: { authorization },
    });
    const unknown = real.status === 404 && request.url === '/webhooks/list';
    response.writeHead(unknown ? 200 : real.status, { 'content-type': 'application/json' });
    response.end(unknown ? JSON.stringify({ webhooks: hooks, ok: true }) : await real.text());
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** What differs from how it is on the operator's machine. */
interface Circumstances {
  /** How far our clock is ahead, ms. */
  readonly aheadMs?: number;
  readonly disk?: Partial<DiskFacts>;
}

/** The doctor's whole report on these settings, with words for what is new each time. */
export async function reportOn(
  config: Config,
  { aheadMs = 0, disk = {} }: Circumstances = {},
): Promise<string> {
  const ask = createAsk({ now: () => Date.now() + aheadMs, elapsed: systemTime.elapsed });
  const findings = await examine(() => config, { ask, disk: async () => ({ ...DISK, ...disk }) });
  const report = render(findings);
  const secrets = [
    config.slack.botToken,
    config.slack.mode === 'socket' ? config.slack.appToken : config.slack.signingSecret,
    config.seam.apiKey,
    config.seam.webhookSecret,
    config.encryptionKey?.toString('base64') ?? null,
  ].filter((secret) => secret !== null);
  for (const secret of secrets) if (report.includes(secret)) throw new Error('a secret was printed');
  return plain(report, config);
}

/** The report with FOLDER, PORT and N where a test cannot know better. */
export function plain(report: string, { database, port }: Pick<Config, 'database' | 'port'>): string {
  const known = report.replaceAll(join(database.file, '..'), 'FOLDER').replaceAll(/\d+ ms/g, 'N ms');
  return port === 0 ? known : known.replaceAll(new RegExp(`\\b${port}\\b`, 'g'), 'PORT');
}
