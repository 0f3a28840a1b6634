/** What is due is done once, whatever fails on the way. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Context, createContext } from '../src/context.ts';
import { timerId } from '../src/domain/ids.ts';
import type { Feature } from '../src/feature.ts';
import { createLog } from '../src/log.ts';
import { createRegistry } from '../src/registry.ts';
import { thisProcess } from '../src/runs.ts';
import type { Timer } from '../src/store/timers.ts';
import { keepTimers } from '../src/timers.ts';
import { eventually, startWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ webhooks: false });
  await world.house.bot.close();
});
afterAll(() => world.house.slack.close().then(() => world.house.seam.close()));

/** A run whose one feature does `ring` for timers of the kind `bell:ring`. */
async function aRun(ring: (timer: Timer) => Promise<void>): Promise<Context> {
  const bell: Feature = {
    name: 'bell',
    subcommands: [],
    actions: {},
    timers: { ring: (_, timer) => ring(timer) },
  };
  const log = createLog({ level: 'silent' });
  const surroundings = { time: world.time, newId: randomUUID, log, place: thisProcess };
  const { context, close } = await createContext(world.house.config, surroundings, [bell]);
  keepTimers(context, createRegistry([bell]));
  onTestFinished(async () => {
    await context.tasks.stop(1_000);
    await close();
  });
  return context;
}

const aTimer = (subject: string, inMs: number, kind = 'bell:ring'): Timer => ({
  id: timerId(randomUUID()),
  kind,
  subject,
  dueAt: world.time.now() + inMs,
});
const left = () => world.rows('timer').map(({ subject }) => subject);

test('a timer rings at its moment, not before, and is gone', async () => {
  const rung: string[] = [];
  const { store } = await aRun(async ({ subject }) => void rung.push(subject));
  await store.timers.set(aTimer('late', 3_600_000));
  await store.timers.set(aTimer('soon', 60_000));
  world.time.advance(61_000);
  await eventually('it rings', () => rung.length > 0);
  await eventually('it is gone', () => left().length === 1);
  expect(rung).toEqual(['soon']);
  world.time.advance(3_600_000);
  await eventually('the other rings', () => rung.length === 2);
  await eventually('both are gone', () => left().length === 0);
});

test('one that could not be done rings again half a minute later', async () => {
  let tries = 0;
  const { store } = await aRun(async () => {
    tries += 1;
    if (tries === 1) throw new Error('the bell is stuck');
  });
  await store.timers.set(aTimer('stuck', 0));
  await eventually('it was tried', () => tries === 1);
  await eventually('it is set again', () => world.rows('timer')[0]?.run_id === null);
  world.time.advance(31_000);
  await eventually('it was tried again', () => tries === 2);
  await eventually('it is gone', () => left().length === 0);
});

test('one of no feature that is here is let go', async () => {
  const { store } = await aRun(async () => undefined);
  await store.timers.set(aTimer('nobody', 0, 'ghost:ring'));
  await eventually('it is gone', () => left().length === 0);
});

test('of two runs one does it', async () => {
  const rung: string[] = [];
  const ring = async ({ subject }: Timer) => void rung.push(subject);
  const [first] = [await aRun(ring), await aRun(ring)];
  for (let n = 0; n < 20; n += 1) await first.store.timers.set(aTimer(`bell ${n}`, 0));
  await eventually('all are done', () => left().length === 0);
  expect(rung.toSorted()).toEqual(Array.from({ length: 20 }, (_, n) => `bell ${n}`).toSorted());
});
