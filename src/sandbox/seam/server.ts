import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Api } from './api/dispatch.ts';
import { asset } from './assets.ts';
import { Calls } from './calls.ts';
import { Clock } from './clock.ts';
import { connectPage } from './connect/page.ts';
import { DriveApi } from './drive-api.ts';
import { Faults } from './faults.ts';
import { json, Refusal, send } from './http.ts';
import { Limits } from './limits.ts';
import { type Webhook, Webhooks } from './webhooks.ts';
import { World } from './world.ts';

export interface LocalSeamOptions {
  /** 0 or absent: any free one. It is bound to 127.0.0.1 only. */
  port?: number;
  /** Milliseconds; `Date.now` by default. What takes a while still takes real time; `/drive/clock` shortens it. */
  clock?: () => number;
  /** Whether the workspace is a sandbox; true by default. */
  sandbox?: boolean;
  /** Where events are delivered; `setWebhook` changes it later. */
  webhook?: Webhook;
}

/** A local server that plays Seam. */
export interface LocalSeam {
  /** What the app gets as `SEAM_ENDPOINT`. */
  url: string;
  apiKey: string;
  setWebhook(webhook: Webhook | null): void;
  close(): Promise<void>;
}

/**
 * Starts a local server that plays Seam Connect for the demo, the tests and the benchmark: its API, the page where
 * a person signs in to a brand, signed webhooks, and the drive API of `drive.ts`.
 */
export async function startLocalSeam(options: LocalSeamOptions = {}): Promise<LocalSeam> {
  const clock = new Clock(options.clock ?? Date.now);
  const world = new World(clock, options.sandbox ?? true);
  const webhooks = new Webhooks(clock);
  webhooks.set(options.webhook ?? null);
  world.onEvent((event) => webhooks.send(event));

  const apiKey = `seam_${world.workspace.sandbox ? 'test' : 'live'}1_${randomBytes(18).toString('hex')}`;
  const faults = new Faults();
  const calls = new Calls();
  const api = new Api(world, new Limits(clock), apiKey, faults, calls);
  const drive = new DriveApi(world, faults, calls);

  const server = createServer((req, res) => {
    handle(world, api, drive, req, res).catch((error: unknown) => fail(res, error));
  });
  world.url = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;
  return {
    url: world.url,
    apiKey,
    setWebhook: (webhook) => webhooks.set(webhook),
    close: () => {
      clock.stop();
      webhooks.close();
      return close(server);
    },
  };
}

async function handle(
  world: World,
  api: Api,
  drive: DriveApi,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  // A page of another site could reach us under its own name (DNS rebinding); ours are the only ones answered.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(req.headers.host ?? '')) {
    return send(
      res,
      json(421, { error: { type: 'misdirected_request', message: 'Not a name of this server' } }),
    );
  }
  const url = new URL(req.url ?? '/', world.url);
  if (url.pathname.startsWith('/drive/')) return drive.handle(req, res, url);
  if (url.pathname === '/connect_webviews/view') return connectPage(world, req, res, url);
  const picture = req.method === 'GET' ? asset(url.pathname) : null;
  return picture ? send(res, picture) : api.handle(req, res, url);
}

function fail(res: ServerResponse, error: unknown): void {
  if (error instanceof Refusal) {
    send(res, json(error.status, { error: { type: error.type, message: error.message } }));
    return;
  }
  process.stderr.write(
    `local Seam: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  if (res.headersSent) res.destroy();
  else
    send(res, json(500, { error: { type: 'internal_server_error', message: 'The local Seam has a bug' } }));
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
