import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually, OLIVIA, startWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await world.connect(OLIVIA, 'olivia@example.com');
});
afterAll(() => world.close());

let sent = 0;
/** Delivers a body as Seam does, signed; `change` spoils the headers. The answer is the status. */
async function deliver(body: unknown, change: Record<string, string> = {}): Promise<number> {
  const secret = (world.house.config.seam.webhookSecret ?? '').replace('whsec_', '');
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  sent += 1;
  const id = `msg_${sent}`;
  const at = String(Math.floor(Date.now() / 1000));
  const mac = createHmac('sha256', Buffer.from(secret, 'base64')).update(`${id}.${at}.${text}`);
  const response = await fetch(`http://127.0.0.1:${world.house.bot.port}/seam/webhooks`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'svix-id': id,
      'svix-timestamp': at,
      'svix-signature': `v1,${mac.digest('base64')}`,
      ...change,
    },
    body: text,
  });
  return response.status;
}

const moved = (facts: Record<string, unknown>) => ({
  event_id: 'e',
  event_type: 'lock.unlocked',
  occurred_at: new Date(world.time.now()).toISOString(),
  device_id: 'd',
  ...facts,
});

it('what is forged, old or unsigned changes nothing', async () => {
  const before = world.rows('sighting').length;
  expect(await deliver(moved({}), { 'svix-signature': 'v1,AAAA' })).toBe(401);
  expect(await deliver(moved({}), { 'svix-signature': '' })).toBe(401);
  expect(await deliver(moved({}), { 'svix-timestamp': '1' })).toBe(401);
  expect(await deliver(moved({}), { 'svix-id': 'other' })).toBe(401);
  expect(world.rows('sighting')).toHaveLength(before);
});

it.each(['null', '"x"', '{'])('a body that is no event is turned down: %s', async (body) => {
  expect(await deliver(body)).toBe(401);
});

it.each<[string, () => unknown]>([
  ['an empty device id', () => moved({ device_id: '' })],
  ['a blank device id', () => moved({ device_id: ' ' })],
  ['a null device id', () => moved({ device_id: null })],
  [
    'an empty link id',
    () => moved({ event_type: 'connect_webview.login_succeeded', connect_webview_id: '' }),
  ],
  ['no date', () => moved({ occurred_at: 'yesterday' })],
])('an odd event (%s) is the sender’s fault, not ours', async (_, body) => {
  expect(await deliver(body())).toBe(400);
});

it('an event dated in the future happened now, and does not hide what happens after it', async () => {
  const { deviceId } = await world.door('Front Door');
  const sighting = () => world.rows('sighting').find(({ device_id }) => device_id === deviceId);
  const locked = { event_type: 'lock.locked', occurred_at: '2099-01-01T00:00:00.000Z' };
  expect(await deliver(moved({ device_id: deviceId, ...locked }))).toBe(200);
  expect(sighting()).toMatchObject({ state: 'locked' });
  expect(Number(sighting()?.at)).toBeLessThanOrEqual(world.time.now());
  await world.type(OLIVIA, '/locks');
  await world.sees(OLIVIA, ({ text }) => text.startsWith('Your doors'));
  await world.click(OLIVIA, 'Unlock', 'Front Door');
  await eventually('it was seen to open', () => sighting()?.state === 'unlocked');
});
