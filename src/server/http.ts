/**
 * The one HTTP server of the house, on `node:http`: Slack's requests, Seam's webhooks, health. What it serves is data
 * (`Route`); what every route needs is here once: sizes, times, broken requests, and an orderly end.
 */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Log } from '../log.ts';
import { type Metrics, noMetrics } from '../metrics.ts';
import { expectsBody, readBody } from './body.ts';
import { note, refuseBroken, type Standings } from './broken.ts';

/** A request whose body has arrived whole. */
export interface HttpRequest {
  /** `HEAD` where a GET route is asked for its headers alone. */
  method: string;
  /** As it was sent, without the query; not decoded. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  rawBody: Buffer;
}

/** An answer; without a body it is empty, and a body without a `content-type` is plain text. */
export interface HttpResponse {
  status: number;
  /** Names in lower case. */
  headers?: Record<string, string>;
  body?: string;
}

/** One path that the server answers. */
export interface Route {
  /** A GET route answers HEAD as well. */
  method: 'GET' | 'POST';
  /** Compared with the request's path letter by letter. */
  path: string;
  /** The most that a body may hold, bytes; a request that is larger gets a 413. */
  maxBody: number;
  /** Answers; what it throws becomes a 500 without a body, and a line in the log. */
  handle(request: HttpRequest): Promise<HttpResponse>;
}

/** A server that was made by `createHttpServer`. */
export interface HttpServer {
  /** Resolves to the port listened on (useful for port 0). Rejects when the port cannot be had. */
  listen(port: number, host?: string): Promise<number>;
  /** Stops accepting, lets what is in flight finish for at most `graceMs`, then cuts. */
  close(graceMs: number): Promise<void>;
}

/** How long a sender may take, ms. */
interface HttpTimes {
  /** For all headers of a request. */
  readonly headersMs: number;
  /** For a whole request, body included. */
  readonly requestMs: number;
  /** How long a connection without a request stays open. */
  readonly keepAliveMs: number;
  /** How often the first two are looked at: it is added to them at worst. */
  readonly checkMs: number;
}

/** A connection is kept longer than the usual minute of a load balancer in front, so that it is never us who drop one
 * just as it sends a request. */
const TIMES: HttpTimes = { headersMs: 5_000, requestMs: 10_000, keepAliveMs: 65_000, checkMs: 1_000 };

/** What may be left out: the times are shortened by tests only. */
export interface HttpOptions extends Partial<HttpTimes> {
  /** Told of each answer; without it nothing is measured. */
  readonly metrics?: Metrics;
}

/** Makes the server. Throws when two routes have the same method and path. */
export function createHttpServer(
  routes: readonly Route[],
  log: Log,
  { metrics = noMetrics, ...shortened }: HttpOptions = {},
): HttpServer {
  const times = { ...TIMES, ...shortened };
  const table = tableOf(routes);
  const standings: Standings = new WeakMap();
  let closing: Promise<void> | undefined;

  const server = createServer({
    headersTimeout: times.headersMs,
    requestTimeout: times.requestMs,
    keepAliveTimeout: times.keepAliveMs,
    connectionsCheckingInterval: times.checkMs,
  });

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    note(standings, request, response);
    const path = pathOf(request);
    // What a stranger asks for is no name for anything.
    const answered = metrics.httpRequest(path !== undefined && table.has(path) ? path : 'other');
    const send = (answer: HttpResponse): void => {
      write(request, response, answer, closing !== undefined);
      answered(answer.status);
    };
    try {
      const answer = await answerTo(table, request, response);
      if (answer === 'gone') response.destroy();
      else send(answer);
    } catch (error) {
      log.error({ err: error, method: request.method, path }, 'a request could not be answered');
      if (response.headersSent) response.destroy();
      else send({ status: 500 });
    }
  };

  server.on('request', serve);
  // Without this Node asks for the body before anybody has looked at its size.
  server.on('checkContinue', serve);
  server.on('clientError', (error, socket) => refuseBroken(standings, error, socket));
  server.on('error', (error) => log.error({ err: error }, 'the HTTP server reported an error'));

  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  const closeOnce = async (graceMs: number): Promise<void> => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    // Node ends the connections that idle after a request, but waits for those that never sent one.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    await closed;
    clearTimeout(cut);
  };

  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen({ port, ...(host !== undefined && { host }) }, () => {
          server.off('error', reject);
          const address = server.address();
          resolve(typeof address === 'object' && address !== null ? address.port : port);
        });
      }),
    close: (graceMs) => {
      closing ??= closeOnce(graceMs);
      return closing;
    },
  };
}

type Table = ReadonlyMap<string, ReadonlyMap<string, Route>>;

function tableOf(routes: readonly Route[]): Table {
  const table = new Map<string, Map<string, Route>>();
  for (const route of routes) {
    const methods = table.get(route.path) ?? new Map<string, Route>();
    if (methods.has(route.method)) throw new Error(`two routes for ${route.method} ${route.path}`);
    methods.set(route.method, route);
    table.set(route.path, methods);
  }
  return table;
}

async function answerTo(
  table: Table,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<HttpResponse | 'gone'> {
  const path = pathOf(request);
  if (path === undefined) return { status: 400 };
  const methods = table.get(path);
  if (methods === undefined) return { status: 404 };
  const method = request.method ?? '';
  const route = methods.get(method === 'HEAD' ? 'GET' : method);
  if (route === undefined) return { status: 405, headers: { allow: allowed(methods) } };
  const body = await readBody(request, route.maxBody, () => response.writeContinue());
  if (body === 'too large') return { status: 413 };
  if (body === 'gone') return 'gone';
  return route.handle({ method, path, query: queryOf(request), headers: request.headers, rawBody: body });
}

function allowed(methods: ReadonlyMap<string, Route>): string {
  const names = [...methods.keys()];
  return (methods.has('GET') ? [...names, 'HEAD'] : names).join(', ');
}

/** The path before any `?`; nothing for a target that is not a path, such as `*` or a proxy's whole URL. */
function pathOf(request: IncomingMessage): string | undefined {
  const target = request.url ?? '';
  if (!target.startsWith('/')) return undefined;
  const mark = target.indexOf('?');
  return mark === -1 ? target : target.slice(0, mark);
}

function queryOf(request: IncomingMessage): URLSearchParams {
  const target = request.url ?? '';
  const mark = target.indexOf('?');
  return new URLSearchParams(mark === -1 ? '' : target.slice(mark + 1));
}

function write(
  request: IncomingMessage,
  response: ServerResponse,
  answer: HttpResponse,
  last: boolean,
): void {
  const body = answer.body ?? '';
  // A body that we did not read to its end would be taken for the next request.
  const leftover = expectsBody(request) && !request.complete;
  response.writeHead(answer.status, {
    ...(body !== '' && { 'content-type': 'text/plain; charset=utf-8' }),
    ...answer.headers,
    ...(answer.status !== 204 && { 'content-length': String(Buffer.byteLength(body)) }),
    ...((last || leftover) && { connection: 'close' }),
  });
  response.end(body);
}
