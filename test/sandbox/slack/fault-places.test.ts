import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../src/sandbox/slack/drive.ts';
import { type Rig, rig } from './support.ts';

const places = [
  'users.info',
  'auth.test',
  'chat.postMessage',
  'apps.connections.open',
  'response_url',
] as const;
type Place = (typeof places)[number];

/** What happened to one call, as its sender sees it. */
type Seen = { status: number; retryAfter: string | null; body: string } | 'no answer';

/** Calls one place as the app does, and waits no longer than it has patience for. */
async function call(made: Rig, place: Place, patienceMs: number): Promise<Seen> {
  const { slack, drive } = made;
  const token = place === 'apps.connections.open' ? slack.appToken : slack.botToken;
  const command = { as: 'U0BEN', channel: 'C0GENERAL', text: '/locks' };
  const url =
    place === 'response_url'
      ? String((await drive.command(command)).delivered.body.response_url)
      : `${slack.apiUrl}${place}`;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ channel: 'C0GENERAL', text: 'hello', user: 'U0BEN' }),
      signal: AbortSignal.timeout(patienceMs),
    });
    const body = await response.text();
    return { status: response.status, retryAfter: response.headers.get('retry-after'), body };
  } catch {
    return 'no answer';
  }
}

const LONG = 10_000;
const ills: [string, (at: string) => Fault, number, Seen][] = [
  [
    'a rate limit',
    (at) => ({ at, do: 'status', status: 429, retryAfter: 30, times: 1 }),
    LONG,
    { status: 429, retryAfter: '30', body: '{"ok":false,"error":"ratelimited"}' },
  ],
  [
    'a fault of Slack’s',
    (at) => ({ at, do: 'status', status: 503, body: 'upstream connect error', times: 1 }),
    LONG,
    { status: 503, retryAfter: null, body: 'upstream connect error' },
  ],
  [
    'a refusal',
    (at) => ({ at, do: 'error', error: 'account_inactive', times: 1 }),
    LONG,
    { status: 200, retryAfter: null, body: '{"ok":false,"error":"account_inactive"}' },
  ],
  ['a hang', (at) => ({ at, do: 'hang', times: 1 }), 300, 'no answer'],
  ['a torn connection', (at) => ({ at, do: 'reset', times: 1 }), LONG, 'no answer'],
  ['half an answer', (at) => ({ at, do: 'truncate', times: 1 }), LONG, 'no answer'],
];

describe.each(places)('at %s', (place) => {
  test.each(ills)('%s, once', { timeout: 3 * LONG }, async (_what, ill, patienceMs, seen) => {
    const made = await rig();
    await made.drive.faults([ill(place)]);
    expect(await call(made, place, patienceMs)).toEqual(seen);
    expect(await call(made, place, LONG)).toMatchObject({ status: 200, retryAfter: null });
  });
});
