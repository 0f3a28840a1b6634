import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTimeOpener } from '../../src/domain/time-clauses.ts';
import { readTimeWords, type TimeWords } from '../../src/domain/time-words.ts';

const HOUR = 3_600_000;
const YEAR = 366 * 24 * HOUR;
const utc = (text: string) => Date.parse(`${text}Z`);
/** A Wednesday, 14:00 in Berlin. */
const NOW = utc('2026-11-25T13:00');

/** As one can read it: from and until in UTC, and the name; or what was understood, and why not the rest. */
function shown(words: TimeWords): unknown[] {
  if (words.kind === 'unclear') return [words.understood, words.why];
  const iso = (at: number) => new Date(at).toISOString().slice(0, 16);
  const startsAt = words.startsAt === null ? 'now' : iso(words.startsAt);
  return [startsAt, iso(words.endsAt), ...(words.name === null ? [] : [words.name])];
}

const read = (text: string, now = NOW, zone = 'Europe/Berlin') => shown(readTimeWords(text, now, zone, YEAR));

describe('from Wednesday, 14:00 in Berlin', () => {
  test.each([
    ['2h', '2026-11-25T15:00'],
    ['2 h', '2026-11-25T15:00'],
    ['2hrs', '2026-11-25T15:00'],
    ['2 Hours', '2026-11-25T15:00'],
    ['1.5 hours', '2026-11-25T14:30'],
    ['an hour', '2026-11-25T14:00'],
    ['90 min', '2026-11-25T14:30'],
    ['90m', '2026-11-25T14:30'],
    ['1 minute', '2026-11-25T13:01'],
    ['1h30m', '2026-11-25T14:30'],
    ['1h 30m', '2026-11-25T14:30'],
    ['1 hour and 30 minutes', '2026-11-25T14:30'],
    ['1 day 12 hours', '2026-11-27T01:00'],
    ['3 days', '2026-11-28T13:00'],
    ['a day', '2026-11-26T13:00'],
    ['2w', '2026-12-09T13:00'],
    ['１２ｈ', '2026-11-26T01:00'],
  ])('for %s', (duration, until) => {
    expect(read(`for ${duration}`)).toEqual(['now', until]);
  });

  test.each([
    // A time alone is the next one.
    ['5pm', '2026-11-25T16:00'],
    ['5 pm', '2026-11-25T16:00'],
    ['5 p.m.', '2026-11-25T16:00'],
    ['5:45PM', '2026-11-25T16:45'],
    ['17:30', '2026-11-25T16:30'],
    ['9am', '2026-11-26T08:00'],
    ['9:05', '2026-11-26T08:05'],
    ['14:00', '2026-11-26T13:00'],
    ['14:01', '2026-11-25T13:01'],
    ['12am', '2026-11-25T23:00'],
    ['12pm', '2026-11-26T11:00'],
    ['noon', '2026-11-26T11:00'],
    ['midnight', '2026-11-25T23:00'],
    ['0:00', '2026-11-25T23:00'],
    ['24:00', '2026-11-25T23:00'],
    // A day alone is meant to its end.
    ['today', '2026-11-25T23:00'],
    ['tomorrow', '2026-11-26T23:00'],
    ['fri', '2026-11-27T23:00'],
    ['24 dec', '2026-12-24T23:00'],
    ['31 dec', '2026-12-31T23:00'],
    ['2026-12-24', '2026-12-24T23:00'],
    // Both.
    ['today 5pm', '2026-11-25T16:00'],
    ['tomorrow noon', '2026-11-26T11:00'],
    ['noon tomorrow', '2026-11-26T11:00'],
    ['fri noon', '2026-11-27T11:00'],
    ['friday 6pm', '2026-11-27T17:00'],
    ['friday at 6 pm', '2026-11-27T17:00'],
    ['6pm on friday', '2026-11-27T17:00'],
    ['tue 00:00', '2026-11-30T23:00'],
    ['tue 24:00', '2026-12-01T23:00'],
    ['dec 24 10:00', '2026-12-24T09:00'],
    ['24 December 10:00', '2026-12-24T09:00'],
    ['24th dec 10am', '2026-12-24T09:00'],
    ['Dec. 24, 2026, 10:00', '2026-12-24T09:00'],
    ['24 dec 2026 10:00', '2026-12-24T09:00'],
    ['2026-12-24 10:00', '2026-12-24T09:00'],
    ['10:00 2026-12-24', '2026-12-24T09:00'],
    // Today's own name with a time that is to come, and with one that is over.
    ['wed 5pm', '2026-11-25T16:00'],
    ['wednesday 14:00', '2026-12-02T13:00'],
    ['weds 9am', '2026-12-02T08:00'],
    ['tue 9am', '2026-12-01T08:00'],
    // A date without a year: this very day, or the next such.
    ['25 nov 18:00', '2026-11-25T17:00'],
    ['24 nov', '2027-11-24T23:00'],
    ['1 jan', '2027-01-01T23:00'],
  ])('until %s', (point, until) => {
    expect(read(`until ${point}`)).toEqual(['now', until]);
  });

  test.each([
    ['from tomorrow 9am until fri noon', '2026-11-26T08:00', '2026-11-27T11:00'],
    ['from 16:00 for 2h', '2026-11-25T15:00', '2026-11-25T17:00'],
    ['for 2h from 4pm', '2026-11-25T15:00', '2026-11-25T17:00'],
    ['until fri noon from tomorrow', '2026-11-25T23:00', '2026-11-27T11:00'],
    ['from 9am to 5pm', '2026-11-26T08:00', '2026-11-26T16:00'],
    ['from 22:00 till 6am', '2026-11-25T21:00', '2026-11-26T05:00'],
    ['from midnight til noon', '2026-11-25T23:00', '2026-11-26T11:00'],
    ['from fri 9am until mon noon', '2026-11-27T08:00', '2026-11-30T11:00'],
    ['from tomorrow 9am until thu noon', '2026-11-26T08:00', '2026-11-26T11:00'],
    ['from tomorrow 9am until thu 8am', '2026-11-26T08:00', '2026-12-03T07:00'],
    ['from tomorrow until tomorrow', '2026-11-25T23:00', '2026-11-26T23:00'],
    ['from 24 dec until 2 jan', '2026-12-23T23:00', '2027-01-02T23:00'],
    ['from mon until wed', '2026-11-29T23:00', '2026-12-02T23:00'],
    // What has begun in this minute, or with this day, begins now.
    ['from 14:00 for 2h', 'now', '2026-11-25T15:00'],
    ['from now for 2h', 'now', '2026-11-25T15:00'],
    ['from today until fri', 'now', '2026-11-27T23:00'],
    ['from 25 nov until fri', 'now', '2026-11-27T23:00'],
    ['from 13:59 for 2h', '2026-11-26T12:59', '2026-11-26T14:59'],
  ])('%s', (text, from, until) => {
    expect(read(text)).toEqual([from, until]);
  });

  test.each([
    ['until noon for Anna Smith', 'Anna Smith'],
    ['UNTIL NOON FOR Anna  Smith ', 'Anna Smith'],
    ['from now until noon for Anna', 'Anna'],
    ['until noon for “Anna Smith”', 'Anna Smith'],
    ['until noon for "Anna"', 'Anna'],
    ['until noon for ‘Anna’', 'Anna'],
    ['until noon for Anna’s mum', 'Anna’s mum'],
    ['until noon for O’Neil & Sons, Inc.', 'O’Neil & Sons, Inc.'],
    ['until noon for Zoë 🎉', 'Zoë 🎉'],
    ['until noon for 田中さん', '田中さん'],
    ['until noon for “Anna from Berlin”', 'Anna from Berlin'],
    ['until noon for "2 guests"', '2 guests'],
    ['until noon for a friend', 'a friend'],
    ['until noon for May', 'May'],
    ['until noon for “Anna” Smith', '“Anna” Smith'],
  ])('%s is whose code it is', (text, name) => {
    expect(read(text)).toEqual(['now', '2026-11-26T11:00', name]);
  });

  test('the name of a code for a while', () => {
    expect(read('for 2h for Anna')).toEqual(['now', '2026-11-25T15:00', 'Anna']);
  });

  test.each([
    'until\u00a0fri\u00a0noon',
    '  UNTIL   Fri\tNOON  ',
    '“until fri noon”',
    'until “fri noon”',
    '\u200funtil fri noon\u200e',
    'until fri, noon.',
    'ｕｎｔｉｌ　ｆｒｉ　ｎｏｏｎ',
  ])('%j is until Friday noon', (text) => {
    expect(read(text)).toEqual(['now', '2026-11-27T11:00']);
  });

  test.each([
    ['', null, { kind: 'nothing_said' }],
    [' \u00a0\u200b “” ', null, { kind: 'nothing_said' }],
    ['blah', null, { kind: 'not_understood', word: 'blah' }],
    ['2', null, { kind: 'no_unit', word: '2' }],
    ['2hh', null, { kind: 'not_understood', word: '2hh' }],
    ['2h', null, { kind: 'for_or_until', word: '2h' }],
    ['5pm', null, { kind: 'for_or_until', word: '5pm' }],
    ['Fri noon', null, { kind: 'for_or_until', word: 'Fri noon' }],
    ['25:00', null, { kind: 'no_such_time', word: '25:00' }],
    ['-2h', null, { kind: 'not_positive', word: '-2h' }],
    ['dor until noon', null, { kind: 'not_understood', word: 'dor' }],
    // Durations.
    ['for', null, { kind: 'unfinished', word: 'for' }],
    ['for 2', null, { kind: 'no_unit', word: '2' }],
    ['for 2 until noon', null, { kind: 'no_unit', word: '2' }],
    ['for 1h 30', 'for 1h', { kind: 'no_unit', word: '30' }],
    ['for 2hh', null, { kind: 'not_understood', word: '2hh' }],
    ['for 1e3h', null, { kind: 'not_understood', word: '1e3h' }],
    ['for 2,5h', null, { kind: 'not_understood', word: '2,5h' }],
    ['for +2h', null, { kind: 'not_understood', word: '+2h' }],
    ['for 0x2h', null, { kind: 'not_understood', word: '0x2h' }],
    ['for 2 moons', 'for 2', { kind: 'not_understood', word: 'moons' }],
    ['for 1 month', 'for 1', { kind: 'not_understood', word: 'month' }],
    ['for 30s', null, { kind: 'not_understood', word: '30s' }],
    ['for a', null, { kind: 'not_understood', word: 'a' }],
    ['for 1h and', 'for 1h', { kind: 'not_understood', word: 'and' }],
    ['for 1h 1h', 'for 1h', { kind: 'not_understood', word: '1h' }],
    ['for 1m2h', null, { kind: 'not_understood', word: '1m2h' }],
    ['for Anna', null, { kind: 'not_understood', word: 'Anna' }],
    ['for -2h', null, { kind: 'not_positive', word: '-2h' }],
    ['for −2 h', null, { kind: 'not_positive', word: '−2' }],
    ['for 0h', null, { kind: 'not_positive', word: '0h' }],
    ['for 0 h 0 min', null, { kind: 'not_positive', word: '0 h 0 min' }],
    // Times.
    ['until', null, { kind: 'unfinished', word: 'until' }],
    ['until 5', null, { kind: 'am_or_pm', word: '5' }],
    ['until fri 5', 'until fri', { kind: 'am_or_pm', word: '5' }],
    ['until 17', null, { kind: 'not_understood', word: '17' }],
    ['until 0', null, { kind: 'not_understood', word: '0' }],
    ['until 13pm', null, { kind: 'no_such_time', word: '13pm' }],
    ['until 13 pm', null, { kind: 'no_such_time', word: '13 pm' }],
    ['until 0am', null, { kind: 'no_such_time', word: '0am' }],
    ['until 17:60', null, { kind: 'no_such_time', word: '17:60' }],
    ['until fri 24:01', 'until fri', { kind: 'no_such_time', word: '24:01' }],
    ['until 17:3', null, { kind: 'not_understood', word: '17:3' }],
    ['until 17.30', null, { kind: 'not_understood', word: '17.30' }],
    ['until 1730', null, { kind: 'not_understood', word: '1730' }],
    ['until 17:30:00', null, { kind: 'not_understood', word: '17:30:00' }],
    ['until noon 5pm', 'until noon', { kind: 'not_understood', word: '5pm' }],
    ['until noon Anna', 'until noon', { kind: 'not_understood', word: 'Anna' }],
    ['until fri at', 'until fri', { kind: 'not_understood', word: 'at' }],
    ['until now', null, { kind: 'not_understood', word: 'now' }],
    ['until tonight', null, { kind: 'not_understood', word: 'tonight' }],
    // Days.
    ['until feb 30', null, { kind: 'no_such_date', word: 'feb 30' }],
    ['until 31 jun 10:00', null, { kind: 'no_such_date', word: '31 jun' }],
    ['until 2026-02-29', null, { kind: 'no_such_date', word: '2026-02-29' }],
    ['until 2026-13-01', null, { kind: 'no_such_date', word: '2026-13-01' }],
    ['until 0 dec', null, { kind: 'no_such_date', word: '0 dec' }],
    ['until feb 29 2027', null, { kind: 'no_such_date', word: 'feb 29 2027' }],
    ['until noon feb 29', 'until noon feb 29', { kind: 'no_such_date', word: 'noon feb 29' }],
    ['until 24/12', null, { kind: 'not_understood', word: '24/12' }],
    ['until 12/24/2026', null, { kind: 'not_understood', word: '12/24/2026' }],
    ['until 24.12.', null, { kind: 'not_understood', word: '24.12.' }],
    ['until dec', null, { kind: 'not_understood', word: 'dec' }],
    ['until next fri', null, { kind: 'not_understood', word: 'next' }],
    ['until fri sat', 'until fri', { kind: 'not_understood', word: 'sat' }],
    ['until wed', 'until wed', { kind: 'which_week', word: 'wed' }],
    ['from wed until fri', 'from wed until fri', { kind: 'which_week', word: 'wed' }],
    ['until fri midnight', 'until fri midnight', { kind: 'which_midnight', word: 'fri midnight' }],
    // Windows.
    ['from', null, { kind: 'unfinished', word: 'from' }],
    ['from until noon', null, { kind: 'unfinished', word: 'from' }],
    ['from tomorrow 9am', 'from tomorrow 9am', { kind: 'no_end' }],
    ['from tomorrow 9am until 5', 'from tomorrow 9am', { kind: 'am_or_pm', word: '5' }],
    ['from 9am from 10am', 'from 9am', { kind: 'said_twice', word: '10am' }],
    ['for 2h until noon', 'for 2h', { kind: 'said_twice', word: 'noon' }],
    ['until fri for 2h', 'until fri', { kind: 'said_twice', word: '2h' }],
    ['until fri for an hour', 'until fri', { kind: 'said_twice', word: 'an hour' }],
    // Names.
    ['until noon for', 'until noon', { kind: 'unfinished', word: 'for' }],
    ['until noon for “”', 'until noon', { kind: 'unfinished', word: 'for' }],
    ['until noon for \u200b', 'until noon', { kind: 'unfinished', word: 'for' }],
    ['until noon for 2hh', 'until noon', { kind: 'not_understood', word: '2hh' }],
    ['until noon for -2h', 'until noon', { kind: 'not_understood', word: '-2h' }],
    ['until noon for “Anna', 'until noon', { kind: 'not_understood', word: '“Anna' }],
    ['until noon for Anna for 2h', 'until noon', { kind: 'not_understood', word: 'for' }],
    // What a clock says.
    ['until  today 9am', 'until today 9am', { kind: 'past', which: 'end', at: utc('2026-11-25T08:00') }],
    ['until 2020-01-01', 'until 2020-01-01', { kind: 'past', which: 'end', at: utc('2020-01-01T23:00') }],
    [
      'from today 9am for 9h',
      'from today 9am for 9h',
      { kind: 'past', which: 'start', at: utc('2026-11-25T08:00') },
    ],
    [
      'from fri until tomorrow noon',
      'from fri until tomorrow noon',
      {
        kind: 'ends_before_start',
        startsAt: utc('2026-11-26T23:00'),
        endsAt: utc('2026-11-26T11:00'),
      },
    ],
    [
      'from fri until tomorrow',
      'from fri until tomorrow',
      {
        kind: 'ends_before_start',
        startsAt: utc('2026-11-26T23:00'),
        endsAt: utc('2026-11-26T23:00'),
      },
    ],
    ['for 367 days', 'for 367 days', { kind: 'too_long', longestMs: YEAR }],
    ['for 99999999999999999999h', 'for 99999999999999999999h', { kind: 'too_long', longestMs: YEAR }],
    [`for ${'9'.repeat(400)}h`, `for ${'9'.repeat(400)}h`, { kind: 'too_long', longestMs: YEAR }],
    ['until 9999-12-31', 'until 9999-12-31', { kind: 'too_long', longestMs: YEAR }],
    ['from 2028-01-01 for 1h', 'from 2028-01-01 for 1h', { kind: 'too_long', longestMs: YEAR }],
  ])('%j is unclear', (text, understood, why) => {
    expect(read(text)).toEqual([understood, why]);
  });

  test('the longest is long enough', () => {
    expect(readTimeWords('for 2h', NOW, 'UTC', 2 * HOUR)).toMatchObject({ endsAt: NOW + 2 * HOUR });
    expect(readTimeWords('for 2h', NOW, 'UTC', 2 * HOUR - 1)).toMatchObject({ kind: 'unclear' });
  });
});

