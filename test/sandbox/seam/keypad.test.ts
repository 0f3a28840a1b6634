import { expect, test } from 'vitest';
import { eventTypes, house, panel, shed } from './house.ts';
import { connect, DAY, doorId, MINUTE, type Opened, refused, START, UUID } from './support.ts';

const at = (ms: number) => new Date(START + ms).toISOString();

/** How that door was told to lock and unlock, in order. */
async function moves({ seam }: Opened, device_id: string) {
  const events = await seam.events.list({ device_id, event_types: ['lock.locked', 'lock.unlocked'] });
  return events.map((event) => [event.event_type, 'method' in event && event.method]);
}

test('a PIN on the lock opens it, and Seam tells which code it was', async () => {
  const opened = await shed();
  const { seam, drive, device_id } = opened;
  const { access_code_id } = await seam.accessCodes.create({ device_id, code: '4711' });
  expect(await drive.keypad({ deviceId: device_id, code: '4711' })).toEqual({ opened: false });
  await drive.clock({ advanceMs: 800 });
  expect(await drive.keypad({ deviceId: device_id, code: '4711' })).toEqual({ opened: true });
  expect(await panel(opened, 'Bike Shed')).toMatchObject({ locked: false });
  const [unlocked] = await seam.events.list({ device_id, event_type: 'lock.unlocked' });
  expect(unlocked).toMatchObject({
    method: 'keycode',
    access_code_id,
    access_code_is_managed: true,
    code: '4711',
    device_id,
  });
  expect(await eventTypes(opened, device_id, 2)).toEqual([
    'access_code.created',
    'lock.access_denied',
    'access_code.set_on_device',
    'lock.unlocked',
  ]);
});

test('a wrong PIN is denied, and so is one whose time has not come or is over', async () => {
  const opened = await shed();
  const { seam, drive, device_id } = opened;
  const { access_code_id } = await seam.accessCodes.create({
    device_id,
    code: '4711',
    starts_at: at(DAY),
    ends_at: at(2 * DAY),
  });
  await drive.clock({ advanceMs: 800 });
  const enter = async (code: string) => (await drive.keypad({ deviceId: device_id, code })).opened;
  expect([await enter('0000'), await enter('4711')]).toEqual([false, false]);
  const denied = await seam.events.list({ device_id, event_type: 'lock.access_denied' });
  expect(denied).toMatchObject([
    { reason: { reason_code: 'unknown_code', message: 'The lock does not know the code.' } },
    { access_code_id, reason: { reason_code: 'expired_code', message: 'The code is not valid now.' } },
  ]);
  expect(denied[0]).not.toHaveProperty('access_code_id');
  await drive.clock({ advanceMs: DAY });
  expect(await enter('4711')).toBe(true);
  await drive.door({ deviceId: device_id, online: false, locked: true });
  await drive.clock({ advanceMs: DAY });
  expect(await enter('4711')).toBe(false);
  expect(await panel(opened, 'Bike Shed')).toMatchObject({ locked: true });
});

test('out of reach, the keypad works and Seam only learns later that the door is open', async () => {
  const opened = await shed();
  const { seam, drive, device_id } = opened;
  await seam.accessCodes.create({ device_id, code: '4711' });
  await drive.clock({ advanceMs: 800 });
  await drive.door({ deviceId: device_id, online: false });
  expect(await drive.keypad({ deviceId: device_id, code: '0000' })).toEqual({ opened: false });
  expect(await drive.keypad({ deviceId: device_id, code: '4711' })).toEqual({ opened: true });
  expect(await moves(opened, device_id)).toEqual([]);
  await drive.door({ deviceId: device_id, online: true });
  expect(await moves(opened, device_id)).toEqual([['lock.unlocked', 'unknown']]);
  expect(await seam.events.list({ device_id, event_type: 'lock.access_denied' })).toEqual([]);
});

test('a code stays on the lock when its account is deleted, unless it was revoked first', async () => {
  const opened = await shed();
  const { seam, drive, device_id } = opened;
  await seam.accessCodes.create({ device_id, code: '1111', name: 'Left' });
  const revoked = await seam.accessCodes.create({ device_id, code: '2222', name: 'Revoked' });
  await drive.clock({ advanceMs: 800 });
  await seam.accessCodes.delete({ access_code_id: revoked.access_code_id });
  await drive.clock({ advanceMs: 800 });
  const [account] = await seam.connectedAccounts.list();
  await seam.connectedAccounts.delete({ connected_account_id: account?.connected_account_id ?? '' });

  const deviceId = (await panel(opened, 'Bike Shed'))?.deviceId ?? '';
  expect(await drive.keypad({ deviceId, code: '2222' })).toEqual({ opened: false });
  expect(await drive.keypad({ deviceId, code: '1111' })).toEqual({ opened: true });
  expect(await panel(opened, 'Bike Shed')).toMatchObject({ locked: false, connected: false });

  await connect(opened, 'ben', 'ben@example.com');
  expect(await seam.accessCodes.list({ device_id: deviceId })).toEqual([]);
  expect(await seam.accessCodes.unmanaged.list({ device_id: deviceId })).toMatchObject([
    { code: '1111', name: 'Left', is_managed: false },
  ]);
});

test('by hand, by key, by card, in the app and by itself: each in the words of Seam', async () => {
  const opened = await house();
  const { seam, drive } = opened;
  const deviceId = await doorId(opened, 'Front Door');
  for (const by of ['hand', 'key', 'card', 'app', 'automatic'] as const) {
    await drive.door({ deviceId, locked: false, by });
    await drive.door({ deviceId, locked: true, by });
  }
  const methods = ['manual', 'manual', 'card', 'remote', 'automatic'];
  expect(await moves(opened, deviceId)).toEqual(
    methods.flatMap((method) => [
      ['lock.unlocked', method],
      ['lock.locked', method],
    ]),
  );
  const remote = (await seam.events.list({ device_id: deviceId, event_type: 'lock.unlocked' }))[3];
  expect(remote).not.toHaveProperty('action_attempt_id');
});

