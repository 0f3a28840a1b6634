import { expect, test } from 'vitest';
import { ask, connect, doorId, openSeam, refused } from './support.ts';

test('a thousand doors come in pages, forwards, each door once', async () => {
  const opened = await openSeam();
  const { seam } = opened;
  await connect(opened, 'ben', 'ben@example.com');
  await connect(opened, 'many', 'many@example.com');
  const request = () => seam.devices.list({ user_identifier_key: 'many', limit: 300 });
  const pages = [];
  for await (const page of seam.createPaginator(request())) pages.push(page);
  expect(pages.map((page) => page.length)).toEqual([300, 300, 300, 100]);
  const names = pages.flat().map((device) => device.display_name);
  expect(names).toEqual(Array.from({ length: 1000 }, (_, i) => `Room ${String(i + 1).padStart(4, '0')}`));
  expect(await seam.devices.list({ user_identifier_key: 'many' })).toHaveLength(500);

  const [, first] = await seam.createPaginator(request()).firstPage();
  expect(first.hasNextPage).toBe(true);
  const next = await fetch(first.nextPageUrl ?? '', {
    headers: { authorization: `Bearer ${opened.local.apiKey}` },
  });
  expect(await next.json()).toMatchObject({
    devices: expect.toSatisfy((devices: object[]) => devices.length === 300),
    pagination: { has_next_page: true },
  });
});

test('a cursor serves only the list that it came from', async () => {
  const opened = await openSeam();
  const { seam } = opened;
  await connect(opened, 'olivia', 'olivia@example.com');
  const [, { nextPageCursor }] = await seam
    .createPaginator(seam.devices.list({ user_identifier_key: 'olivia', limit: 2 }))
    .firstPage();
  const cursor = String(nextPageCursor);
  expect(await seam.devices.list({ user_identifier_key: 'olivia', page_cursor: cursor })).toHaveLength(7);
  for (const asked of [
    seam.devices.list({ user_identifier_key: 'ben', page_cursor: cursor }),
    seam.devices.list({ user_identifier_key: 'olivia', page_cursor: 'abc' }),
    seam.devices.list({ page_cursor: cursor }),
  ]) {
    expect(await refused(asked)).toMatchObject({
      validationErrors: [
        { parameterName: 'page_cursor', errorMessages: ['Invalid page_cursor for this list'] },
      ],
    });
  }
});

test('devices are narrowed by what they are', async () => {
  const opened = await openSeam();
  const { seam } = opened;
  const august = await connect(opened, 'olivia', 'olivia@example.com');
  const yale = await connect(opened, 'ben', 'ben@example.com', 'yale');
  const names = async (filter: Parameters<typeof seam.devices.list>[0]) =>
    (await seam.devices.list(filter)).map((device) => device.display_name);
  expect(await names({ connected_account_id: yale })).toEqual(['Bike Shed']);
  expect(await names({ connected_account_ids: [yale, august], limit: 1 })).toEqual(['Front Door']);
  expect(await names({ connected_account_ids: [yale, august], search: 'shed' })).toEqual(['Bike Shed']);
  expect(await names({ search: "olivia's PLACE", device_type: 'ecobee_thermostat' })).toEqual([
    'Hall Thermostat',
  ]);
  expect(await names({ search: (await doorId(opened, 'Garage')).slice(0, 8) })).toEqual(['Garage']);
  expect(await names({ manufacturer: 'yale' })).toEqual(['Bike Shed']);
  const flags = async (filter: object) => (await ask(opened, 'POST', '/devices/list', filter)).body;
  expect(await flags({ exclude_if: ['can_remotely_unlock'] })).toMatchObject({
    devices: [{ display_name: 'Keypad Only' }, { display_name: 'Hall Thermostat' }],
  });
  expect(await flags({ exclude_if: ['can_remotely_unlock'], include_if: ['can_hvac_heat'] })).toMatchObject({
    devices: [{ display_name: 'Hall Thermostat' }],
  });
  expect(await names({ created_before: '2026-06-01T08:00:00.000Z' })).toEqual([]);
});

test('webviews and accounts are found by person, metadata and text', async () => {
  const opened = await openSeam();
  const { seam, drive } = opened;
  const make = (custom_metadata: Record<string, string | boolean>) =>
    seam.connectWebviews.create({ accepted_providers: ['yale'], custom_metadata });
  const mine = await make({ slack_user: 'U1', vip: true });
  await make({ slack_user: 'U2' });
  await seam.clientSessions.create({
    user_identifier_key: 'one',
    connect_webview_ids: [mine.connect_webview_id],
  });
  const webviews = async (filter: Parameters<typeof seam.connectWebviews.list>[0]) =>
    (await seam.connectWebviews.list(filter)).map((webview) => webview.custom_metadata.slack_user);
  expect(await webviews({})).toEqual(['U1', 'U2']);
  expect(await webviews({ user_identifier_key: 'one' })).toEqual(['U1']);
  expect(await webviews({ custom_metadata_has: { slack_user: 'U2' } })).toEqual(['U2']);
  expect(await webviews({ custom_metadata_has: { slack_user: 'U1', vip: true } })).toEqual(['U1']);
  expect(await webviews({ custom_metadata_has: { other: 'undefined' } })).toEqual([]);
  expect(await webviews({ search: 'u2' })).toEqual(['U2']);

  await drive.login({
    connectWebviewId: mine.connect_webview_id,
    provider: 'yale',
    email: 'ben@example.com',
    password: '1234',
  });
  await connect(opened, 'olivia', 'olivia@example.com');
  const accounts = async (filter: Parameters<typeof seam.connectedAccounts.list>[0]) =>
    (await seam.connectedAccounts.list(filter)).map((account) => account.display_name);
  expect(await accounts({})).toEqual(['ben@example.com', 'olivia@example.com']);
  expect(await accounts({ user_identifier_key: 'one' })).toEqual(['ben@example.com']);
  expect(await accounts({ custom_metadata_has: { vip: true } })).toEqual(['ben@example.com']);
  expect(await accounts({ search: 'august' })).toEqual(['olivia@example.com']);
  expect(await seam.connectedAccounts.get({ email: 'Ben@example.com' })).toMatchObject({
    account_type: 'yale',
  });
});

test('events are narrowed by time, kind and what they are about', async () => {
  const opened = await openSeam();
  const { seam, drive } = opened;
  await connect(opened, 'ben', 'ben@example.com');
  const deviceId = await doorId(opened, 'Bike Shed');
  await drive.clock({ advanceMs: 60_000 });
  await drive.door({ deviceId, locked: false });
  const types = async (filter: Parameters<typeof seam.events.list>[0]) =>
    (await seam.events.list(filter)).map((event) => event.event_type);
  expect(await types({ since: '2026-06-01T08:01:00.000Z' })).toEqual(['lock.unlocked']);
  expect(await types({ between: ['2026-06-01T08:01:00Z', '2026-06-02T00:00:00Z'] })).toEqual([
    'lock.unlocked',
  ]);
  expect(await types({ between: ['2026-06-02T00:00:00Z', '2026-06-03T00:00:00Z'] })).toEqual([]);
  expect(await types({ device_ids: [deviceId], event_types: ['device.added', 'lock.unlocked'] })).toEqual([
    'device.added',
    'lock.unlocked',
  ]);
  expect(await types({ device_id: deviceId, limit: 1 })).toEqual(['device.added']);
  expect(await seam.events.get({ device_id: deviceId })).toMatchObject({ event_type: 'lock.unlocked' });
});