describe('a time is that of the wall', () => {
  test.each([
    ['UTC', 'until tomorrow noon', '2026-11-26T12:00'],
    ['America/New_York', 'until tomorrow noon', '2026-11-26T17:00'],
    ['Asia/Kolkata', 'until tomorrow noon', '2026-11-26T06:30'],
    // It is Thursday there already.
    ['Australia/Lord_Howe', 'until tomorrow noon', '2026-11-27T01:00'],
    ['Pacific/Apia', 'until tomorrow noon', '2026-11-26T23:00'],
    ['Pacific/Apia', 'until fri noon', '2026-11-26T23:00'],
    ['Pacific/Apia', 'until today', '2026-11-26T11:00'],
    ['Asia/Kolkata', 'until midnight', '2026-11-25T18:30'],
    ['America/New_York', 'until 8:00', '2026-11-26T13:00'],
  ])('in %s: %s', (zone, text, until) => {
    expect(read(text, NOW, zone)).toEqual(['now', until]);
  });

  test('of a zone that exists', () => {
    expect(() => readTimeWords('until noon', NOW, 'Europe/Atlantis', YEAR)).toThrow(RangeError);
  });
});

describe('where clocks go forward', () => {
  const berlin = utc('2026-03-28T13:00');
  const skipped = (text: string, word: string) => [text, { kind: 'skipped_time', word }];

  test.each([
    // Saturday 14:00 in Berlin; on Sunday, 2:00 to 3:00 is skipped.
    ['until tomorrow noon', '2026-03-29T10:00'],
    ['for 24h', '2026-03-29T13:00'],
    ['for 1 day', '2026-03-29T13:00'],
    ['until tomorrow 14:00', '2026-03-29T12:00'],
    ['until 1:59', '2026-03-29T00:59'],
    ['until 3:00', '2026-03-29T01:00'],
    ['until mon 2:30', '2026-03-30T00:30'],
    ['until sun', '2026-03-29T22:00'],
  ])('%s', (text, until) => {
    expect(read(text, berlin)).toEqual(['now', until]);
  });

  test.each([
    ['until 2:00', '2:00'],
    ['until 2:30', '2:30'],
    ['until tomorrow 2:30', 'tomorrow 2:30'],
    ['until sun 2:30am', 'sun 2:30am'],
    ['until 29 mar 2:59', '29 mar 2:59'],
    ['from 2:30 for 1h', '2:30'],
    ['from 2:30 until 4:00', '2:30'],
    ['from 22:00 until 2:30', '2:30'],
  ])('%s is no time', (text, word) => {
    expect(read(text, berlin)).toEqual(skipped(text, word));
  });

  test('a time that was skipped already is that of tomorrow', () => {
    expect(read('until 2:30', utc('2026-03-29T01:30'))).toEqual(['now', '2026-03-30T00:30']);
    expect(read('from 2:30 for 1h', utc('2026-03-29T01:30'))).toEqual([
      '2026-03-30T00:30',
      '2026-03-30T01:30',
    ]);
    expect(read('until today 2:30', utc('2026-03-29T01:30'))).toEqual([
      'until today 2:30',
      { kind: 'past', which: 'end', at: utc('2026-03-29T01:00') },
    ]);
  });

  test('elsewhere', () => {
    const newYork = utc('2026-03-07T18:00');
    expect(read('until 2:30', newYork, 'America/New_York')).toEqual(skipped('until 2:30', '2:30'));
    expect(read('until 3:30', newYork, 'America/New_York')).toEqual(['now', '2026-03-08T07:30']);
    // By half an hour.
    const lordHowe = utc('2026-10-03T06:00');
    expect(read('until 2:15', lordHowe, 'Australia/Lord_Howe')).toEqual(skipped('until 2:15', '2:15'));
    expect(read('until 2:30', lordHowe, 'Australia/Lord_Howe')).toEqual(['now', '2026-10-03T15:30']);
    // Over midnight: the day begins, and the last one ends, at 1:00.
    const santiago = utc('2026-09-05T18:00');
    for (const text of ['until midnight', 'until today', 'until 24:00', 'until sat 24:00']) {
      expect(read(text, santiago, 'America/Santiago')).toEqual(['now', '2026-09-06T04:00']);
    }
    expect(read('from tomorrow for 1h', santiago, 'America/Santiago')).toEqual([
      '2026-09-06T04:00',
      '2026-09-06T05:00',
    ]);
    expect(read('until 0:30', santiago, 'America/Santiago')).toEqual(skipped('until 0:30', '0:30'));
  });

  test('over a whole day', () => {
    // Thursday, 29 December 2011, 14:00: the next day was Saturday.
    const apia = utc('2011-12-30T00:00');
    expect(read('until fri noon', apia, 'Pacific/Apia')).toEqual([
      'until fri noon',
      { kind: 'no_such_date', word: 'fri noon' },
    ]);
    expect(read('until sat noon', apia, 'Pacific/Apia')).toEqual(['now', '2011-12-30T22:00']);
    expect(read('until midnight', apia, 'Pacific/Apia')).toEqual(['now', '2011-12-30T10:00']);
  });
});

