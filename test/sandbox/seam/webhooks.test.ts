import { SeamWebhook } from 'seam';
import { expect, test, vi } from 'vitest';
import { connect, doorId, openSeam, receiver, refused } from './support.ts';

const SECRET = `whsec_${Buffer.from('a secret of the test, long enough').toString('base64')}`;

test('events are delivered once, signed as the SDK verifies, in the shape of the API', async () => {
  const { url, received } = await receiver();
  const opened = await openSeam({ webhook: { url, secret: SECRET } });
  await connect(opened, 'ben', 'ben@example.com');
  const device_id = await doorId(opened, 'Bike Shed');
  const { action_attempt_id } = await opened.seam.locks.unlockDoor({ device_id });
  await opened.drive.clock({ advanceMs: 600 });
  const told = await opened.seam.events.list({ since: '2020-01-01' });
  await vi.waitFor(() => expect(received).toHaveLength(told.length));

  const webhook = new SeamWebhook(SECRET);
  const events = received.map(({ body, headers }) => webhook.verify(body, headers));
  const byId = <E extends { event_id: string }>(list: E[]) =>
    list.toSorted((a, b) => a.event_id.localeCompare(b.event_id));
  expect(byId(events)).toEqual(byId(told));
  expect(told.map((event) => event.event_type)).toEqual([
    'connected_account.created',
    'connected_account.successful_login',
    'connected_account.connected',
    'connect_webview.login_succeeded',
    'device.added',
    'device.connected',
    'connected_account.completed_first_sync',
    'lock.unlocked',
    'action_attempt.unlock_door.succeeded',
  ]);
  expect(told.at(-2)).toMatchObject({ device_id, action_attempt_id, method: 'remote' });
  expect(new Set(received.map(({ headers }) => headers['svix-id'])).size).toBe(told.length);

  const [first] = received;
  const spoilt = new SeamWebhook(`whsec_${Buffer.from('another').toString('base64')}`);
  expect(() => spoilt.verify(first?.body ?? '', first?.headers ?? {})).toThrow('No matching signature');
  expect(() => webhook.verify(`${first?.body} `, first?.headers ?? {})).toThrow('No matching signature');
});

test('a delivery that fails is repeated after growing pauses, with the same id', async () => {
  const { url, received } = await receiver([500, 503, 404, 302]);
  const opened = await openSeam();
  await connect(opened, 'ben', 'ben@example.com');
  const deviceId = await doorId(opened, 'Bike Shed');
  opened.local.setWebhook({ url, secret: SECRET });
  await opened.drive.door({ deviceId, locked: false });
  for (const [index, pause] of [250, 1000, 4000, 15_000].entries()) {
    await vi.waitFor(() => expect(received).toHaveLength(index + 1));
    await settle();
    if (pause >= 1000) {
      await opened.drive.clock({ advanceMs: pause - 600 });
      await settle();
      expect(received).toHaveLength(index + 1);
    }
    await opened.drive.clock({ advanceMs: pause });
  }
  await vi.waitFor(() => expect(received).toHaveLength(5));
  await opened.drive.clock({ advanceMs: 3_600_000 });
  await settle();
  expect(received).toHaveLength(5);
  expect(new Set(received.map(({ headers }) => headers['svix-id'])).size).toBe(1);
  const webhook = new SeamWebhook(SECRET);
  for (const { body, headers } of received) {
    expect(webhook.verify(body, headers)).toMatchObject({ event_type: 'lock.unlocked' });
  }
});

test('without a webhook nothing is sent, and it can be taken away', async () => {
  const { url, received } = await receiver();
  const opened = await openSeam();
  await connect(opened, 'ben', 'ben@example.com');
  const deviceId = await doorId(opened, 'Bike Shed');
  opened.local.setWebhook({ url, secret: SECRET });
  opened.local.setWebhook(null);
  await opened.drive.door({ deviceId, locked: false });
  await settle();
  expect(received).toEqual([]);
  const start = openSeam({ webhook: { url, secret: 'not a secret' } });
  expect(await refused(start)).toMatchObject({ message: 'A webhook secret begins with whsec_' });
});

/** Long enough for what should not come to have come. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 60));
}
