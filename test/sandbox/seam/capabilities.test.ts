import { expect, test } from 'vitest';
import { OPENED, panel, unlocked } from './house.ts';
import { ask, connect, doorId, type Opened, openSeam, refused } from './support.ts';

async function codesHouse(): Promise<Opened> {
  const opened = await openSeam();
  await connect(opened, 'carla', 'codes@example.com');
  return opened;
}

test('a strike is unlocked from afar and never locked, and locks by itself', async () => {
  const opened = await codesHouse();
  const { seam, drive } = opened;
  const lobby = await seam.devices.get({ name: 'Lobby' });
  expect(lobby).toMatchObject({
    can_remotely_unlock: true,
    can_remotely_lock: false,
    warnings: [],
    properties: { auto_lock_enabled: true, auto_lock_delay_seconds: 5 },
  });
  expect(await unlocked(opened, 'Lobby', 600)).toEqual(OPENED);
  expect(await refused(seam.locks.lockDoor({ device_id: lobby.device_id }))).toMatchObject({
    code: 'device_not_supported',
    message: 'This device does not support remote lock',
  });
  await drive.clock({ advanceMs: 5_000 });
  expect(await panel(opened, 'Lobby')).toMatchObject({ locked: true });
  const lockable = await ask(opened, 'POST', '/devices/list', { include_if: ['can_remotely_lock'] });
  expect(lockable.body).toMatchObject({ devices: [{ display_name: 'Porch' }] });
});

test('a lock says which PINs it takes, refuses the others, and makes up only those', async () => {
  const opened = await codesHouse();
  const { seam, drive } = opened;
  const device_id = await doorId(opened, 'Lobby');
  expect((await seam.devices.get({ device_id })).properties).toMatchObject({
    supported_code_lengths: [6],
    max_active_codes_supported: 3,
    code_constraints: [
      { constraint_type: 'cannot_start_with_12' },
      { constraint_type: 'no_all_same_digits' },
    ],
  });
  const why = async (code: string) => {
    const error = await refused(seam.accessCodes.create({ device_id, code }));
    return error instanceof Error ? error.message : error;
  };
  expect(await why('1357')).toBe('This lock takes codes of 6 digits');
  expect(await why('129876')).toBe('A code for this lock cannot start with 12');
  expect(await why('777777')).toBe('A code for this lock cannot repeat one digit only');
  for (let i = 0; i < 3; i += 1) {
    const { code } = await seam.accessCodes.create({ device_id, preferred_code_length: 4 });
    expect(code).toMatch(/^(?!12|(\d)\1{5})\d{6}$/);
  }
  const fourth = await seam.accessCodes.create({ device_id });
  await drive.clock({ advanceMs: 800 });
  expect(await seam.accessCodes.get({ access_code_id: fourth.access_code_id })).toMatchObject({
    status: 'setting',
    errors: [{ error_code: 'no_space_for_access_code_on_device' }],
  });
});

test('a sensor says whether the door stands open, as Seam last heard it', async () => {
  const opened = await codesHouse();
  const { seam, drive } = opened;
  const deviceId = await doorId(opened, 'Porch');
  const seen = async () => (await seam.devices.get({ device_id: deviceId })).properties.door_open;
  expect([await seen(), (await panel(opened, 'Porch'))?.doorOpen]).toEqual([false, false]);
  await drive.door({ deviceId, doorOpen: true });
  expect([await seen(), (await panel(opened, 'Porch'))?.doorOpen]).toEqual([true, true]);
  await drive.door({ deviceId, online: false });
  await drive.door({ deviceId, doorOpen: false });
  expect([await seen(), (await panel(opened, 'Porch'))?.doorOpen]).toEqual([true, false]);
  await drive.door({ deviceId, online: true });
  expect(await seen()).toBe(false);
  const lobby = await doorId(opened, 'Lobby');
  expect((await seam.devices.get({ device_id: lobby })).properties).not.toHaveProperty('door_open');
  expect(await refused(drive.door({ deviceId: lobby, doorOpen: true }))).toMatchObject({
    message: expect.stringContaining('Lobby has no sensor'),
  });
});
