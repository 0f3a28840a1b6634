import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isWithin, nextEnd } from '../../src/domain/quiet-hours.ts';
import {
  daysAfter,
  firstMomentOf,
  isoAt,
  isSameDay,
  knownZone,
  momentsOf,
  startOfDay,
  type WallTime,
  wallAt,
} from '../../src/domain/zone.ts';

const utc = (text: string) => Date.parse(`${text}Z`);
const iso = (at: number) => new Date(at).toISOString().slice(0, 19);
function wall(text: string): WallTime {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = text.split(/\D/).map(Number);
  return { year, month, day, hour, minute };
}

const zones = Intl.supportedValuesOf('timeZone');
const aZone = fc.constantFrom(...zones);
const aMinute = fc
  .integer({ min: utc('1975-01-01T00:00') / 60_000, max: utc('2099-12-31T00:00') / 60_000 })
  .map((minutes) => minutes * 60_000);

test('a zone is known by its usual name, and no other is one', () => {
  const named = ['europe/berlin', 'UTC', 'Nowhere/Land', '', null];
  expect(named.map(knownZone)).toEqual(['Europe/Berlin', 'UTC', null, null, null]);
});

describe('a moment as ISO writes it in a zone', () => {
  test.each([
    ['2026-11-25T13:00:59.999', 'UTC', '2026-11-25T13:00:59+00:00'],
    ['2026-11-25T13:00:01', 'Europe/Berlin', '2026-11-25T14:00:01+01:00'],
    ['2026-10-25T00:59:59', 'Europe/Berlin', '2026-10-25T02:59:59+02:00'],
    ['2026-10-25T01:00:00', 'Europe/Berlin', '2026-10-25T02:00:00+01:00'],
    ['2026-01-01T02:00:00', 'America/St_Johns', '2025-12-31T22:30:00-03:30'],
    ['2026-11-25T13:00:00', 'Asia/Kathmandu', '2026-11-25T18:45:00+05:45'],
  ])('%s in %s is %s', (at, zone, written) => {
    expect(isoAt(utc(at), zone)).toBe(written);
  });

  test('is that very moment, read back', () => {
    fc.assert(
      fc.property(aMinute, aZone, (at, zone) => {
        expect(Date.parse(isoAt(at, zone))).toBe(at);
      }),
    );
  });
});