describe('where clocks go back, an end is the later and a start the earlier', () => {
  const berlin = utc('2026-10-24T12:00');

  test.each([
    ['until 2:30', 'now', '2026-10-25T01:30'],
    ['until tomorrow 2:00', 'now', '2026-10-25T01:00'],
    ['until 1:59', 'now', '2026-10-24T23:59'],
    ['until 3:00', 'now', '2026-10-25T02:00'],
    ['until tomorrow noon', 'now', '2026-10-25T11:00'],
    ['for 24h', 'now', '2026-10-25T12:00'],
    ['from 2:30 for 1h', '2026-10-25T00:30', '2026-10-25T01:30'],
    ['from 2:30 until 2:45', '2026-10-25T00:30', '2026-10-25T01:45'],
    ['from 1:00 until 2:30', '2026-10-24T23:00', '2026-10-25T01:30'],
  ])('%s', (text, from, until) => {
    expect(read(text, berlin)).toEqual([from, until]);
  });

  test('of those still to come', () => {
    const between = utc('2026-10-25T00:45');
    expect(read('until 2:30', between)).toEqual(['now', '2026-10-25T01:30']);
    expect(read('from 2:30 for 1h', between)).toEqual(['2026-10-25T01:30', '2026-10-25T02:30']);
    expect(read('until 2:30', utc('2026-10-25T01:45'))).toEqual(['now', '2026-10-26T01:30']);
  });

  test('elsewhere', () => {
    expect(read('until 1:30', utc('2026-10-31T18:00'), 'America/New_York')).toEqual([
      'now',
      '2026-11-01T06:30',
    ]);
    expect(read('until 1:45', utc('2026-04-04T06:00'), 'Australia/Lord_Howe')).toEqual([
      'now',
      '2026-04-04T15:15',
    ]);
    // Midnight comes twice; the day begins with the first.
    expect(read('until midnight', utc('2026-10-31T18:00'), 'America/Havana')).toEqual([
      'now',
      '2026-11-01T04:00',
    ]);
  });
});

