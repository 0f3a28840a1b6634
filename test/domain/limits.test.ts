import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOVE_LIMITS, MOVE_WINDOW_MS, nextAllowed } from '../../src/domain/limits.ts';

const WINDOW = 1_000;
const NOW = 1_000_000;

test('the next may be at once while there were fewer than the most', () => {
  expect(nextAllowed([], 1, WINDOW, NOW)).toBeNull();
  expect(nextAllowed([NOW - 500, NOW], 3, WINDOW, NOW)).toBeNull();
});

test('the next may be when as many as are too many have left the window', () => {
  expect(nextAllowed([NOW - 500], 1, WINDOW, NOW)).toBe(NOW + 500);
  expect(nextAllowed([NOW - 900, NOW - 500, NOW], 3, WINDOW, NOW)).toBe(NOW + 100);
  // More than the most, as after the limit was lowered: the oldest need not all be waited for.
  expect(nextAllowed([NOW - 900, NOW - 500, NOW - 200, NOW], 2, WINDOW, NOW)).toBe(NOW + 800);
});

test('the next is never further away than the window, though the clock was set back', () => {
  expect(nextAllowed([NOW + 3_600_000], 1, WINDOW, NOW)).toBe(NOW + WINDOW);
});

/** Moments within the window that ends at `NOW`, oldest first. */
const within = fc
  .array(fc.integer({ min: NOW - WINDOW + 1, max: NOW }), { maxLength: 30 })
  .map((moments) => moments.toSorted((left, right) => left - right));
const most = fc.integer({ min: 1, max: 20 });

test('it is the very first moment at which there is room', () => {
  const countedAt = (sent: readonly number[], at: number) => sent.filter((one) => one > at - WINDOW).length;
  fc.assert(
    fc.property(within, most, (sent, limit) => {
      const next = nextAllowed(sent, limit, WINDOW, NOW);
      const firstFree = Array.from({ length: WINDOW + 1 }, (_, wait) => NOW + wait).find(
        (at) => countedAt(sent, at) < limit,
      );
      expect(next ?? NOW).toBe(firstFree);
      expect(next === null).toBe(sent.length < limit);
    }),
  );
});

test('it is after now and at most the window away, whatever was written', () => {
  const moments = fc
    .array(fc.integer({ min: NOW - WINDOW + 1, max: 2 * NOW }), { maxLength: 30 })
    .map((found) => found.toSorted((left, right) => left - right));
  fc.assert(
    fc.property(moments, most, (sent, limit) => {
      const next = nextAllowed(sent, limit, WINDOW, NOW);
      if (next === null) return;
      expect(next).toBeGreaterThan(NOW);
      expect(next).toBeLessThanOrEqual(NOW + WINDOW);
    }),
  );
});

test('no door takes more than a lock does in a minute, and no person is held below one door', () => {
  // A lock takes 15 a minute, and other apps may use it too.
  expect(MOVE_WINDOW_MS).toBe(60_000);
  expect(MOVE_LIMITS.door).toBeLessThan(15);
  expect(MOVE_LIMITS.person).toBeGreaterThanOrEqual(MOVE_LIMITS.door);
});
