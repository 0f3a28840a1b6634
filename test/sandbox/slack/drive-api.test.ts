import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { buttonBlock, only, rig } from './support.ts';

/** One request with headers that fetch would not let us set. */
function ask(url: string, headers: Record<string, string>, method = 'GET'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end(method === 'POST' ? '[]' : undefined);
  });
}

test('only its own pages and local programs drive it', async () => {
  const { slack } = await rig();
  const host = slack.url.replace('http://', '');
  const view = `${slack.url}/drive/view?as=U0BEN`;
  const faults = `${slack.url}/drive/faults`;
  expect([
    await ask(view, {}),
    await ask(view, { origin: slack.url }),
    await ask(view, { host: 'localhost:1' }),
    await ask(view, { host: 'evil.example' }),
    await ask(view, { host: '127.0.0.1.evil.example' }),
    await ask(view, { origin: 'https://evil.example' }),
    await ask(view, { origin: 'null' }),
    await ask(faults, { origin: `http://${host}` }, 'POST'),
    await ask(faults, { origin: 'http://localhost:3000' }, 'POST'),
  ]).toEqual([200, 200, 200, 403, 403, 403, 403, 200, 403]);
});

describe('acts that nobody could do', () => {
  test.each([
    [
      'someone unknown',
      'command',
      { as: 'U0NOBODY', channel: 'C0GENERAL', text: '/locks' },
      404,
      'there is no person U0NOBODY',
    ],
    [
      'a channel out of sight',
      'command',
      { as: 'U0SAM', channel: 'C0FRONTDESK', text: '/locks' },
      404,
      'Sam Stone is not in C0FRONTDESK',
    ],
    [
      'no such message',
      'click',
      { as: 'U0BEN', in: { message: 'M1' }, block_id: 'b', action_id: 'a' },
      404,
      'Ben Carter sees no message M1',
    ],
    [
      'no such modal',
      'submit',
      { as: 'U0BEN', viewId: 'V1', values: {} },
      404,
      'Ben Carter has no modal V1 on top',
    ],
    [
      'a Home that was never shown',
      'click',
      { as: 'U0BEN', in: { home: true }, block_id: 'b', action_id: 'a' },
      404,
      'Ben Carter has no such view open',
    ],
    ['the Home of a stranger', 'home', { as: 'U0SAM' }, 404, "Sam Stone cannot open the app's Home"],
    [
      'connections over HTTP',
      'socket',
      { how: 'cut' },
      404,
      'deliveries go over HTTP: there are no connections',
    ],
    ['no such act', 'shout', {}, 404, 'there is no POST /drive/shout'],
    ['half an act', 'home', {}, 400, '✖ Invalid input: expected string, received undefined\n  → at as'],
  ])('%s', async (_what, name, act, status, error) => {
    const { slack } = await rig();
    const response = await fetch(`${slack.url}/drive/${name}`, { method: 'POST', body: JSON.stringify(act) });
    expect({ status: response.status, body: await response.json() }).toEqual({ status, body: { error } });
  });

  test('in someone else’s ephemeral, or with an element or option that is not there', async () => {
    const { drive, api } = await rig();
    const overflow = {
      type: 'overflow',
      action_id: 'more',
      options: [{ text: { type: 'plain_text', text: 'x' }, value: 'x' }],
    };
    await api('chat.postEphemeral', {
      channel: 'C0GENERAL',
      user: 'U0BEN',
      text: 'x',
      blocks: [buttonBlock, { type: 'actions', block_id: 'c', elements: [overflow] }],
    });
    const { id } = only((await drive.view('U0BEN')).messages);
    const click = { as: 'U0BEN', in: { message: id }, block_id: 'b', action_id: 'door:unlock' };
    await expect(drive.click({ ...click, as: 'U0OLIVIA' })).rejects.toThrow(
      `Olivia Reyes sees no message ${id}`,
    );
    await expect(drive.click({ ...click, action_id: 'x' })).rejects.toThrow(
      'there is no element x in block b',
    );
    await expect(drive.click({ ...click, block_id: 'c', action_id: 'more', picked: 'y' })).rejects.toThrow(
      'overflow has no option y',
    );
  });
});

test('a forged payload is delivered as it is', async () => {
  const { drive, received } = await rig();
  const body = { type: 'block_actions', user: { id: 'U0EVIL', team_id: 'T0EVIL' }, actions: [] };
  const ack = await drive.deliver({ kind: 'interactive', body });
  expect(ack).toEqual({
    ok: true,
    ms: expect.any(Number),
    response: '',
    delivered: { kind: 'interactive', body },
  });
  expect(only(received).body).toEqual(body);
});

test('the stream says when there is something to see', async () => {
  const { slack, api } = await rig();
  const stop = new AbortController();
  const stream = await fetch(`${slack.url}/drive/stream?as=U0BEN`, { signal: stop.signal });
  expect(stream.headers.get('content-type')).toBe('text/event-stream');
  const reader = stream.body?.getReader();
  const next = async () => new TextDecoder().decode((await reader?.read())?.value);
  expect(await next()).toBe('data: changed\n\n');
  const change = next();
  await api('chat.postMessage', { channel: 'C0GENERAL', text: 'hello' });
  expect(await change).toBe('data: changed\n\n');
  stop.abort();
});

test('pages are served from the same address, and nothing else is', async () => {
  const { slack } = await rig({
    pages: async (path) => (path === '/' ? { status: 200, type: 'text/html', body: '<h1>Acme</h1>' } : null),
  });
  const get = async (path: string) => {
    const response = await fetch(`${slack.url}${path}`);
    return [response.status, response.headers.get('content-type'), await response.text()];
  };
  expect([await get('/'), await get('/other')]).toEqual([
    [200, 'text/html', '<h1>Acme</h1>'],
    [404, 'text/plain; charset=utf-8', 'not found'],
  ]);
});

test('a request that is too large is refused', async () => {
  const { slack } = await rig();
  const body = 'x'.repeat(3 * 1024 * 1024);
  const response = await fetch(`${slack.apiUrl}chat.postMessage`, { method: 'POST', body });
  expect(response.status).toBe(413);
});
