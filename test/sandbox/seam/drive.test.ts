import { request } from 'node:http';
import { expect, test } from 'vitest';
import { connect, doorId, openSeam, refused, START } from './support.ts';

/** A request with headers that `fetch` would not let us set. */
function raw(url: string, method: string, headers: Record<string, string>, body = '') {
  return new Promise<{ status: number; headers: Record<string, unknown> }>((resolve, reject) => {
    const req = request(url, { method, headers }, (res) => {
      res.resume();
      resolve({ status: res.statusCode ?? 0, headers: res.headers });
    });
    req.on('error', reject);
    req.end(body);
  });
}

test('the panel shows every lock that was ever connected', async () => {
  const opened = await openSeam();
  expect(await opened.drive.view()).toEqual({
    workspace: { name: 'Local sandbox', sandbox: true },
    doors: [],
  });
  await connect(opened, 'gwen', 'gwen@example.com', 'yale');
  const deviceId = await doorId(opened, 'Guest House');
  await opened.drive.door({ deviceId, fate: { kind: 'works', ms: 5 }, battery: 0.3 });
  expect(await opened.drive.view()).toEqual({
    workspace: { name: 'Local sandbox', sandbox: true },
    doors: [
      {
        deviceId,
        name: 'Guest House',
        brand: 'Yale',
        account: 'gwen@example.com',
        connected: true,
        locked: true,
        moving: false,
        online: true,
        battery: 0.3,
        fate: { kind: 'works', ms: 5 },
        doorOpen: null,
        autoLockMs: null,
      },
    ],
  });
});

test('calls are noted in order, with what was asked and without the key', async () => {
  const { seam, drive, local } = await openSeam();
  await seam.clientSessions.getOrCreate({ user_identifier_key: 'ben' });
  await seam.devices.list({ user_identifier_key: 'ben', device_ids: [], limit: 5 });
  await refused(seam.connectWebviews.get({ connect_webview_id: 'x' }));
  const calls = await drive.calls();
  expect(calls).toEqual([
    {
      n: 1,
      at: START,
      path: '/client_sessions/get_or_create',
      body: { user_identifier_key: 'ben' },
      status: 200,
    },
    {
      n: 2,
      at: START,
      path: '/devices/list',
      body: { user_identifier_key: 'ben', device_ids: '', limit: '5' },
      status: 200,
    },
    { n: 3, at: START, path: '/connect_webviews/get', body: { connect_webview_id: 'x' }, status: 400 },
  ]);
  expect(await drive.calls(2)).toEqual(calls.slice(2));
  expect(JSON.stringify(calls)).not.toContain(local.apiKey);
});

test('a login can be driven without a browser, and says how it ended', async () => {
  const { seam, drive } = await openSeam();
  const { connect_webview_id } = await seam.connectWebviews.create({ accepted_providers: ['schlage'] });
  const login = async (wish: { provider?: string; email?: string; password?: string }) => {
    const act = { connectWebviewId: connect_webview_id, provider: 'schlage', email: 'ben@example.com' };
    return (await drive.login({ ...act, password: '1234', ...wish })).result;
  };
  expect(await login({ password: '12345' })).toBe('wrong_credentials');
  expect(await login({ email: 'ben@example.org' })).toBe('wrong_credentials');
  expect(await login({ provider: 'yale' })).toBe('unknown_brand');
  expect(await login({})).toBe('connected');
  expect(await login({})).toBe('closed');
  const failing = await seam.connectWebviews.create({ accepted_providers: ['yale'] });
  expect(
    await drive.login({
      connectWebviewId: failing.connect_webview_id,
      provider: 'yale',
      email: 'locked@example.com',
      password: '1234',
    }),
  ).toEqual({ result: 'locked_out', connectedAccountId: null });
});

test('the stream nudges when something is different, once for many changes', async () => {
  const opened = await openSeam();
  const stream = await fetch(`${opened.local.url}/drive/stream`);
  expect(stream.headers.get('content-type')).toBe('text/event-stream');
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toBe('retry: 500\n\n');
  await connect(opened, 'ben', 'ben@example.com');
  expect((await reader?.read())?.value).toBe('data: changed\n\n');
  await reader?.cancel();
});

test('a wish that is misspelt or not possible is refused', async () => {
  const { local, drive } = await openSeam();
  const post = async (name: string, body: string) => {
    const answer = await fetch(`${local.url}/drive/${name}`, { method: 'POST', body });
    return answer.status;
  };
  expect(await post('door', '{"deviceId":"x","onlin":true}')).toBe(400);
  expect(await post('door', '{"deviceId":"x","online":true}')).toBe(404);
  expect(await post('faults', '[{"at":"*","do":"status","status":200}]')).toBe(400);
  expect(await post('keypad', '{"deviceId":"x","code":"1234"}')).toBe(404);
  expect(await post('keypad', '{"deviceId":"x","code":"12a4"}')).toBe(400);
  expect(await post('code', '{"deviceId":"x","code":"1234","removed":false}')).toBe(400);
  expect(await post('faults', 'nonsense')).toBe(400);
  expect(await post('clock', '{"advanceMs":-1}')).toBe(400);
  expect(await post('nothing', '{}')).toBe(404);
  const nobody = drive.account({ email: 'nobody@example.com', signedIn: false });
  expect(await refused(nobody)).toMatchObject({
    message: expect.stringContaining('/drive/account answered 404'),
  });
});

test('pages of this machine may drive, and no other', async () => {
  const { local, drive } = await openSeam();
  const view = `${local.url}/drive/view`;
  for (const origin of ['http://127.0.0.1:4100', 'http://localhost:9']) {
    const { status, headers } = await raw(view, 'GET', { origin });
    expect([status, headers['access-control-allow-origin'], headers.vary]).toEqual([200, origin, 'origin']);
    const preflight = await raw(`${local.url}/drive/door`, 'OPTIONS', { origin });
    expect([preflight.status, preflight.headers['access-control-allow-headers']]).toEqual([
      204,
      'content-type',
    ]);
  }
  for (const origin of [
    'https://evil.example',
    'http://127.0.0.1.evil.example',
    'null',
    'https://localhost',
  ]) {
    const { status, headers } = await raw(view, 'GET', { origin });
    expect([origin, status, headers['access-control-allow-origin']]).toEqual([origin, 403, undefined]);
    expect((await raw(`${local.url}/drive/clock`, 'POST', { origin }, '{"advanceMs":1}')).status).toBe(403);
  }
  for (const host of ['evil.example', '127.0.0.1.evil.example:80']) {
    expect([host, (await raw(view, 'GET', { host })).status]).toEqual([host, 421]);
    const api = await raw(`${local.url}/devices/list`, 'GET', { host });
    expect(api.status).toBe(421);
  }
  const api = await raw(`${local.url}/devices/list`, 'GET', { origin: 'http://127.0.0.1:4100' });
  expect(api.headers['access-control-allow-origin']).toBeUndefined();
  expect(await drive.calls()).toHaveLength(1);
});
