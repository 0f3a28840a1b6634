/** Without webhooks Seam is asked what happened: seldom, for everybody at once, and over restarts. */
import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { startBot } from '../../src/bot.ts';
import { createLog } from '../../src/log.ts';
import { thisProcess } from '../../src/runs.ts';
import { withNotices } from '../support/notices.ts';
import { pause } from '../support/trouble.ts';
import { BEN, eventually, OLIVIA, startWorld, type World } from '../support/world.ts';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

let world: World;
const { told, hears, noted, settle, act } = withNotices(() => world);
afterEach(() => world.close());

const questions = () => world.seamCalls('/events/list');

/** Lets time go by in steps of 5 s, in each of which every bot may ask. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 5 * SECOND_MS) {
    world.time.advance(5 * SECOND_MS);
    await pause(40);
  }
}

it('asks while somebody has an account, once in 30 s for all, by one of several bots', async () => {
  world = await startWorld({ webhooks: false });
  const place = thisProcess;
  const log = createLog({ level: 'silent' });
  const other = await startBot(world.house.config, { time: world.time, newId: randomUUID, log, place });
  try {
    await other.ready;
    await pass(60 * SECOND_MS);
    expect(await questions()).toEqual([]);
    await world.connect(OLIVIA, 'ben@example.com');
    await world.connect(BEN, 'codes@example.com');
    const before = (await questions()).length;
    await pass(300 * SECOND_MS);
    const asked = (await questions()).slice(before);
    expect(asked.length).toBeGreaterThanOrEqual(8);
    expect(asked.length).toBeLessThanOrEqual(11);
    expect(asked.every(({ body }) => typeof body.since === 'string' && body.limit === '500')).toBe(true);
    await act('Bike Shed', { battery: 0.1 });
    await hears(OLIVIA);
    await settle();
    expect(await told(OLIVIA)).toHaveLength(1);
    expect(world.rows('happening').filter(({ kind }) => kind === 'battery_low')).toHaveLength(1);
  } finally {
    await other.close();
  }
});

it('does not ask where Seam tells by webhook', async () => {
  world = await startWorld();
  await world.connect(OLIVIA, 'ben@example.com');
  await pass(90 * SECOND_MS);
  expect(await questions()).toEqual([]);
});

it('hears after a restart what happened meanwhile, for a day', async () => {
  world = await startWorld({ webhooks: false });
  await world.connect(OLIVIA, 'ben@example.com');
  await pass(10 * SECOND_MS);
  await world.house.bot.close();
  await act('Bike Shed', { tampered: true });
  world.time.advance(20 * HOUR_MS);
  await act('Bike Shed', { battery: 0.1 });
  world.time.advance(3 * HOUR_MS);
  await world.house.restart();
  await pass(10 * SECOND_MS);
  await noted(2);
  await eventually('all is told', async () => {
    world.time.advance(SECOND_MS);
    return world.rows('notice').every(({ state }) => state === 'told');
  });
  // The next time it is down for more than a day.
  await world.house.bot.close();
  await act('Bike Shed', { removed: true });
  world.time.advance(25 * HOUR_MS);
  await world.house.restart();
  await pass(40 * SECOND_MS);
  expect(world.rows('notice')).toHaveLength(2);
  const since = Date.parse(String((await questions()).at(-1)?.body.since));
  expect(world.time.now() - since).toBeLessThanOrEqual(24 * HOUR_MS + 60 * SECOND_MS);
});

it('asks a Seam that fails ever more rarely, and goes on where it was', async () => {
  world = await startWorld({ webhooks: false });
  await world.connect(OLIVIA, 'ben@example.com');
  await pass(40 * SECOND_MS);
  await world.seam.faults([{ at: '/events/list', do: 'status', status: 503 }]);
  await act('Bike Shed', { battery: 0.1 });
  const before = (await questions()).length;
  await pass(450 * SECOND_MS);
  // After 1, 2 and 4 minutes.
  const failed = (await questions()).slice(before);
  expect(failed.length).toBeGreaterThanOrEqual(3);
  expect(failed.length).toBeLessThanOrEqual(4);
  expect(failed.every(({ status }) => status === 503)).toBe(true);
  expect(world.rows('feed')).toMatchObject([{ failures: failed.length }]);
  const pauses = world
    .log()
    .flatMap(({ msg, pauseMs }) => (msg === 'Seam could not be asked for events' ? [pauseMs] : []));
  expect(pauses).toEqual([60_000, 120_000, 240_000, 480_000].slice(0, failed.length));
  await world.seam.faults([]);
  await pass(500 * SECOND_MS);
  await noted(1);
  expect((await hears(OLIVIA)).lines[0]).toMatch(/^Bike Shed: the battery is low/);
  expect(world.rows('feed')).toMatchObject([{ failures: 0 }]);
});
