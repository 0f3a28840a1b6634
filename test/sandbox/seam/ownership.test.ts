import { expect, test } from 'vitest';
import { connect, DAY, doorId, openSeam, refused, START } from './support.ts';

const names = (devices: { display_name: string }[]) => devices.map((device) => device.display_name);

test('without a key the whole workspace is listed, and the SDK drops an empty key: the app must never rely on it', async () => {
  const opened = await openSeam();
  await connect(opened, 'ben', 'ben@example.com');
  await connect(opened, 'gwen', 'gwen@example.com');
  const { seam, local } = opened;
  const all = ['Bike Shed', 'Guest House'];
  expect(names(await seam.devices.list())).toEqual(all);
  expect(names(await seam.devices.list({ user_identifier_key: '' }))).toEqual(all);
  expect(names(await seam.devices.list({ user_identifier_key: undefined }))).toEqual(all);

  const get = await fetch(`${local.url}/devices/list?user_identifier_key=`, {
    headers: { authorization: `Bearer ${local.apiKey}` },
  });
  expect([get.status, await get.json()]).toEqual([
    400,
    {
      error: {
        type: 'invalid_input',
        message: 'Invalid input: expected string, received null for "user_identifier_key"',
        validation_errors: {
          _errors: [],
          user_identifier_key: { _errors: ['Invalid input: expected string, received null'] },
        },
      },
    },
  ]);
});

test('a key and device ids intersect; an unknown key and unknown ids list nothing', async () => {
  const opened = await openSeam();
  await connect(opened, 'ben', 'ben@example.com');
  await connect(opened, 'gwen', 'gwen@example.com');
  const { seam } = opened;
  const shed = await doorId(opened, 'Bike Shed');
  const house = await doorId(opened, 'Guest House');
  const list = async (key: string, device_ids: string[]) =>
    names(await seam.devices.list({ user_identifier_key: key, device_ids }));
  expect(await list('ben', [shed, house])).toEqual(['Bike Shed']);
  expect(await list('ben', [house])).toEqual([]);
  expect(await list('ben', [])).toEqual([]);
  expect(await list('nobody', [shed])).toEqual([]);
  expect(await list('ben', ['00000000-0000-4000-8000-000000000000'])).toEqual([]);
  const locks = await fetch(`${opened.local.url}/locks/list`, {
    method: 'POST',
    headers: { authorization: `Bearer ${opened.local.apiKey}` },
    body: JSON.stringify({ user_identifier_key: 'ben', device_ids: [shed, house] }),
  });
  expect(await locks.json()).toMatchObject({ locks: [{ device_id: shed }], devices: [{ device_id: shed }] });
});

test('two people who sign in to the same account share it; granting and deleting act on both', async () => {
  const opened = await openSeam();
  const { seam } = opened;
  const first = await connect(opened, 'olivia', 'olivia@example.com');
  const second = await connect(opened, 'partner', 'OLIVIA@example.com');
  expect(second).toBe(first);
  expect(await connect(opened, 'third', 'olivia@example.com', 'yale')).not.toBe(first);
  const front = (await seam.devices.list({ user_identifier_key: 'olivia' }))[0]?.device_id ?? '';
  expect(names(await seam.devices.list({ user_identifier_key: 'partner', device_ids: [front] }))).toEqual([
    'Front Door',
  ]);

  await seam.connectedAccounts.delete({ connected_account_id: first });
  expect(await seam.devices.list({ user_identifier_key: 'olivia' })).toEqual([]);
  expect(await seam.devices.list({ user_identifier_key: 'partner' })).toEqual([]);
  expect(await seam.clientSessions.get({ user_identifier_key: 'partner' })).toMatchObject({
    connected_account_ids: [],
    device_count: 0,
  });
  expect(await refused(seam.devices.get({ device_id: front }))).toMatchObject({ code: 'device_not_found' });
  expect(await seam.devices.list({ user_identifier_key: 'third' })).toHaveLength(9);
});

test('one person leaves a shared account by a session of their own without it', async () => {
  const opened = await openSeam();
  const { seam } = opened;
  await connect(opened, 'olivia', 'olivia@example.com');
  const kept = await connect(opened, 'partner', 'ben@example.com');
  await connect(opened, 'partner', 'olivia@example.com');
  const old = await seam.clientSessions.get({ user_identifier_key: 'partner' });
  await seam.clientSessions.create({ user_identifier_key: 'partner', connected_account_ids: [kept] });
  expect(await seam.devices.list({ user_identifier_key: 'partner' })).toHaveLength(10);
  await seam.clientSessions.delete({ client_session_id: old.client_session_id });
  expect(names(await seam.devices.list({ user_identifier_key: 'partner' }))).toEqual(['Bike Shed']);
  expect(await seam.devices.list({ user_identifier_key: 'olivia' })).toHaveLength(9);
});

