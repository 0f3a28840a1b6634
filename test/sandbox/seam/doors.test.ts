import { expect, test } from 'vitest';
import { eventTypes, house, OPENED, PENDING, panel, unlocked } from './house.ts';
import { doorId, MINUTE, refused, START } from './support.ts';

const OFFLINE = { type: 'device_offline', message: 'The device is offline.' };
test('a lock that works moves, confirms it, and says so', async () => {
  const opened = await house();
  expect(await unlocked(opened, 'Front Door', 100)).toEqual(PENDING);
  expect(await panel(opened, 'Front Door')).toMatchObject({ locked: true, moving: true });
  await opened.drive.clock({ advanceMs: 500 });
  expect(await panel(opened, 'Front Door')).toMatchObject({ locked: false, moving: false });
  const device_id = await doorId(opened, 'Front Door');
  expect(await eventTypes(opened, device_id, 2)).toEqual([
    'lock.unlocked',
    'action_attempt.unlock_door.succeeded',
  ]);
  const { action_attempt_id } = await opened.seam.locks.lockDoor({ device_id });
  await opened.drive.clock({ advanceMs: 600 });
  const [locked] = await opened.seam.events.list({ device_id, event_type: 'lock.locked' });
  expect(locked).toMatchObject({ method: 'remote', action_attempt_id });
  expect(await panel(opened, 'Front Door')).toMatchObject({ locked: true });
});

test('each fate ends an unlock in its own way', async () => {
  const opened = await house();
  expect(await unlocked(opened, 'Server Room', 600)).toEqual({
    status: 'success',
    result: { was_confirmed_by_device: false },
    error: null,
  });
  expect(await panel(opened, 'Server Room')).toMatchObject({ locked: false, battery: null });
  expect(await unlocked(opened, 'Studio', 600)).toEqual({
    status: 'error',
    result: null,
    error: { type: 'lock_jammed', message: 'The bolt is jammed. Check the door and try again.' },
  });
  expect(await panel(opened, 'Studio')).toMatchObject({ locked: true, moving: false });
  expect(await unlocked(opened, 'Cellar', 1000)).toEqual(PENDING);
  expect(await unlocked(opened, 'Cellar', 4000)).toEqual(OPENED);
  expect(await unlocked(opened, 'Garage', 600)).toEqual(OPENED);
  expect(await unlocked(opened, 'Loft', 365 * 24 * 60 * MINUTE)).toEqual(PENDING);
  expect(await panel(opened, 'Loft')).toMatchObject({ locked: true, moving: false });
});

test('an offline lock fails its attempt, and its device says why', async () => {
  const opened = await house();
  expect(await unlocked(opened, 'Back Gate', 300)).toEqual({ status: 'error', result: null, error: OFFLINE });
  const gate = await opened.seam.devices.get({ name: 'Back Gate' });
  expect({ online: gate.properties.online, errors: gate.errors }).toEqual({
    online: false,
    errors: [
      {
        error_code: 'device_offline',
        is_device_error: true,
        message: 'The device is offline.',
        created_at: new Date(START + 300).toISOString(),
      },
    ],
  });
});

test('what cannot be unlocked from afar is refused: a keypad lock and a thermostat', async () => {
  const opened = await house();
  const keypad = await opened.seam.devices.get({ name: 'Keypad Only' });
  expect([keypad.can_remotely_unlock, keypad.warnings.map((one) => one.warning_code)]).toEqual([
    false,
    ['hub_required_for_additional_capabilities'],
  ]);
  const thermostat = await opened.seam.devices.get({ name: 'Hall Thermostat' });
  expect([thermostat.device_type, thermostat.can_remotely_unlock, thermostat.properties.locked]).toEqual([
    'ecobee_thermostat',
    undefined,
    undefined,
  ]);
  for (const { device_id } of [keypad, thermostat]) {
    expect(await refused(opened.seam.locks.unlockDoor({ device_id }))).toMatchObject({
      code: 'device_not_supported',
      statusCode: 400,
    });
  }
  const locks = await opened.seam.locks.list();
  expect(locks.map((lock) => lock.display_name)).not.toContain('Hall Thermostat');
  expect(locks).toHaveLength(8);
  expect(await refused(opened.seam.locks.get({ name: 'Hall Thermostat' }))).toMatchObject({
    statusCode: 404,
  });
});

test('a lock takes fifteen unlocks a minute, counted apart from its locks and from other doors', async () => {
  const opened = await house();
  const { seam, drive, local } = opened;
  const device_id = await doorId(opened, 'Front Door');
  for (let i = 0; i < 15; i += 1) await seam.locks.unlockDoor({ device_id });
  await drive.clock({ advanceMs: 20_000 });
  const answer = await fetch(`${local.url}/locks/unlock_door`, {
    method: 'POST',
    headers: { authorization: `Bearer ${local.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ device_id }),
  });
  expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toEqual([
    429,
    '40',
    {
      error: {
        type: 'rate_limit_exceeded',
        message: 'Too many requests for this device: unlock_door',
      },
    },
  ]);
  await seam.locks.lockDoor({ device_id });
  await seam.locks.unlockDoor({ device_id: await doorId(opened, 'Garage') });
  await drive.clock({ advanceMs: 40_000 });
  await seam.locks.unlockDoor({ device_id });
});

test('by hand: a bolt turned at the door is seen by Seam, an unknown state has no `locked`', async () => {
  const opened = await house();
  const { seam, drive } = opened;
  const deviceId = await doorId(opened, 'Front Door');
  await drive.door({ deviceId, locked: false });
  const [event] = await seam.events.list({ device_id: deviceId, event_type: 'lock.unlocked' });
  expect(event).toMatchObject({ method: 'manual', device_id: deviceId });
  await drive.door({ deviceId, locked: null });
  expect(await panel(opened, 'Front Door')).toMatchObject({ locked: null });
  expect((await seam.devices.get({ device_id: deviceId })).properties).not.toHaveProperty('locked');
});

test('out of reach, Seam keeps what it last saw, and catches up when the lock is back', async () => {
  const opened = await house();
  const { seam, drive } = opened;
  const deviceId = await doorId(opened, 'Front Door');
  await drive.door({ deviceId, online: false });
  await drive.door({ deviceId, locked: false });
  expect(await panel(opened, 'Front Door')).toMatchObject({ locked: false, online: false, connected: true });
  expect((await seam.devices.get({ device_id: deviceId })).properties).toMatchObject({
    online: false,
    locked: true,
  });
  await drive.door({ deviceId, online: true });
  expect((await seam.devices.get({ device_id: deviceId })).properties).toMatchObject({
    online: true,
    locked: false,
  });
  expect(await eventTypes(opened, deviceId, 2)).toEqual([
    'device.disconnected',
    'device.connected',
    'lock.unlocked',
  ]);
});

test('a battery that runs down tells its status once for each step, and that it is low once', async () => {
  const opened = await house();
  const deviceId = await doorId(opened, 'Front Door');
  for (const battery of [0.9, 0.5, 0.2, 0.15, 0.05, null]) await opened.drive.door({ deviceId, battery });
  const events = await opened.seam.events.list({
    device_id: deviceId,
    event_types: ['device.low_battery', 'device.battery_status_changed'],
  });
  expect(
    events.map((event) => [
      event.event_type,
      'battery_level' in event && event.battery_level,
      'battery_status' in event && event.battery_status,
    ]),
  ).toEqual([
    ['device.battery_status_changed', 0.5, 'good'],
    ['device.battery_status_changed', 0.2, 'low'],
    ['device.low_battery', 0.2, false],
    ['device.battery_status_changed', 0.05, 'critical'],
  ]);
});
