import { describe, expect, test } from 'vitest';
import {
  pageOf,
  readCodeId,
  readDoor,
  readForm,
  readPage,
  readWindow,
  sameWindow,
  usualEnd,
} from '../../../src/features/codes/decide.ts';
import { aCode } from '../../support/sights.ts';

const HOUR = 60 * 60 * 1000;
const utc = (text: string) => Date.parse(`${text}Z`);
const iso = (at: number | null) => (at === null ? 'now' : new Date(at).toISOString().slice(0, 16));

describe('time words on the wall of whoever typed them', () => {
  test.each([
    // Clocks in Berlin go forward on 29 March 2026 at 2:00, and back on 25 October 2026 at 3:00.
    ['until 29 mar 4am', '2026-03-28T12:00', 'Europe/Berlin', ['now', '2026-03-29T02:00']],
    ['for 24h', '2026-03-28T12:00', 'Europe/Berlin', ['now', '2026-03-29T12:00']],
    ['until tomorrow 13:00', '2026-03-28T12:00', 'Europe/Berlin', ['now', '2026-03-29T11:00']],
    [
      'from 25 oct 2:30am until 25 oct 2:30am',
      '2026-10-24T12:00',
      'Europe/Berlin',
      ['2026-10-25T00:30', '2026-10-25T01:30'],
    ],
    ['until tomorrow 13:00', '2026-10-24T11:00', 'Europe/Berlin', ['now', '2026-10-25T12:00']],
    ['until fri noon', '2026-11-25T13:00', 'America/New_York', ['now', '2026-11-27T17:00']],
    ['until fri noon', '2026-11-25T13:00', 'Asia/Kolkata', ['now', '2026-11-27T06:30']],
  ])('%s at %s in %s', (words, now, zone, expected) => {
    const said = readWindow(words, utc(now), zone);
    expect(said.kind === 'window' ? [iso(said.startsAt), iso(said.endsAt)] : said).toEqual(expected);
  });

  test('of nobody’s are taken only where every wall says the same', () => {
    const now = utc('2026-11-25T13:00');
    for (const tz of [null, 'Nowhere/Land', '']) {
      expect(readWindow('for 2h for Anna', now, tz)).toEqual({
        kind: 'window',
        startsAt: null,
        endsAt: now + 2 * HOUR,
        name: 'Anna',
      });
      expect(readWindow('until fri noon', now, tz)).toEqual({ kind: 'which_zone' });
      expect(readWindow('until', now, tz)).toMatchObject({ kind: 'unclear', why: { kind: 'unfinished' } });
    }
  });

  test('that the clock skips are not guessed', () => {
    expect(readWindow('until 29 mar 2:30am', utc('2026-03-28T12:00'), 'Europe/Berlin')).toMatchObject({
      kind: 'unclear',
      why: { kind: 'skipped_time' },
    });
  });
});

describe('the form', () => {
  const now = utc('2026-06-01T08:00');
  const seconds = (ms: number) => [String((now + ms) / 1000)];
  const door = ['door-1'];

  test('is read whole', () => {
    expect(readForm({ door, start: seconds(HOUR), end: seconds(2 * HOUR), guest: [' Anna '] }, now)).toEqual({
      form: { deviceId: 'door-1', startsAt: now + HOUR, endsAt: now + 2 * HOUR, guest: 'Anna' },
    });
  });

  test.each([
    ['nothing but an end', { door, end: seconds(HOUR) }],
    ['a start that is over', { door, start: seconds(-HOUR), end: seconds(HOUR), guest: [''] }],
    ['odd moments', { door, start: ['soon'], end: seconds(HOUR), guest: [' '] }],
  ])('with %s begins now', (_, values) => {
    expect(readForm(values, now)).toEqual({
      form: { deviceId: 'door-1', startsAt: null, endsAt: now + HOUR, guest: null },
    });
  });

  test.each([
    ['no door', { end: seconds(HOUR) }, { door: 'Choose a door.' }],
    ['an odd door', { door: ['../x'], end: seconds(HOUR) }, { door: 'Choose a door.' }],
    ['no end', { door }, { end: 'Choose when the code ends.' }],
    ['an end that is over', { door, end: seconds(0) }, { end: 'That is over already. Choose a later end.' }],
    [
      'an end at its start',
      { door, start: seconds(HOUR), end: seconds(HOUR) },
      { end: 'It would end before it starts.' },
    ],
    [
      'a year and a day',
      { door, end: seconds(366 * 24 * HOUR) },
      { end: 'That is too far away: a code ends within one year.' },
    ],
  ])('with %s says so', (_, values, errors) => {
    expect(readForm(values, now)).toEqual({ errors });
  });

  test('ends by itself at a whole hour', () => {
    expect(iso(usualEnd(utc('2026-06-01T08:01')))).toBe('2026-06-01T11:00');
  });
});

describe('what a button carries', () => {
  test.each([
    [['a-1'], 'a-1'],
    [[], null],
    [['../x'], null],
    [['x'.repeat(65)], null],
  ])('%j is the code %j', (args, id) => {
    expect(readCodeId(args)).toBe(id);
  });

  test.each([
    [['door-1', 'for', '2h'], { id: 'door-1', words: 'for 2h' }],
    [['door-1'], { id: 'door-1', words: '' }],
    [['../x', 'for'], null],
    [[], null],
  ])('%j is the door %j', (args, door) => {
    expect(readDoor(args)).toEqual(door);
  });

  test.each([
    ['0', 0],
    ['12', 12],
    ['-1', 0],
    ['x', 0],
    [undefined, 0],
  ])('%j is page %s', (text, page) => {
    expect(readPage(text)).toBe(page);
  });
});

test('a page that is gone is the last one', () => {
  const codes = Array.from({ length: 17 }, () => aCode());
  expect(pageOf(codes, 1)).toMatchObject({ page: 1, pages: 3, shown: { length: 8 } });
  expect(pageOf(codes, 9)).toMatchObject({ page: 2, pages: 3, shown: { length: 1 } });
  expect(pageOf([], 3)).toEqual({ page: 0, pages: 1, shown: [] });
});

test('the same window again begins now where it has begun, and is none where it is over', () => {
  expect(sameWindow({ startsAt: 5, endsAt: 9 }, 3)).toEqual({ startsAt: 5, endsAt: 9 });
  expect(sameWindow({ startsAt: 5, endsAt: 9 }, 6)).toEqual({ startsAt: null, endsAt: 9 });
  expect(sameWindow({ startsAt: null, endsAt: 9 }, 9)).toBeNull();
});