describe('whatever is typed', () => {
  const zones = [
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'UTC',
  ];
  const aMoment = fc.integer({ min: utc('2010-01-01T00:00'), max: utc('2060-01-01T00:00') });
  const aWord = fc.oneof(
    fc.constantFrom(
      ...'from until to for at on and now today tomorrow noon midnight a an hour fri wed dec 24 29 feb 2026 h pm'.split(
        ' ',
      ),
      ...['2h', '5pm', '13pm', '2:30', '24:00', '-2h', '“Anna', 'Smith”', '2026-03-29', '90', 'min'],
    ),
    fc.string({ unit: 'grapheme', maxLength: 4 }),
  );

  test('a window is ahead, and no longer than it may be; what is unclear says why', () => {
    fc.assert(
      fc.property(
        fc.array(aWord, { maxLength: 9 }),
        aMoment,
        fc.constantFrom(...zones),
        (typed, now, zone) => {
          const words = readTimeWords(typed.join(' '), now, zone, YEAR);
          if (words.kind === 'unclear') {
            if ('word' in words.why) expect(words.why.word).not.toBe('');
            return;
          }
          const { startsAt, endsAt, name } = words;
          if (startsAt !== null) expect(startsAt).toBeGreaterThan(now);
          expect(endsAt).toBeGreaterThan(startsAt ?? now);
          expect(endsAt - now).toBeLessThanOrEqual(YEAR);
          expect(name?.trim()).not.toBe('');
        },
      ),
      { numRuns: 5_000 },
    );
  });

  test('a duration is the time that passes, wherever and whenever', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 * 24 * 30 }),
        aMoment,
        fc.constantFrom(...zones),
        (minutes, now, zone) => {
          expect(readTimeWords(`for ${minutes} min`, now, zone, YEAR)).toEqual({
            kind: 'window',
            startsAt: null,
            endsAt: now + minutes * 60_000,
            name: null,
          });
        },
      ),
    );
  });

  test('a very long line is read at once', () => {
    for (const line of [
      'for 1h '.repeat(5_000),
      `for ${'1h'.repeat(20_000)}`,
      `until ${'a'.repeat(40_000)}`,
    ]) {
      expect(readTimeWords(line, NOW, 'UTC', YEAR)).toMatchObject({ kind: 'unclear' });
    }
  });
});

test.each([
  ['for', true],
  ['UNTIL', true],
  ['“from', true],
  ['till', true],
  ['front', false],
  ['', false],
])('%j opens what is said of a time: %s', (word, opens) => {
  expect(isTimeOpener(word)).toBe(opens);
});
