import { expect, test } from 'vitest';
import { InFlight } from '../../src/slack/in-flight.ts';
import { Seen } from '../../src/slack/seen.ts';
import { waitAfter } from '../../src/slack/socket-pace.ts';

test('work is in flight until it settles, well or badly', async () => {
  const inFlight = new InFlight();
  const [well, badly] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  inFlight.track(well.promise);
  inFlight.track(badly.promise);
  expect(inFlight.size).toBe(2);
  well.resolve();
  expect(await inFlight.drained(5)).toBe(false);
  expect(inFlight.size).toBe(1);
  const both = Promise.all([inFlight.drained(1_000), inFlight.drained(1_000)]);
  badly.reject(new Error('badly'));
  expect(await both).toEqual([true, true]);
  expect([inFlight.size, await inFlight.drained(0)]).toEqual([0, true]);
});

test('an id is new once, until it is forgotten', () => {
  let now = 0;
  const seen = new Seen({ keepMs: 100, max: 10, clock: () => now });
  expect([seen.first('a'), seen.first('a'), seen.first('b')]).toEqual([true, false, true]);
  now = 99;
  expect(seen.first('a')).toBe(false);
  now = 100;
  expect([seen.first('a'), seen.first('a')]).toEqual([true, false]);
  now = 199;
  expect(seen.first('a')).toBe(false);
});

test('under a flood the oldest go, never the newest half', () => {
  const seen = new Seen({ keepMs: 100, max: 6, clock: () => 0 });
  const ids = Array.from({ length: 100 }, (_, index) => `id ${index}`);
  for (const [index, id] of ids.entries()) {
    expect(seen.first(id)).toBe(true);
    const newest = ids.slice(Math.max(0, index - 2), index + 1);
    expect(newest.map((one) => seen.first(one))).not.toContain(true);
  }
  expect(seen.first('id 90')).toBe(true);
});

test('after a pause of any length everything is new again', () => {
  let now = 0;
  const seen = new Seen({ keepMs: 100, max: 10, clock: () => now });
  seen.first('a');
  now = 1_000_000;
  expect([seen.first('b'), seen.first('a'), seen.first('b')]).toEqual([true, true, false]);
});

test('waits double up to the longest, however long the outage', () => {
  const waits = [0, 1, 2, 3, 7, 10_000].map((failures) => waitAfter(failures, undefined, 8_000, () => 0));
  expect(waits).toEqual([0, 250, 500, 1_000, 8_000, 8_000]);
  expect(waitAfter(10_000, undefined, 8_000, () => 1)).toBe(4_000);
});
