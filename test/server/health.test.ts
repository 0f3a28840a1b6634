import { afterEach, expect, test, vi } from 'vitest';
import { healthRoute } from '../../src/server/health.ts';
import { createHttpServer, type HttpServer } from '../../src/server/http.ts';
import { memoryLog } from './raw.ts';

let server: HttpServer | undefined;
afterEach(async () => {
  vi.useRealTimers();
  await server?.close(0);
});

async function ask(checks: Parameters<typeof healthRoute>[0]): Promise<unknown[]> {
  server = createHttpServer([healthRoute(checks)], memoryLog().log);
  const answer = await fetch(`http://127.0.0.1:${await server.listen(0, '127.0.0.1')}/healthz`);
  return [answer.status, answer.headers.get('content-type'), await answer.text()];
}

test('healthy when every check holds', async () => {
  expect(await ask({ store: () => true, slack: async () => true })).toEqual([
    200,
    'application/json',
    '{"status":"ok"}',
  ]);
});

test('names the checks that fail, whichever way', async () => {
  const checks = {
    store: () => true,
    says: () => false,
    throws: () => {
      throw new Error('secret');
    },
    rejects: () => Promise.reject(new Error('secret')),
  };
  expect(await ask(checks)).toEqual([
    503,
    'application/json',
    '{"status":"failing","failing":["says","throws","rejects"]}',
  ]);
});

test('a check that hangs has failed after 2 s', async () => {
  vi.useFakeTimers();
  const { handle } = healthRoute({ hangs: () => new Promise(() => undefined), fine: () => true });
  const answer = handle({
    method: 'GET',
    path: '/healthz',
    query: new URLSearchParams(),
    headers: {},
    rawBody: Buffer.alloc(0),
  });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await answer).toMatchObject({ status: 503, body: '{"status":"failing","failing":["hangs"]}' });
});
