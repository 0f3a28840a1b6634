import { expect, test } from 'vitest';
import { eventTypes, house, OPENED, panel, unlocked } from './house.ts';
import { connect, doorId, START } from './support.ts';

test('an account that is signed out takes its doors with it, until it signs in again', async () => {
  const opened = await house();
  const { seam, drive } = opened;
  const email = 'olivia@example.com';
  await drive.account({ email, signedIn: false });
  const [account] = await seam.connectedAccounts.list();
  expect(account?.errors.map((error) => error.error_code)).toEqual(['account_disconnected']);
  const told = await seam.events.list({ event_type: 'connected_account.disconnected' });
  expect(told).toMatchObject([
    {
      connected_account_id: account?.connected_account_id,
      connected_account_errors: [{ error_code: 'account_disconnected' }],
    },
  ]);
  const front = await seam.devices.get({ name: 'Front Door' });
  expect([front.properties.online, front.errors.map((error) => error.error_code)]).toEqual([
    false,
    ['account_disconnected'],
  ]);
  expect(await unlocked(opened, 'Front Door', 300)).toMatchObject({
    status: 'error',
    error: { type: 'account_disconnected' },
  });
  expect(await panel(opened, 'Front Door')).toMatchObject({ connected: false, online: true });

  expect(await connect(opened, 'olivia', email)).toBe(account?.connected_account_id);
  expect(await panel(opened, 'Front Door')).toMatchObject({ connected: true });
  expect((await seam.connectedAccounts.list())[0]?.errors).toEqual([]);
  expect(await unlocked(opened, 'Front Door', 600)).toEqual(OPENED);
});

test('a brand can ask for a new sign-in, which a new sign-in settles', async () => {
  const opened = await house();
  const email = 'olivia@example.com';
  const warnings = async () => (await opened.seam.connectedAccounts.list())[0]?.warnings;
  await opened.drive.account({ email, signedIn: true, reauthorize: true });
  expect(await warnings()).toEqual([
    {
      warning_code: 'account_reauthorization_requested',
      message: 'The brand asks the owner to sign in again.',
      created_at: new Date(START + 300).toISOString(),
    },
  ]);
  await connect(opened, 'olivia', email);
  expect(await warnings()).toEqual([]);
});

test('a lock taken out of its account stays listed with an error, and can come back', async () => {
  const opened = await house();
  const deviceId = await doorId(opened, 'Front Door');
  await opened.drive.door({ deviceId, removed: true });
  expect((await opened.seam.devices.get({ device_id: deviceId })).errors).toMatchObject([
    { error_code: 'device_removed' },
  ]);
  expect(await unlocked(opened, 'Front Door', 300)).toMatchObject({ error: { type: 'device_removed' } });
  await opened.drive.door({ deviceId, removed: false });
  expect(await unlocked(opened, 'Front Door', 600)).toEqual(OPENED);
  expect(await eventTypes(opened, deviceId, 2)).toEqual([
    'device.removed',
    'action_attempt.unlock_door.failed',
    'device.added',
    'device.connected',
    'lock.unlocked',
    'action_attempt.unlock_door.succeeded',
  ]);
});

test('the locks outlive their account in Seam, and come back under new ids', async () => {
  const opened = await house();
  const { seam, drive } = opened;
  const before = await doorId(opened, 'Front Door');
  await drive.door({ deviceId: before, locked: false });
  const [account] = await seam.connectedAccounts.list();
  await seam.connectedAccounts.delete({ connected_account_id: account?.connected_account_id ?? '' });
  expect(await panel(opened, 'Front Door')).toMatchObject({ connected: false, locked: false });
  const kept = await seam.events.list({ device_id: before });
  expect(kept.map((event) => event.event_type)).toEqual(['device.deleted']);
  await connect(opened, 'olivia', 'olivia@example.com');
  const after = await seam.devices.get({ name: 'Front Door' });
  expect(after.device_id).not.toBe(before);
  expect(after.properties.locked).toBe(false);
  expect((await drive.view()).doors).toHaveLength(8);
});
