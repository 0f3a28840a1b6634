/** The local Slack: a strict stand-in for Slack on this machine, for the demo, the tests and the benchmark. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AckEffects } from './ack-effects.ts';
import { Acts } from './acts.ts';
import { AppRoutes } from './app-routes.ts';
import { Calls } from './calls.ts';
import { EVENTS, SCOPES } from './cast.ts';
import { Clock } from './clock.ts';
import { Delivery } from './delivery.ts';
import { DriveRoutes } from './drive-routes.ts';
import { Events } from './events.ts';
import { Faults } from './faults.ts';
import { Files } from './files.ts';
import { json, send, TooLarge, text } from './http.ts';
import { ModalActs } from './modal-acts.ts';
import { Payloads } from './payloads.ts';
import { ResponseUrls } from './response-urls.ts';
import { SignedHttp } from './signed-http.ts';
import { SocketMode } from './socket-mode.ts';
import { StartActs } from './start-acts.ts';
import { Triggers } from './triggers.ts';
import { WebApi } from './web-api.ts';
import { World } from './world.ts';

/** Longer than any client keeps an idle connection, so that none is closed under a request. */
const KEEP_ALIVE_MS = 120_000;

/** A page of the demo, served from the local Slack's own address. */
interface Page {
  status: number;
  type: string;
  body: string | Uint8Array;
}

export interface LocalSlackOptions {
  /** Any free one when absent or 0; only 127.0.0.1 is listened on. */
  port?: number;
  /** Milliseconds since 1970; default `Date.now`. */
  clock?: () => number;
  /** How payloads reach the app. The HTTP address may be set later, by `setDeliveryUrl`. */
  delivery: { mode: 'socket' } | { mode: 'http'; url?: string; signingSecret: string };
  /** Whether the app is installed in the workspace (default) or in the whole organisation. */
  install?: 'workspace' | 'org';
  /** What the bot token may do, e.g. `users:read`; all that the app's manifest asks for when left out. */
  scopes?: readonly string[];
  /** The events that the app subscribed to: `user_change`, `app_home_opened`, `message.im`; default the first two. */
  events?: readonly string[];
  /** Whether the app's manifest has the workflow step (default: not), and so subscribes to `function_executed`. */
  workflow?: boolean;
  /** Answers any GET outside `/api`, `/drive`, `/response` and `/upload`. */
  pages?: (path: string) => Promise<Page | null>;
}

export interface LocalSlack {
  /** `http://127.0.0.1:PORT` */
  url: string;
  /** What the bot gets as `SLACK_API_URL`. */
  apiUrl: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  setDeliveryUrl(url: string): void;
  /** What stands before it from now on, such as a proxy: addresses for answers and files begin with it. */
  setPublicUrl(url: string): void;
  close(): Promise<void>;
}

/** Starts a local Slack with a workspace of its own. */
export async function startLocalSlack(options: LocalSlackOptions): Promise<LocalSlack> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS });
  const origin = await listen(server, options.port ?? 0);
  const clock = new Clock(options.clock ?? Date.now);
  const secrets = newSecrets(options.delivery);
  const ways = waysToTheApp(options.delivery, clock);
  const urls = { own: origin, public: origin };
  const parts = assemble(options, urls, clock, secrets, ways);
  server.on('request', (request, response) => void route(parts, options.pages, request, response));
  server.on('upgrade', (request, socket, head) => {
    if (ways.socketMode === null) socket.destroy();
    else ways.socketMode.upgrade(request, socket, head);
  });
  return {
    url: origin,
    apiUrl: `${origin}/api/`,
    ...secrets,
    setDeliveryUrl: (url) => ways.http?.setUrl(url),
    setPublicUrl: (url) => {
      urls.public = url;
    },
    close: async () => {
      clock.stop();
      await ways.socketMode?.close();
      ways.http?.close();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

type Ways = { socketMode: SocketMode; http: null } | { socketMode: null; http: SignedHttp };
type Secrets = Pick<LocalSlack, 'botToken' | 'appToken' | 'signingSecret'>;

function waysToTheApp(delivery: LocalSlackOptions['delivery'], clock: Clock): Ways {
  if (delivery.mode === 'socket') return { socketMode: new SocketMode(), http: null };
  return { socketMode: null, http: new SignedHttp(clock, delivery.signingSecret, delivery.url ?? '') };
}

function newSecrets(delivery: LocalSlackOptions['delivery']): Secrets {
  return {
    botToken: `xoxb-local-${randomBytes(12).toString('hex')}`,
    appToken: `xapp-local-${randomBytes(12).toString('hex')}`,
    signingSecret: delivery.mode === 'http' ? delivery.signingSecret : randomBytes(16).toString('hex'),
  };
}

interface Urls {
  readonly own: string;
  public: string;
}

function assemble(options: LocalSlackOptions, urls: Urls, clock: Clock, secrets: Secrets, ways: Ways) {
  const { install = 'workspace', scopes = SCOPES, events = EVENTS, workflow = false } = options;
  const subscribed = workflow ? [...events, 'function_executed'] : events;
  const world = new World(clock, workflow);
  const [calls, faults, triggers] = [new Calls(), new Faults(), new Triggers(clock)];
  const responseUrls = new ResponseUrls(clock, world.messages, () => urls.public);
  const files = new Files(() => urls.public);
  const payloads = new Payloads({ install, clock, triggers, responseUrls });
  const delivery = new Delivery(ways.socketMode ?? ways.http, faults, clock);
  const effects = new AckEffects(world, responseUrls, calls, clock);
  const stage = {
    world,
    delivery,
    payloads,
    effects,
    events: new Events({ payloads, delivery, subscribed, scopes }),
  };
  const ticket = () => ways.socketMode?.ticket(urls.own) ?? null;
  const webApi = new WebApi({ install, scopes, world, files, triggers, payloads, ticket, ...secrets });
  return {
    app: new AppRoutes({ webApi, responseUrls, files, calls, clock, faults }),
    drive: new DriveRoutes({
      world,
      acts: new Acts(stage),
      modalActs: new ModalActs(stage, responseUrls),
      startActs: new StartActs(stage),
      calls,
      clock,
      faults,
      delivery,
      socketMode: ways.socketMode,
    }),
  };
}

async function route(
  parts: ReturnType<typeof assemble>,
  pages: LocalSlackOptions['pages'],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const url = new URL(request.url ?? '/', 'http://local');
    if (url.pathname.startsWith('/api/')) await parts.app.webApi(request, response, url);
    else if (url.pathname.startsWith('/response/')) await parts.app.responseUrl(request, response, url);
    else if (url.pathname.startsWith('/upload/v1/')) await parts.app.upload(request, response, url);
    else if (url.pathname.startsWith('/drive/')) await parts.drive.handle(request, response, url);
    else await servePage(pages, request, response, url.pathname);
  } catch (error) {
    if (response.headersSent) response.destroy();
    else if (error instanceof TooLarge) send(response, json({ ok: false, error: 'request_too_large' }, 413));
    else send(response, json({ ok: false, error: 'fatal_error', detail: String(error) }, 500));
  }
}

async function servePage(
  pages: LocalSlackOptions['pages'],
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const page = request.method === 'GET' ? ((await pages?.(path)) ?? null) : null;
  if (page === null) send(response, text('not found', 404));
  else send(response, { status: page.status, headers: { 'content-type': page.type }, body: page.body });
}

async function listen(server: Server, port: number): Promise<string> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the local Slack has no port');
  return `http://127.0.0.1:${address.port}`;
}