test('a door locks again by itself, from its last unlock on, and not once it is locked', async () => {
  const opened = await house();
  const { seam, drive } = opened;
  const deviceId = await doorId(opened, 'Front Door');
  await drive.door({ deviceId, autoLockMs: MINUTE });
  expect((await seam.devices.get({ device_id: deviceId })).properties).toMatchObject({
    auto_lock_enabled: true,
    auto_lock_delay_seconds: 60,
  });
  await drive.door({ deviceId, locked: false });
  await drive.clock({ advanceMs: MINUTE / 2 });
  expect(await panel(opened, 'Front Door')).toMatchObject({ locked: false, autoLockMs: MINUTE });
  await drive.clock({ advanceMs: MINUTE / 2 });
  expect(await panel(opened, 'Front Door')).toMatchObject({ locked: true });
  await seam.locks.unlockDoor({ device_id: deviceId });
  await drive.clock({ advanceMs: 600 });
  await drive.door({ deviceId, locked: true });
  await drive.clock({ advanceMs: MINUTE });
  await drive.door({ deviceId, autoLockMs: null, locked: false });
  await drive.clock({ advanceMs: DAY });
  expect(await moves(opened, deviceId)).toEqual([
    ['lock.unlocked', 'manual'],
    ['lock.locked', 'automatic'],
    ['lock.unlocked', 'remote'],
    ['lock.locked', 'manual'],
    ['lock.unlocked', 'manual'],
  ]);
});

test('a lock that somebody opens says so, while it is in reach', async () => {
  const opened = await house();
  const deviceId = await doorId(opened, 'Front Door');
  await opened.drive.door({ deviceId, tampered: true });
  await opened.drive.door({ deviceId, online: false });
  await opened.drive.door({ deviceId, tampered: true });
  expect(await eventTypes(opened, deviceId, 2)).toEqual(['device.tampered', 'device.disconnected']);
});

test("a PIN from the brand's own app is a code that Seam does not manage, and blocks the same one", async () => {
  const opened = await shed();
  const { seam, drive, device_id } = opened;
  await drive.code({ deviceId: device_id, code: '2468', name: 'Window cleaner' });
  const [unmanaged] = await seam.accessCodes.unmanaged.list({ device_id });
  expect(unmanaged).toEqual({
    access_code_id: expect.stringMatching(UUID),
    workspace_id: expect.stringMatching(UUID),
    device_id,
    code: '2468',
    name: 'Window cleaner',
    created_at: at(300),
    type: 'ongoing',
    status: 'set',
    display_status: 'Active',
    is_managed: false,
    errors: [],
    warnings: [],
  });
  const id = unmanaged?.access_code_id;
  expect(await seam.accessCodes.list({ device_id })).toEqual([]);
  const { access_code_id } = await seam.accessCodes.create({ device_id, code: '2468' });
  await drive.clock({ advanceMs: 800 });
  expect(await seam.accessCodes.get({ access_code_id })).toMatchObject({
    status: 'setting',
    errors: [{ error_code: 'duplicate_code_on_device', unmanaged_access_code_id: id }],
  });
  expect(await drive.keypad({ deviceId: device_id, code: '2468' })).toEqual({ opened: true });
  const [used] = await seam.events.list({ device_id, event_type: 'lock.unlocked' });
  expect(used).toMatchObject({ method: 'keycode', access_code_id: id, access_code_is_managed: false });

  await drive.code({ deviceId: device_id, code: '2468', removed: true });
  await drive.clock({ advanceMs: 800 });
  expect(await seam.accessCodes.get({ access_code_id })).toMatchObject({ status: 'set', errors: [] });
  expect(await seam.accessCodes.unmanaged.list({ device_id })).toEqual([]);
  expect(await refused(drive.code({ deviceId: device_id, code: '2468', removed: true }))).toMatchObject({
    message: expect.stringContaining('Seam manages this PIN'),
  });
  const own = await seam.events.list({ access_code_id: id ?? '' });
  expect(own.map((event) => event.event_type)).toEqual([
    'access_code.unmanaged.created',
    'lock.unlocked',
    'access_code.unmanaged.removed',
  ]);
});

test("what changes in the brand's app out of reach is seen when the lock is back", async () => {
  const opened = await shed();
  const { seam, drive, device_id } = opened;
  const names = async () =>
    (await seam.accessCodes.unmanaged.list({ device_id, user_identifier_key: 'ben' })).map(
      ({ name }) => name,
    );
  await drive.code({ deviceId: device_id, code: '1111', name: 'First' });
  await drive.door({ deviceId: device_id, online: false });
  await drive.code({ deviceId: device_id, code: '2222', name: 'Second' });
  await drive.code({ deviceId: device_id, code: '1111', removed: true });
  expect(await names()).toEqual(['First']);
  await drive.door({ deviceId: device_id, online: true });
  expect(await names()).toEqual(['Second']);
  expect(await seam.accessCodes.unmanaged.list({ device_id, user_identifier_key: 'olivia' })).toEqual([]);
  expect(await seam.accessCodes.unmanaged.list({ device_id, search: 'sec' })).toHaveLength(1);
  expect(await seam.accessCodes.unmanaged.list({ device_id, search: 'first' })).toEqual([]);
});