test('a session gives nothing once it has expired; its expiry is moved by getOrCreate', async () => {
  const opened = await openSeam();
  const { seam, drive } = opened;
  await connect(opened, 'ben', 'ben@example.com');
  const until = new Date(START + 2 * DAY).toISOString();
  const session = await seam.clientSessions.getOrCreate({ user_identifier_key: 'ben', expires_at: until });
  expect(session.expires_at).toBe(until);
  await drive.clock({ advanceMs: 2 * DAY - 301 });
  expect(await seam.devices.list({ user_identifier_key: 'ben' })).toHaveLength(1);
  await drive.clock({ advanceMs: 1 });
  expect(await seam.devices.list({ user_identifier_key: 'ben' })).toEqual([]);
  expect(await seam.connectedAccounts.list({ user_identifier_key: 'ben' })).toEqual([]);
  const granting = seam.clientSessions.grantAccess({ user_identifier_key: 'ben', connected_account_ids: [] });
  expect(await refused(granting)).toMatchObject({ code: 'client_session_not_found', statusCode: 404 });
  const fresh = await seam.clientSessions.getOrCreate({ user_identifier_key: 'ben' });
  expect(fresh.client_session_id).not.toBe(session.client_session_id);
  expect(fresh.connected_account_ids).toEqual([]);
});

test('a session gives nothing once it is revoked, yet can still be read', async () => {
  const opened = await openSeam();
  const { seam } = opened;
  await connect(opened, 'ben', 'ben@example.com');
  const { client_session_id } = await seam.clientSessions.get({ user_identifier_key: 'ben' });
  await seam.clientSessions.revoke({ client_session_id });
  expect(await seam.devices.list({ user_identifier_key: 'ben' })).toEqual([]);
  expect(await seam.clientSessions.get({ client_session_id })).toMatchObject({ user_identifier_key: 'ben' });
});

test('create makes a second session; list finds them by key and webview', async () => {
  const { seam } = await openSeam();
  const { connect_webview_id } = await seam.connectWebviews.create({});
  const one = await seam.clientSessions.create({ user_identifier_key: 'ben' });
  const two = await seam.clientSessions.create({
    user_identifier_key: 'ben',
    connect_webview_ids: [connect_webview_id],
  });
  const none = await seam.clientSessions.create();
  const ids = async (filter: Parameters<typeof seam.clientSessions.list>[0]) =>
    (await seam.clientSessions.list(filter)).map((session) => session.client_session_id);
  expect(await ids({ user_identifier_key: 'ben' })).toEqual([one.client_session_id, two.client_session_id]);
  expect(await ids({ connect_webview_id })).toEqual([two.client_session_id]);
  expect(await ids({ without_user_identifier_key: true })).toEqual([none.client_session_id]);
  expect((await seam.clientSessions.getOrCreate({ user_identifier_key: 'ben' })).client_session_id).toBe(
    two.client_session_id,
  );
});

test('an unfinished login gives nothing; granting the webview afterwards gives it', async () => {
  const opened = await openSeam();
  const { seam, drive } = opened;
  const { connect_webview_id } = await seam.connectWebviews.create({ accepted_providers: ['yale'] });
  await drive.login({
    connectWebviewId: connect_webview_id,
    provider: 'yale',
    email: 'ben@example.com',
    password: '1234',
  });
  await drive.clock({ advanceMs: 300 });
  await seam.clientSessions.create({ user_identifier_key: 'ben' });
  expect(await seam.devices.list({ user_identifier_key: 'ben' })).toEqual([]);
  await seam.clientSessions.grantAccess({
    user_identifier_key: 'ben',
    connect_webview_ids: [connect_webview_id],
  });
  expect(names(await seam.devices.list({ user_identifier_key: 'ben' }))).toEqual(['Bike Shed']);
});

test('deleting a used webview takes nothing from the person', async () => {
  const opened = await openSeam();
  const { seam } = opened;
  await connect(opened, 'ben', 'ben@example.com');
  const [webview] = await seam.connectWebviews.list({ user_identifier_key: 'ben' });
  await seam.connectWebviews.delete({ connect_webview_id: webview?.connect_webview_id ?? '' });
  expect(names(await seam.devices.list({ user_identifier_key: 'ben' }))).toEqual(['Bike Shed']);
});
