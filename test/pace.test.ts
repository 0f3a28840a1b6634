import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Pace } from '../src/pace.ts';

/** A pace of so many within a second, and a clock that only the test moves. */
function paced(most: number) {
  const clock = { now: 5_000 };
  return { clock, pace: new Pace({ most, withinMs: 1_000, clock: () => clock.now }) };
}

test('lets so many through, then says how long to wait, to the millisecond', () => {
  const { clock, pace } = paced(2);
  expect(pace.take('ada')).toBeNull();
  clock.now += 300;
  expect(pace.take('ada')).toBeNull();
  expect(pace.take('ada')).toBe(700);
  clock.now += 699;
  expect(pace.take('ada')).toBe(1);
  clock.now += 1;
  expect(pace.take('ada')).toBeNull();
  expect(pace.take('ada')).toBe(300);
});

test('does not count what it refused', () => {
  const { clock, pace } = paced(1);
  expect(pace.take('ada')).toBeNull();
  for (let wait = 1_000; wait > 0; wait -= 100) {
    expect(pace.take('ada')).toBe(wait);
    clock.now += 100;
  }
  expect(pace.take('ada')).toBeNull();
});

test('counts each person for themselves', () => {
  const { pace } = paced(1);
  expect([pace.take('ada'), pace.take('ben'), pace.take('ada')]).toEqual([null, null, 1_000]);
});

test('is a sliding window, whoever asks whenever', () => {
  const step = fc.record({ who: fc.constantFrom('ada', 'ben', 'cy'), after: fc.nat({ max: 400 }) });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(step, { maxLength: 60 }), (most, steps) => {
      const { clock, pace } = paced(most);
      const passed: { who: string; at: number }[] = [];
      for (const { who, after } of steps) {
        clock.now += after;
        const recent = passed.filter((one) => one.who === who && clock.now - one.at < 1_000);
        const first = recent.at(0);
        const wait = first === undefined || recent.length < most ? null : first.at + 1_000 - clock.now;
        expect(pace.take(who)).toBe(wait);
        if (wait === null) passed.push({ who, at: clock.now });
      }
    }),
  );
});

test('remembers a person through a flood of others that is half of what it can hold', () => {
  const { pace } = paced(1);
  expect(pace.take('ada')).toBeNull();
  for (let n = 0; n < 25_000; n += 1) pace.take(`other-${n}`);
  expect(pace.take('ada')).toBe(1_000);
});

test('forgets whoever came before a flood of more than it can hold, and counts on', () => {
  const { pace } = paced(1);
  expect(pace.take('ada')).toBeNull();
  for (let n = 0; n < 50_000; n += 1) pace.take(`other-${n}`);
  expect(pace.take('ada')).toBeNull();
  expect(pace.take('ada')).toBe(1_000);
  expect(pace.take('other-49999')).toBe(1_000);
});
