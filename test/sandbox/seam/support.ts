import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Seam } from 'seam';
import { onTestFinished } from 'vitest';
import { type SeamDriver, seamDriver } from '../../../src/sandbox/seam/driver.ts';
import { type LocalSeam, type LocalSeamOptions, startLocalSeam } from '../../../src/sandbox/seam/server.ts';

/** When every test begins; its clock stands still unless it is moved. */
export const START = Date.parse('2026-06-01T08:00:00.000Z');
export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A local Seam that ends with the test, the real SDK in front of it, and what drives it. */
export interface Opened {
  local: LocalSeam;
  seam: Seam;
  drive: SeamDriver;
}

/** Opens a local Seam whose clock only moves when it is told to. */
export async function openSeam(options: LocalSeamOptions = {}): Promise<Opened> {
  const local = await startLocalSeam({ clock: () => START, ...options });
  onTestFinished(() => local.close());
  return { local, seam: sdk(local.url, local.apiKey), drive: seamDriver(local.url) };
}

/** The real SDK, without retries and without waiting for action attempts. */
export function sdk(endpoint: string, apiKey: string): Seam {
  return new Seam({ apiKey, endpoint, axiosRetryOptions: { retries: 0 }, waitForActionAttempt: false });
}

/** Connects an account for one of the app's people, its devices there already; returns its id. */
export async function connect(
  { seam, drive }: Opened,
  key: string,
  email: string,
  provider = 'august',
): Promise<string> {
  await seam.clientSessions.getOrCreate({ user_identifier_key: key });
  const webview = await seam.connectWebviews.create({ accepted_providers: ['august', 'schlage', 'yale'] });
  const { connect_webview_id } = webview;
  await seam.clientSessions.grantAccess({
    user_identifier_key: key,
    connect_webview_ids: [connect_webview_id],
  });
  const end = await drive.login({ connectWebviewId: connect_webview_id, provider, email, password: '1234' });
  if (end.connectedAccountId === null) throw new Error(`The login ended as ${end.result}`);
  await drive.clock({ advanceMs: 300 });
  return end.connectedAccountId;
}

/** The id of the door with that name. */
export async function doorId({ seam }: Opened, name: string): Promise<string> {
  const { device_id } = await seam.devices.get({ name });
  return device_id;
}

/** What a promise was rejected with; it must be rejected. */
export async function refused(promise: PromiseLike<unknown>): Promise<unknown> {
  const outcome = await Promise.resolve(promise).then(
    () => ({ rejected: false, error: null }),
    (error: unknown) => ({ rejected: true, error }),
  );
  if (!outcome.rejected) throw new Error('It was expected to be refused');
  return outcome.error;
}

/** A raw request, for what the SDK would not send. */
export async function ask({ local }: Opened, method: string, path: string, body?: unknown) {
  const answer = await fetch(`${local.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${local.apiKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

/** A request as a server of the test received it. */
export interface Received {
  headers: Record<string, string>;
  body: string;
}

/** A server of the test's own that notes every request and answers with the next of `statuses`, then 204. */
export async function receiver(statuses: number[] = []): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const left = [...statuses];
  const server = createServer((req, res) => {
    void text(req).then((body) => {
      const headers = Object.entries(req.headers).map(([name, value]) => [name, String(value)] as const);
      received.push({ headers: Object.fromEntries(headers), body });
      res.writeHead(left.shift() ?? 204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('It does not listen');
  return { url: `http://127.0.0.1:${address.port}/seam`, received };
}
