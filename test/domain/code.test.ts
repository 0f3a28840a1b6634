import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOver, isSameStanding, nameOnLock, offlineWindow, pinLength } from '../../src/domain/code.ts';
import { codeId } from '../../src/domain/ids.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const at = (text: string) => Date.parse(`${text}Z`);
const NOW = at('2026-06-01T08:25');
const shown = ({ startsAt, endsAt, daily }: ReturnType<typeof offlineWindow>) => [
  new Date(startsAt).toISOString().slice(0, 16),
  new Date(endsAt).toISOString().slice(0, 16),
  daily,
];

describe('the window of a lock without a connection', () => {
  test.each([
    ['from now', null, '2026-06-01T10:25', ['2026-06-01T08:00', '2026-06-01T11:00', false]],
    ['on the hour', '2026-06-01T09:00', '2026-06-01T10:00', ['2026-06-01T09:00', '2026-06-01T10:00', false]],
    [
      'a minute too long',
      '2026-06-01T09:00',
      '2026-06-01T10:01',
      ['2026-06-01T09:00', '2026-06-01T11:00', false],
    ],
    ['28 days', '2026-06-01T09:00', '2026-06-29T09:00', ['2026-06-01T09:00', '2026-06-29T09:00', false]],
    [
      '28 days and a minute',
      '2026-06-01T09:00',
      '2026-06-29T09:01',
      ['2026-06-01T09:00', '2026-06-30T09:00', true],
    ],
    [
      '40 days and an hour',
      '2026-06-01T09:00',
      '2026-07-11T10:00',
      ['2026-06-01T09:00', '2026-07-12T09:00', true],
    ],
  ])('%s', (_, from, until, expected) => {
    expect(
      shown(offlineWindow({ startsAt: from === null ? null : at(from), endsAt: at(until) }, NOW)),
    ).toEqual(expected);
  });

  test('is never shorter than what was asked for, and what a maker can compute', async () => {
    await fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 365 * 24 * 60 }),
        fc.integer({ min: 1, max: 365 * 24 * 60 }),
        (start, length) => {
          const startsAt = NOW + start * 60_000;
          const endsAt = startsAt + length * 60_000;
          const given = offlineWindow({ startsAt, endsAt }, NOW);
          expect(given.startsAt).toBeLessThanOrEqual(startsAt);
          expect(given.endsAt).toBeGreaterThanOrEqual(endsAt);
          expect(given.startsAt % HOUR).toBe(0);
          const lasts = given.endsAt - given.startsAt;
          expect(lasts % (given.daily ? DAY : HOUR)).toBe(0);
          expect(lasts).toBeGreaterThanOrEqual(given.daily ? 29 * DAY : HOUR);
          expect(lasts).toBeLessThanOrEqual(given.daily ? 367 * DAY : 672 * HOUR);
          // Asked for again as it was given, it is the same.
          expect(offlineWindow(given, NOW)).toEqual(given);
        },
      ),
    );
  });
});

describe('what a code is called on the lock', () => {
  const id = codeId('3f9a0c1d-1111-4111-8111-111111111111');
  test.each([
    ['Anna', null, 'Anna 3f9a0c1d'],
    [null, null, 'Guest 3f9a0c1d'],
    ['Anna\n\u202eSmith', null, 'Anna Smith 3f9a0c1d'],
    ['A very long name of a guest who has many names', null, 'A very long name of a guest who 3f9a0c1d'],
    ['Anna Smith', 14, 'Anna 3f9a0c1d'],
    ['Anna Smith', 8, '3f9a0c1d'],
  ])('%j, %s letters at most: %s', (guest, longest, name) => {
    expect(nameOnLock({ id, guest }, longest)).toBe(name);
  });
});

test.each([
  [[4, 5, 6, 7, 8], 6],
  [[6], 6],
  [[4], null],
  [[], null],
])('of a lock that takes %j digits %s are asked for', (lengths, digits) => {
  expect(pinLength(lengths)).toBe(digits);
});

test('a code is over when nothing more comes of it', () => {
  expect(isOver({ kind: 'ended', why: 'revoked' })).toBe(true);
  expect(isOver({ kind: 'refused', why: 'gone', waitMs: null })).toBe(true);
  expect(isOver({ kind: 'out_of_reach' })).toBe(false);
  expect(isOver({ kind: 'set' })).toBe(false);
});

test('standings are the same when they say the same', () => {
  expect(isSameStanding({ kind: 'setting', delayed: true }, { delayed: true, kind: 'setting' })).toBe(true);
  expect(isSameStanding({ kind: 'setting', delayed: true }, { kind: 'setting', delayed: false })).toBe(false);
});
