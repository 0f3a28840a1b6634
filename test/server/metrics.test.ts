import { afterEach, beforeEach, expect, it } from 'vitest';
import { createMetrics, type Metrics } from '../../src/metrics.ts';
import { createHttpServer, type HttpServer, type Route } from '../../src/server/http.ts';
import { metricsRoute } from '../../src/server/metrics.ts';
import { memoryLog } from './raw.ts';

const TOKEN = '0123456789abcdef';

/** What the clock shows, ms. */
let now: number;
let metrics: Metrics;
let server: HttpServer;
let url: string;

/** Answers with the status that it is sent, after so many ms on the clock. */
const door: Route = {
  method: 'POST',
  path: '/door',
  maxBody: 10,
  async handle({ rawBody, query }) {
    now += Number(query.get('ms'));
    if (rawBody.length === 0) throw new Error('nothing was sent');
    return { status: Number(rawBody) };
  },
};
const gauges = { workUnderWay: 3, slackConnections: 2 };

beforeEach(async () => {
  now = 1_000;
  metrics = await createMetrics(() => now);
  server = createHttpServer([door, metricsRoute(TOKEN, () => metrics.text(gauges))], memoryLog().log, {
    metrics,
  });
  url = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`;
});
afterEach(() => server.close(0));

function read(authorization?: string, method = 'GET'): Promise<Response> {
  return fetch(`${url}/metrics`, { method, headers: authorization === undefined ? {} : { authorization } });
}

it('is read with the token alone', async () => {
  const good = await read(`Bearer ${TOKEN}`);
  expect([good.status, good.headers.get('content-type'), good.headers.get('cache-control')]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
    'no-store',
  ]);
  expect(await good.text()).toContain('latchbolt_work_under_way 3\n');
  expect((await read(`bearer  ${TOKEN}`)).status).toBe(200);
  const head = await read(`Bearer ${TOKEN}`, 'HEAD');
  expect([head.status, await head.text()]).toEqual([200, '']);
});

it.each([
  undefined,
  '',
  TOKEN,
  'Bearer',
  'Bearer ',
  `Basic ${TOKEN}`,
  `Bearer ${TOKEN.slice(1)}`,
  `Bearer ${TOKEN}0`,
  `Bearer ${TOKEN.toUpperCase()}`,
  `Bearer ${TOKEN} ${TOKEN}`,
])('is refused to %j', async (authorization) => {
  const refused = await read(authorization);
  expect([refused.status, refused.headers.get('www-authenticate'), await refused.text()]).toEqual([
    401,
    'Bearer',
    '',
  ]);
});

it('takes no body and no other method', async () => {
  expect((await fetch(`${url}/metrics`, { method: 'POST', body: 'x' })).status).toBe(405);
});

it('is told of every answer, and of no path that is not ours', async () => {
  const post = async (path: string, body: string) =>
    (await fetch(`${url}${path}`, { method: 'POST', body })).status;
  const statuses = [
    await post('/door?ms=2', '200'),
    await post('/door?ms=800', '503'),
    await post('/door?ms=5000', ''),
    await post('/door', '12345678901'),
    await post('/U0OLIVIA?token=secret', '200'),
    (await fetch(`${url}/door`)).status,
    (await read()).status,
  ];
  expect(statuses).toEqual([200, 503, 500, 413, 404, 405, 401]);
  const text = await (await read(`Bearer ${TOKEN}`)).text();
  const told = text.split('\n').filter((line) => /^latchbolt_http_(?!.*_bucket)/.test(line));
  expect(told).toMatchInlineSnapshot(`
    [
      "latchbolt_http_requests_total{path="/door",status="200"} 1",
      "latchbolt_http_requests_total{path="/door",status="503"} 1",
      "latchbolt_http_requests_total{path="/door",status="500"} 1",
      "latchbolt_http_requests_total{path="/door",status="413"} 1",
      "latchbolt_http_requests_total{path="other",status="404"} 1",
      "latchbolt_http_requests_total{path="/door",status="405"} 1",
      "latchbolt_http_requests_total{path="/metrics",status="401"} 1",
      "latchbolt_http_request_duration_seconds_sum{path="/door"} 5.802",
      "latchbolt_http_request_duration_seconds_count{path="/door"} 5",
      "latchbolt_http_request_duration_seconds_sum{path="other"} 0",
      "latchbolt_http_request_duration_seconds_count{path="other"} 1",
      "latchbolt_http_request_duration_seconds_sum{path="/metrics"} 0",
      "latchbolt_http_request_duration_seconds_count{path="/metrics"} 1",
    ]
  `);
});
