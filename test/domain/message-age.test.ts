import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOld, MESSAGE_LIFE_MS } from '../../src/domain/message-age.ts';
import { START } from '../support/sights.ts';

test('a message is old once its life is over, and not before', () => {
  expect([0, 1, MESSAGE_LIFE_MS - 1, MESSAGE_LIFE_MS].map((age) => isOld(START - age, START))).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect([MESSAGE_LIFE_MS + 1, 10 * MESSAGE_LIFE_MS].map((age) => isOld(START - age, START))).toEqual([
    true,
    true,
  ]);
});

test('a message of unknown age is old', () => {
  expect(isOld(null, START)).toBe(true);
});

test('a message never becomes young again while time goes on', () => {
  const moment = fc.integer({ min: 0, max: 4 * MESSAGE_LIFE_MS });
  fc.assert(
    fc.property(moment, moment, moment, (madeAt, looked, later) => {
      if (isOld(madeAt, looked)) expect(isOld(madeAt, looked + later)).toBe(true);
    }),
  );
});
