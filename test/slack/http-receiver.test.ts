import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createHttpServer, type HttpServer } from '../../src/server/http.ts';
import { HttpReceiver } from '../../src/slack/http-receiver.ts';
import { Seen } from '../../src/slack/seen.ts';
import { exchange, memoryLog } from '../server/raw.ts';
import { acknowledge, bodies, boltApp, type Given } from './bolt-app.ts';
import { mutated } from './odd-bodies.ts';

const SECRET = 'a-signing-secret';
const NOW = 1_800_000_000_000;
const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

let now: number;
let receiver: HttpReceiver;
let server: HttpServer;
let port: number;
let lines: string[];
let given: Given[];
let listener: (given: Given) => Promise<void>;

beforeEach(async () => {
  now = NOW;
  given = [];
  listener = acknowledge;
  const memory = memoryLog();
  lines = memory.lines;
  const clock = (): number => now;
  const seen = new Seen({ keepMs: 600_000, max: 10_000, clock });
  receiver = new HttpReceiver({ signingSecret: SECRET, clock, log: memory.log, seen });
  const app = boltApp(receiver, memory.log, async (args) => {
    given.push(args);
    await listener(args);
  });
  app.error(async (error) => {
    throw error;
  });
  await receiver.start();
  server = createHttpServer([receiver], memory.log);
  port = await server.listen(0, '127.0.0.1');
});
afterEach(async () => {
  vi.useRealTimers();
  await server.close(0);
  const text = lines.join('');
  for (const secret of [SECRET, 's3cr3t', 'v0=', 'legacy']) expect(text).not.toContain(secret);
});