describe('the wall in a zone', () => {
  test.each([
    ['2026-11-25T13:00:59.999', 'UTC', '2026-11-25 13:00', 3],
    ['2026-11-25T13:00', 'Europe/Berlin', '2026-11-25 14:00', 3],
    ['2026-07-01T22:30', 'Europe/Berlin', '2026-07-02 00:30', 4],
    ['2026-01-01T02:00', 'America/New_York', '2025-12-31 21:00', 3],
    ['2026-11-25T13:00', 'Asia/Kolkata', '2026-11-25 18:30', 3],
    ['2026-11-25T13:00', 'Australia/Lord_Howe', '2026-11-26 00:00', 4],
    ['2026-06-25T13:00', 'Australia/Lord_Howe', '2026-06-25 23:30', 4],
    ['2011-12-30T09:59', 'Pacific/Apia', '2011-12-29 23:59', 4],
    ['2011-12-30T10:00', 'Pacific/Apia', '2011-12-31 00:00', 6],
    ['2026-11-29T11:00', 'Pacific/Apia', '2026-11-30 00:00', 1],
    ['2026-11-29T00:00', 'UTC', '2026-11-29 00:00', 7],
  ])('at %s in %s shows %s', (at, zone, shown, weekday) => {
    expect(wallAt(utc(at), zone)).toEqual({ ...wall(shown), weekday });
  });

  test.each([
    // Once.
    ['2026-11-25 14:00', 'Europe/Berlin', ['2026-11-25T13:00:00']],
    ['2026-11-25 14:00', 'Asia/Kolkata', ['2026-11-25T08:30:00']],
    ['2012-01-01 00:00', 'Pacific/Apia', ['2011-12-31T10:00:00']],
    ['2026-11-25 23:59', 'UTC', ['2026-11-25T23:59:00']],
    // Clocks go forward.
    ['2026-03-29 01:59', 'Europe/Berlin', ['2026-03-29T00:59:00']],
    ['2026-03-29 02:00', 'Europe/Berlin', []],
    ['2026-03-29 02:59', 'Europe/Berlin', []],
    ['2026-03-29 03:00', 'Europe/Berlin', ['2026-03-29T01:00:00']],
    ['2026-03-08 02:30', 'America/New_York', []],
    ['2026-10-04 02:15', 'Australia/Lord_Howe', []],
    ['2026-10-04 02:30', 'Australia/Lord_Howe', ['2026-10-03T15:30:00']],
    ['2011-12-30 12:00', 'Pacific/Apia', []],
    // Clocks go back.
    ['2026-10-25 02:00', 'Europe/Berlin', ['2026-10-25T00:00:00', '2026-10-25T01:00:00']],
    ['2026-10-25 02:59', 'Europe/Berlin', ['2026-10-25T00:59:00', '2026-10-25T01:59:00']],
    ['2026-10-25 03:00', 'Europe/Berlin', ['2026-10-25T02:00:00']],
    ['2026-11-01 01:30', 'America/New_York', ['2026-11-01T05:30:00', '2026-11-01T06:30:00']],
    ['2026-04-05 01:45', 'Australia/Lord_Howe', ['2026-04-04T14:45:00', '2026-04-04T15:15:00']],
    // In no calendar.
    ['2026-02-29 12:00', 'UTC', []],
    ['2026-02-28 24:00', 'UTC', []],
    ['2026-13-01 12:00', 'UTC', []],
  ])('shows %s in %s at %j', (shown, zone, moments) => {
    expect(momentsOf(wall(shown), zone).map(iso)).toEqual(moments);
  });

  test('is of a moment that shows it again, in every zone, however clocks are changed', () => {
    fc.assert(
      fc.property(aZone, aMinute, (zone, at) => {
        const shown = wallAt(at, zone);
        const moments = momentsOf(shown, zone);
        expect(moments).toContain(at);
        for (const moment of moments) expect(wallAt(moment, zone)).toEqual(shown);
      }),
      { numRuns: 3_000 },
    );
  });

  test('is the same after there and back, for any wall that a zone does not skip', () => {
    const aWall = fc.record({
      year: fc.integer({ min: 1975, max: 2099 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 28 }),
      hour: fc.integer({ min: 0, max: 23 }),
      minute: fc.integer({ min: 0, max: 59 }),
    });
    fc.assert(
      fc.property(aZone, aWall, (zone, any) => {
        const moments = momentsOf(any, zone);
        const first = firstMomentOf(any, zone);
        expect(moments).toEqual([...new Set(moments)].toSorted((left, right) => left - right));
        for (const moment of moments) expect(wallAt(moment, zone)).toMatchObject(any);
        if (moments.length > 0) expect(first).toBe(moments[0]);
      }),
      { numRuns: 3_000 },
    );
  });

  test.each(zones)('of %s: each of its changes within years is seen from both sides', (zone) => {
    const week = 7 * 24 * 60 * 60_000;
    const ahead = (at: number) => {
      const { year, month, day: date, hour, minute } = wallAt(at, zone);
      return Date.UTC(year, month - 1, date, hour, minute) - at;
    };
    for (let at = utc('2025-01-01T00:00'); at < utc('2027-01-01T00:00'); at += week) {
      const change = ahead(at + week) - ahead(at);
      if (change === 0) continue;
      let early = at;
      let late = at + week;
      while (late - early > 60_000) {
        const middle = early + Math.floor((late - early) / 120_000) * 60_000;
        if (ahead(middle) === ahead(at)) early = middle;
        else late = middle;
      }
      // A minute before, and the minute when it has happened, are both found again.
      expect(momentsOf(wallAt(early, zone), zone)).toContain(early);
      expect(momentsOf(wallAt(late, zone), zone)).toContain(late);
      if (change > 0) {
        const skipped = wallAt(early, 'UTC');
        const inTheGap = wallAt(
          Date.UTC(skipped.year, skipped.month - 1, skipped.day, skipped.hour, skipped.minute) +
            ahead(at) +
            60_000,
          'UTC',
        );
        expect(momentsOf(inTheGap, zone)).toEqual([]);
        expect(firstMomentOf(inTheGap, zone)).toBe(late);
      } else {
        expect(momentsOf(wallAt(late, zone), zone)).toEqual([late + change, late]);
      }
    }
  });

  test.each(['Mars/Olympus', '', 'Europe', '+25:00'])('hangs nowhere in %j', (zone) => {
    expect(() => wallAt(0, zone)).toThrow(RangeError);
    expect(() => momentsOf(wall('2026-01-01 00:00'), zone)).toThrow(RangeError);
  });
});

