import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../src/sandbox/slack/drive.ts';
import { type Rig, rig, until } from './support.ts';

const say = { channel: 'C0GENERAL', text: 'hello' };
const locks = (n: number) => ({ as: 'U0BEN', channel: 'C0GENERAL', text: `/locks ${n}` });

/** Posts with this token, and gives back what a client of Slack would look at. */
async function post(made: Rig, signal?: AbortSignal) {
  const response = await fetch(`${made.slack.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${made.slack.botToken}` },
    body: JSON.stringify(say),
    ...(signal === undefined ? {} : { signal }),
  });
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: await response.text(),
  };
}

async function faulty(fault: Fault) {
  const made = await rig();
  await made.drive.faults([fault]);
  return made;
}

const count = async (made: Rig) => (await made.drive.view('U0BEN')).messages.length;

describe('faults in what the app sends', () => {
  test('a rate limit, once, then all is well', async () => {
    const made = await faulty({ at: 'chat.postMessage', do: 'status', status: 429, retryAfter: 7, times: 1 });
    expect(await post(made)).toEqual({
      status: 429,
      retryAfter: '7',
      body: '{"ok":false,"error":"ratelimited"}',
    });
    expect(await post(made)).toMatchObject({ status: 200, retryAfter: null });
    expect((await made.drive.calls()).map(({ ok, error, detail }) => ({ ok, error, detail }))).toEqual([
      { ok: false, error: 'ratelimited', detail: 'a fault' },
      { ok: true, error: null, detail: null },
    ]);
  });

  test('a status with a body of one’s own', async () => {
    const made = await faulty({ at: 'chat.postMessage', do: 'status', status: 502, body: '<html>' });
    expect(await post(made)).toEqual({ status: 502, retryAfter: null, body: '<html>' });
    expect(await count(made)).toBe(0);
  });

  test('an error in a 200', async () => {
    const made = await faulty({ at: 'chat.postMessage', do: 'error', error: 'restricted_action' });
    expect(await post(made)).toMatchObject({ status: 200, body: '{"ok":false,"error":"restricted_action"}' });
  });

  test('a reset does nothing', async () => {
    const made = await faulty({ at: 'chat.postMessage', do: 'reset' });
    await expect(post(made)).rejects.toThrow();
    expect(await count(made)).toBe(0);
  });

  test('a truncated answer comes after the work is done', async () => {
    const made = await faulty({ at: 'chat.postMessage', do: 'truncate' });
    await expect(post(made)).rejects.toThrow();
    expect(await count(made)).toBe(1);
  });

  test('a hang answers never', async () => {
    const made = await faulty({ at: 'chat.postMessage', do: 'hang' });
    await expect(post(made, AbortSignal.timeout(100))).rejects.toThrow('timeout');
    expect(await count(made)).toBe(0);
  });

  test('a delay', async () => {
    const made = await faulty({ at: 'chat.postMessage', do: 'delay', ms: 80 });
    const started = performance.now();
    expect(await post(made)).toMatchObject({ status: 200 });
    expect(performance.now() - started).toBeGreaterThan(75);
  });

  test('an app that gave up waiting is nobody’s loss', async () => {
    const made = await faulty({ at: 'chat.postMessage', do: 'delay', ms: 300, times: 1 });
    await expect(post(made, AbortSignal.timeout(100))).rejects.toThrow('timeout');
    await until(async () => (await count(made)) === 1);
    expect(await post(made)).toMatchObject({ status: 200 });
  });

  test('at a response_url, and nowhere else; one after the other; until replaced', async () => {
    const made = await rig();
    await made.drive.faults([
      { at: 'response_url', do: 'status', status: 500, times: 1 },
      { at: 'response_url', do: 'error', error: 'internal_error' },
    ]);
    const ack = await made.drive.command(locks(1));
    const url = ack.delivered.body.response_url;
    expect(await post(made)).toMatchObject({ status: 200 });
    const answers = [
      await made.respond(url, say),
      await made.respond(url, say),
      await made.respond(url, say),
    ];
    await made.drive.faults([]);
    expect([...answers, await made.respond(url, say)].map(({ status, body }) => `${status} ${body}`)).toEqual(
      [
        '500 {"ok":false,"error":"http_500"}',
        '200 {"ok":false,"error":"internal_error"}',
        '200 {"ok":false,"error":"internal_error"}',
        '200 ok',
      ],
    );
  });
});

describe('faults in what we send', () => {
  const said = (made: Rig) => made.received.map(({ body }) => body.text);

  test('duplicates are the same to the byte', async () => {
    const made = await faulty({ at: 'delivery', do: 'duplicate', copies: 3, times: 1 });
    await made.drive.command(locks(1));
    await made.drive.command(locks(2));
    await until(() => made.received.length === 4);
    expect(said(made).sort()).toEqual(['1', '1', '1', '2']);
    const copies = made.received.filter(({ body }) => body.text === '1');
    expect(new Set(copies.map(({ raw, headers }) => `${raw}${headers['x-slack-signature']}`)).size).toBe(1);
  });

  test('a delay', async () => {
    const made = await faulty({ at: 'delivery', do: 'delay', ms: 80 });
    const acked = made.drive.command(locks(1));
    await sleep(40);
    expect(made.received).toEqual([]);
    expect((await acked).ok).toBe(true);
  });

  test('a reordering: held until enough wait, then last first', async () => {
    const made = await faulty({ at: 'delivery', do: 'reorder', count: 3 });
    const acks = [];
    for (const n of [1, 2, 3]) {
      acks.push(made.drive.command(locks(n)));
      await sleep(60);
    }
    expect((await Promise.all(acks)).map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(said(made)).toEqual(['3', '2', '1']);
  });

  test('a reordering that is called off lets go', async () => {
    const made = await faulty({ at: 'delivery', do: 'reorder', count: 2 });
    const acked = made.drive.command(locks(1));
    await sleep(20);
    await made.drive.faults([]);
    expect((await acked).ok).toBe(true);
  });

  test('a drop is a missing acknowledgement', { timeout: 10_000 }, async () => {
    const made = await faulty({ at: 'delivery', do: 'drop', times: 1 });
    expect((await made.drive.command(locks(1))).ok).toBe(false);
    expect(made.received).toEqual([]);
    expect((await made.drive.view('U0BEN')).notices).toEqual([
      { id: 'N1', channelId: 'C0GENERAL', text: '/locks failed because the app did not respond' },
    ]);
  });
});

test.each([
  [{ at: 'delivery', do: 'hang' }],
  [{ at: 'chat.postMessage', do: 'drop' }],
  [{ at: 'chat.postMessage', do: 'status' }],
  [{ at: 'delivery', do: 'duplicate', copies: 1 }],
])('%o is no fault', async (fault) => {
  const { slack } = await rig();
  const response = await fetch(`${slack.url}/drive/faults`, {
    method: 'POST',
    body: JSON.stringify([fault]),
  });
  expect(response.status).toBe(400);
});