const sign = (body: string | Uint8Array, timestamp: string | number, secret = SECRET): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`;

function headersFor(body: string | Uint8Array, type: string, timestamp = NOW / 1000): Record<string, string> {
  return {
    'content-type': type,
    'x-slack-request-timestamp': String(timestamp),
    'x-slack-signature': sign(body, timestamp),
  };
}

async function post(
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST', body, headers });
}

const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();
const postForm = (fields: Record<string, string>, more = {}): Promise<Response> =>
  post(form(fields), { ...headersFor(form(fields), FORM), ...more });
const postJson = (body: unknown, more = {}): Promise<Response> =>
  post(JSON.stringify(body), { ...headersFor(JSON.stringify(body), JSON_TYPE), ...more });
const interaction = (body: unknown): Promise<Response> => postForm({ payload: JSON.stringify(body) });

describe('what is genuine', () => {
  const body = form(bodies.command);
  const fine = (): Record<string, string> => headersFor(body, FORM);

  test.each<[string, Record<string, string>]>([
    ['unsigned', { 'content-type': FORM }],
    ['another secret', { ...fine(), 'x-slack-signature': sign(body, NOW / 1000, 'other') }],
    ['another body', { ...fine(), 'x-slack-signature': sign(`${body}&x=1`, NOW / 1000) }],
    ['another version', { ...fine(), 'x-slack-signature': sign(body, NOW / 1000).replace('v0', 'v1') }],
    ['cut short', { ...fine(), 'x-slack-signature': sign(body, NOW / 1000).slice(0, -2) }],
    [
      'upper case',
      {
        ...fine(),
        'x-slack-signature': `v0=${sign(body, NOW / 1000)
          .slice(3)
          .toUpperCase()}`,
      },
    ],
    ['no time', { ...fine(), 'x-slack-request-timestamp': '' }],
    ['a time in words', { ...fine(), ...signedAt('now') }],
    ['NaN', { ...fine(), ...signedAt('NaN') }],
    ['a negative time', { ...fine(), ...signedAt('-1') }],
    ['5 minutes and a second old', { ...fine(), ...signedAt(NOW / 1000 - 301) }],
    ['5 minutes and a second ahead', { ...fine(), ...signedAt(NOW / 1000 + 301) }],
  ])('%s is refused', async (_, headers) => {
    const answer = await post(body, headers);
    expect([answer.status, await answer.text(), given]).toEqual([401, '', []]);
  });

  function signedAt(timestamp: string | number): Record<string, string> {
    return { 'x-slack-request-timestamp': String(timestamp), 'x-slack-signature': sign(body, timestamp) };
  }

  test.each([-300, 0, 300])('%d seconds from our clock is taken', async (skew) => {
    expect((await post(body, headersFor(body, FORM, NOW / 1000 + skew))).status).toBe(200);
    expect(given).toHaveLength(1);
  });

  test('refusals are told of once a minute', async () => {
    const refused = async (): Promise<number> => (await post(body, { 'content-type': FORM })).status;
    expect(await Promise.all([refused(), refused(), refused()])).toEqual([401, 401, 401]);
    expect(lines).toHaveLength(1);
    now += 60_000;
    await refused();
    expect(lines).toHaveLength(2);
  });

  test('the same request is done once, and is refused when it is old', async () => {
    const again = (): Promise<Response> => post(body, fine());
    const answers = await Promise.all([again(), again(), again()]);
    expect([answers.map(({ status }) => status), given.length]).toEqual([[200, 200, 200], 1]);
    now += 299_000;
    expect([(await again()).status, given.length]).toEqual([200, 1]);
    now += 2_000;
    expect([(await again()).status, given.length]).toEqual([401, 1]);
  });

  test('nothing is taken before the start', async () => {
    await receiver.stop();
    const early = await postJson({ type: 'url_verification', token: 'legacy', challenge: 'ch' });
    expect([early.status, given]).toEqual([503, []]);
    await receiver.start();
    expect((await postJson({ type: 'url_verification', token: 'legacy', challenge: 'ch' })).status).toBe(200);
  });

  test('an empty signing secret is a mistake', () => {
    const seen = new Seen({ keepMs: 1, max: 1, clock: () => 0 });
    const options = { signingSecret: '', clock: () => 0, log: memoryLog().log, seen };
    expect(() => new HttpReceiver(options)).toThrow(RangeError);
  });
});

describe('what Slack asks itself', () => {
  test('url_verification', async () => {
    const answer = await postJson({ type: 'url_verification', token: 'legacy', challenge: 'ch' });
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      JSON_TYPE,
      '{"challenge":"ch"}',
    ]);
    const unsigned = JSON.stringify({ type: 'url_verification', challenge: 'ch' });
    expect((await post(unsigned, { 'content-type': JSON_TYPE })).status).toBe(401);
    expect((await postJson({ type: 'url_verification', challenge: 5 })).status).toBe(400);
  });

  test('ssl_check, signed or not, and nothing smuggled with it', async () => {
    const check = form({ ssl_check: '1', token: 'legacy', payload: JSON.stringify(bodies.click) });
    expect((await post(check, { 'content-type': FORM })).status).toBe(200);
    expect((await postForm({ ssl_check: '1' })).status).toBe(200);
    expect((await post(form({ ssl_check: '0' }), { 'content-type': FORM })).status).toBe(401);
    const forged = { 'content-type': FORM, 'x-slack-signature': 'v0=1' };
    expect((await post(check, forged)).status).toBe(401);
    expect(given).toEqual([]);
  });

  test('app_rate_limited is a warning', async () => {
    const notice = { type: 'app_rate_limited', team_id: 'T1', minute_rate_limited: 1, token: 'legacy' };
    expect((await postJson(notice)).status).toBe(200);
    expect(lines.join()).toContain('holds back events');
  });
});

describe('what is delivered', () => {
  test.each(Object.entries(bodies).filter(([name]) => name !== 'command'))('%s', async (_, body) => {
    const send = 'event' in body ? postJson : interaction;
    expect((await send(body)).status).toBe(200);
    expect(given.map((args) => args.body)).toEqual([body]);
  });

  test('a command is its fields', async () => {
    expect((await postForm(bodies.command)).status).toBe(200);
    expect({ ...given[0]?.body }).toEqual(bodies.command);
  });

  test('content types may have parameters and any case', async () => {
    const type = 'Application/X-WWW-Form-Urlencoded; charset=utf-8';
    expect((await postForm(bodies.command, { 'content-type': type })).status).toBe(200);
  });

  test('retries say so', async () => {
    await postJson(bodies.home, { 'x-slack-retry-num': '2', 'x-slack-retry-reason': 'http_timeout' });
    expect(given[0]?.context).toMatchObject({ retryNum: 2, retryReason: 'http_timeout' });
    await postJson(bodies.reaction, { 'x-slack-retry-num': 'many' });
    expect(given[1]?.context.retryNum).toBeUndefined();
  });

  test.each<[unknown, string | null, string]>([
    [undefined, null, ''],
    ['', null, ''],
    ['hällo', 'text/plain; charset=utf-8', 'hällo'],
    [{ response_action: 'clear' }, JSON_TYPE, '{"response_action":"clear"}'],
  ])('acknowledging with %j', async (response, type, text) => {
    listener = (args) => acknowledge(args, response);
    const answer = await interaction(bodies.submission);
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      type,
      text,
    ]);
  });

  test('acknowledging twice sends the first', async () => {
    listener = async (args) => {
      await acknowledge(args, 'first');
      await acknowledge(args, 'second');
    };
    expect(await (await postForm(bodies.command)).text()).toBe('first');
  });
});

describe('what goes wrong', () => {
  test.each<[string, string, string]>([
    ['broken JSON', JSON_TYPE, '{"type":'],
    ['an array', JSON_TYPE, '[]'],
    ['null', JSON_TYPE, 'null'],
    ['nothing', JSON_TYPE, ''],
    ['an empty form', FORM, ''],
    ['a broken payload', FORM, 'payload=%7B'],
    ['a payload that is a text', FORM, 'payload=%22x%22'],
    ['two payloads', FORM, 'payload=%7B%7D&payload=%7B%7D'],
    ['a field sent twice', FORM, `${form(bodies.command)}&text=back+door`],
    ['a form as JSON', JSON_TYPE, form(bodies.command)],
    ['JSON as a form', FORM, JSON.stringify(bodies.home)],
    ['an unknown kind', JSON_TYPE, '{"type":"news"}'],
  ])('%s is a 400', async (_, type, body) => {
    const answer = await post(body, headersFor(body, type));
    expect([answer.status, await answer.text(), given]).toEqual([400, '', []]);
  });

  test.each<[string, unknown]>([
    ['an event that is none', { event: null }],
    ['an event without a type', { event: {} }],
    ['a null channel of an event', { event: { type: 'x', channel: null } }],
    ['a null user of an event', { event: { type: 'x', user: null } }],
    ['a null item', { event: { type: 'x', item: null } }],
    ['an item that is a text', { event: { type: 'x', item: 'y' } }],
    ['a null subteam', { event: { type: 'x', subteam: null } }],
    ['no authorization in the list', { ...bodies.home, authorizations: [null] }],
    ['a command without a user', { ...bodies.command, user_id: undefined }],
    ['a click of nobody', { ...bodies.click, user: undefined }],
    ['a click of a user without id', { ...bodies.click, user: {} }],
    ['a null channel of a click', { ...bodies.click, channel: null }],
    ['a team that is a text', { ...bodies.click, team: 'T1' }],
    ['no actions', { ...bodies.click, actions: [] }],
    ['null actions', { ...bodies.click, actions: [null] }],
    ['a submission of no view', { ...bodies.submission, view: undefined }],
    ['null response_urls', { ...bodies.submission, response_urls: [null] }],
    ['a response_url that is none', { ...bodies.click, response_url: {} }],
  ])('%s is a 400', async (_, body) => {
    expect([(await postJson(body)).status, given]).toEqual([400, []]);
  });

  test.each(['text/plain', 'multipart/form-data; boundary=x', ''])(
    'content type %j is a 415',
    async (type) => {
      const body = JSON.stringify(bodies.home);
      const signed = Object.entries({ ...headersFor(body, type), 'content-length': String(body.length) });
      const head = signed.map(([name, value]) => `${name}: ${value}\r\n`).join('');
      const answer = await exchange(
        port,
        `POST /slack/events HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${head}\r\n${body}`,
      );
      expect(answer).toMatch(/^HTTP\/1.1 415 /);
    },
  );

  test('more than 256 kB is a 413', async () => {
    const body = (size: number): string => JSON.stringify({ ...bodies.home, pad: 'x'.repeat(size) });
    expect((await post(body(255_000), headersFor(body(255_000), JSON_TYPE))).status).toBe(200);
    expect((await post(body(262_144), headersFor(body(262_144), JSON_TYPE))).status).toBe(413);
  });

  test('a listener that throws before it acknowledged: 503, and one line', async () => {
    listener = async () => {
      throw new TypeError('https://hooks.slack.com/commands/T1/1/s3cr3t');
    };
    const since = performance.now();
    expect((await postForm(bodies.command)).status).toBe(503);
    expect(performance.now() - since).toBeLessThan(1_500);
    const told = lines.filter((line) => line.includes('handling a request failed'));
    expect(told).toHaveLength(1);
    expect(JSON.parse(told[0] ?? '')).toMatchObject({ kind: '/locks', team: 'T1', user: 'U1' });
  });

  test('a listener that throws afterwards: 200, and one line', async () => {
    listener = async (args) => {
      await acknowledge(args);
      throw new TypeError('later');
    };
    expect((await postForm(bodies.command)).status).toBe(200);
    await receiver.inFlight.drained(100);
    expect(lines.filter((line) => line.includes('handling a request failed'))).toHaveLength(1);
  });

  test('an answer that is not JSON fails its listener, not the server', async () => {
    listener = (args) => acknowledge(args, { big: 1n });
    expect((await postForm(bodies.command)).status).toBe(503);
  });

  test('nothing acknowledged within 3 s: 503, and a line', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const late = Promise.withResolvers<void>();
    listener = async (args) => {
      await late.promise;
      await acknowledge(args, 'too late');
    };
    const rawBody = Buffer.from(form(bodies.command));
    const request = { method: 'POST', path: receiver.path, query: new URLSearchParams(), rawBody };
    const answer = receiver.handle({ ...request, headers: headersFor(rawBody, FORM) });
    await vi.advanceTimersByTimeAsync(2_999);
    expect(lines).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await answer).toEqual({ status: 503 });
    expect(lines.join()).toContain('nothing was acknowledged within 3 s');
    late.resolve();
    expect(await receiver.inFlight.drained(100)).toBe(true);
  });

  test('what was acknowledged is not complained about 3 s later', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const rawBody = Buffer.from(form(bodies.command));
    const request = { method: 'POST', path: receiver.path, query: new URLSearchParams(), rawBody };
    expect(await receiver.handle({ ...request, headers: headersFor(rawBody, FORM) })).toEqual({
      status: 200,
    });
    await vi.advanceTimersByTimeAsync(3_000);
    expect([vi.getTimerCount(), lines]).toEqual([0, []]);
  });

  test('no signed body, however odd, gets a 5xx or reaches the log as a failure', async () => {
    const jsonText = fc.oneof(mutated, fc.jsonValue()).map((value) => JSON.stringify(value) ?? '');
    const body = fc.oneof(
      { weight: 4, arbitrary: jsonText.map((text) => [JSON_TYPE, text] as const) },
      { weight: 4, arbitrary: jsonText.map((text) => [FORM, form({ payload: text })] as const) },
      fc.tuple(fc.constantFrom(JSON_TYPE, FORM), fc.string({ maxLength: 200 })),
      fc
        .dictionary(fc.constantFrom('command', 'user_id', 'text', 'event', 'actions', 'type'), fc.string())
        .map((fields) => [FORM, form(fields)] as const),
    );
    const statuses = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(body, async ([type, text]) => {
        const { status } = await post(text, headersFor(text, type));
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        expect([200, 400]).toContain(status);
      }),
      { numRuns: 800 },
    );
    expect(lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
    // The bodies must be odd enough to be refused, and sound enough to reach Bolt.
    expect(statuses.get(400)).toBeGreaterThan(150);
    expect(given.length).toBeGreaterThan(50);
  });
});

describe('stopping', () => {
  test('takes nothing new, and what runs can be waited for', async () => {
    const work = Promise.withResolvers<void>();
    listener = async (args) => {
      await acknowledge(args);
      await work.promise;
    };
    expect((await postForm(bodies.command)).status).toBe(200);
    expect(receiver.inFlight.size).toBe(1);
    await receiver.stop();
    expect((await interaction(bodies.click)).status).toBe(503);
    expect(await receiver.inFlight.drained(10)).toBe(false);
    work.resolve();
    expect(await receiver.inFlight.drained(100)).toBe(true);
    expect(given).toHaveLength(1);
    // What was turned away is not remembered as done.
    await receiver.start();
    expect((await interaction(bodies.click)).status).toBe(200);
    await sleep(0);
    expect(given).toHaveLength(2);
  });
});