describe('a day', () => {
  test.each([
    ['2026-11-25', 'Europe/Berlin', '2026-11-24T23:00:00'],
    ['2026-11-25', 'America/New_York', '2026-11-25T05:00:00'],
    // Clocks go from 24:00 to 1:00.
    ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00'],
    ['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00'],
    // Clocks go from 1:00 back to 0:00.
    ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00'],
    // A day that there never was begins with the next one.
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00'],
    ['2011-12-31', 'Pacific/Apia', '2011-12-30T10:00:00'],
  ])('%s in %s begins at %s', (day, zone, begins) => {
    expect(iso(startOfDay(wall(day), zone))).toBe(begins);
  });

  test.each([
    ['2026-12-31', 1, '2027-01-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-02-28', 1, '2026-03-01'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-11-25', 0, '2026-11-25'],
  ])('%s and %d more are %s', (day, days, then) => {
    const { year, month, day: date } = wall(then);
    expect(daysAfter(wall(day), days)).toEqual({ year, month, day: date });
  });

  test('is that very day only', () => {
    expect(isSameDay(wall('2026-11-25 10:00'), wall('2026-11-25 11:00'))).toBe(true);
    for (const other of ['2026-11-24', '2026-10-25', '2025-11-25']) {
      expect(isSameDay(wall('2026-11-25'), wall(other))).toBe(false);
    }
  });
});

describe('quiet hours', () => {
  const minute = (text: string) => {
    const [hours = 0, minutes = 0] = text.split(':').map(Number);
    return hours * 60 + minutes;
  };

  test.each([
    ['22:00', '07:00', '2026-11-25T20:59:59', false],
    ['22:00', '07:00', '2026-11-25T21:00', true],
    ['22:00', '07:00', '2026-11-25T23:30', true],
    ['22:00', '07:00', '2026-11-26T05:59:59', true],
    ['22:00', '07:00', '2026-11-26T06:00', false],
    ['12:00', '13:30', '2026-11-25T10:59', false],
    ['12:00', '13:30', '2026-11-25T11:00', true],
    ['12:00', '13:30', '2026-11-25T12:29', true],
    ['12:00', '13:30', '2026-11-25T12:30', false],
    ['00:00', '06:00', '2026-11-25T23:00', true],
    ['22:00', '00:00', '2026-11-25T22:59', true],
    ['22:00', '00:00', '2026-11-25T23:00', false],
    ['08:00', '08:00', '2026-11-25T07:00', false],
  ])('from %s to %s in Berlin: at %sZ they are %s', (from, to, at, within) => {
    expect(isWithin(utc(at), 'Europe/Berlin', minute(from), minute(to))).toBe(within);
  });

  test.each([
    ['07:00', 'Europe/Berlin', '2026-11-25T22:00', '2026-11-26T06:00:00'],
    ['07:00', 'Europe/Berlin', '2026-11-26T05:59:59', '2026-11-26T06:00:00'],
    ['07:00', 'Europe/Berlin', '2026-11-26T06:00', '2026-11-27T06:00:00'],
    ['00:00', 'Asia/Kolkata', '2026-11-25T13:00', '2026-11-25T18:30:00'],
    // An hour shorter, and an hour longer.
    ['07:00', 'Europe/Berlin', '2026-03-28T22:00', '2026-03-29T05:00:00'],
    ['07:00', 'Europe/Berlin', '2026-10-24T22:00', '2026-10-25T06:00:00'],
    // At a time that is skipped: when it has been.
    ['02:30', 'Europe/Berlin', '2026-03-28T22:00', '2026-03-29T01:00:00'],
    ['02:15', 'Australia/Lord_Howe', '2026-10-03T12:00', '2026-10-03T15:30:00'],
    ['00:00', 'America/Santiago', '2026-09-06T03:00', '2026-09-06T04:00:00'],
    // At one that is there twice.
    ['02:30', 'Europe/Berlin', '2026-10-24T22:00', '2026-10-25T00:30:00'],
    ['02:30', 'Europe/Berlin', '2026-10-25T00:45', '2026-10-25T01:30:00'],
    // On a day that is skipped.
    ['07:00', 'Pacific/Apia', '2011-12-30T09:00', '2011-12-30T17:00:00'],
  ])('that end at %s in %s are over, after %sZ, at %sZ', (to, zone, now, end) => {
    expect(iso(nextEnd(utc(now), zone, minute(to)))).toBe(end);
  });

  test('are not in force any more when they end, and end once a day', () => {
    const aMinuteOfDay = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(aZone, aMinute, aMinuteOfDay, aMinuteOfDay, (zone, now, from, to) => {
        const end = nextEnd(now, zone, to);
        const hours = (end - now) / 3_600_000;
        expect(hours).toBeGreaterThan(0);
        // A zone that crosses the date line has a day twice, or not at all.
        expect(hours).toBeLessThanOrEqual(49);
        const shown = wallAt(end, zone);
        const isShown = shown.hour * 60 + shown.minute === to;
        if (isShown && from !== to) expect(isWithin(end, zone, from, to)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});
