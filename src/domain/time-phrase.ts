import { DAY_MS, MINUTE_MS } from './zone.ts';

/** A day as it was said. Monday is 1. */
export type SaidDay =
  | { readonly kind: 'today' }
  | { readonly kind: 'tomorrow' }
  | { readonly kind: 'weekday'; readonly weekday: number }
  | { readonly kind: 'date'; readonly year: number | null; readonly month: number; readonly day: number };

/** A point in time as it was said; at least one of both is there. */
export interface SaidPoint {
  readonly day: SaidDay | null;
  /** Minutes since the day began: 1440 is its end. */
  readonly clock: number | 'midnight' | null;
}

/** What is wrong with some of the words. */
export interface Fault {
  readonly kind: 'fault';
  readonly why:
    | 'not_understood'
    /** A number without its unit. */
    | 'no_unit'
    /** A duration of nothing, or less. */
    | 'not_positive'
    | 'am_or_pm'
    | 'no_such_time'
    | 'no_such_date';
  /** Where these words begin, and how many they are. */
  readonly at: number;
  readonly used: number;
}

/** Words that were read. */
export interface Read<Value> {
  readonly kind: 'read';
  readonly value: Value;
}

/** The first words of several, read. */
interface Begun<Value> extends Read<Value> {
  readonly used: number;
}

const HOUR_MS = 60 * MINUTE_MS;
const UNITS = new Map([
  ...named(['m', 'min', 'mins', 'minute', 'minutes'], MINUTE_MS),
  ...named(['h', 'hr', 'hrs', 'hour', 'hours'], HOUR_MS),
  ...named(['d', 'day', 'days'], DAY_MS),
  ...named(['w', 'week', 'weeks'], 7 * DAY_MS),
]);

const WEEKDAYS = numbered([
  ['mon', 'monday'],
  ['tue', 'tues', 'tuesday'],
  ['wed', 'weds', 'wednesday'],
  ['thu', 'thur', 'thurs', 'thursday'],
  ['fri', 'friday'],
  ['sat', 'saturday'],
  ['sun', 'sunday'],
]);

const MONTHS = numbered([
  ['jan', 'january'],
  ['feb', 'february'],
  ['mar', 'march'],
  ['apr', 'april'],
  ['may'],
  ['jun', 'june'],
  ['jul', 'july'],
  ['aug', 'august'],
  ['sep', 'sept', 'september'],
  ['oct', 'october'],
  ['nov', 'november'],
  ['dec', 'december'],
]);

/** Reads `2h`, `90 min`, `an hour`, `1 day and 12 hours`, in lower case; the value is ms. */
export function readDuration(words: readonly string[]): Read<number> | Fault {
  let total = 0;
  let smallest = Number.POSITIVE_INFINITY;
  let at = 0;
  while (at < words.length) {
    if (words[at] === 'and' && at > 0 && at < words.length - 1) at += 1;
    const amount = readAmount(words.slice(at));
    if (amount.kind === 'fault') return { ...amount, at: at + amount.at };
    for (const { count, unit } of amount.value) {
      if (unit >= smallest) return fault('not_understood', at, amount.used);
      smallest = unit;
      total += Math.round(count * unit);
    }
    at += amount.used;
  }
  return total > 0 ? { kind: 'read', value: total } : fault('not_positive', 0, words.length);
}

type Amount = { readonly count: number; readonly unit: number };

/** Reads `2h`, `1h30m`, `2 h` or `an hour` at the beginning of words of which there is one. */
function readAmount([first = '', second]: readonly string[]): Begun<readonly Amount[]> | Fault {
  if (/^-\d/.test(first)) return fault('not_positive');
  const count = /^an?$/.test(first) ? 1 : /^\d+(\.\d+)?$/.test(first) ? Number(first) : null;
  if (count !== null) {
    if (second === undefined) return fault(first.startsWith('a') ? 'not_understood' : 'no_unit');
    const unit = UNITS.get(second);
    return unit === undefined
      ? fault('not_understood', 1)
      : { kind: 'read', value: [{ count, unit }], used: 2 };
  }
  if (!/^(\d+(\.\d+)?[a-z]+)+$/.test(first)) return fault('not_understood');
  const amounts = [...first.matchAll(/([\d.]+)([a-z]+)/g)].flatMap(([, digits, name = '']) => {
    const unit = UNITS.get(name);
    return unit === undefined ? [] : [{ count: Number(digits), unit, name }];
  });
  return amounts.map(({ name }) => name).join() === first.match(/[a-z]+/g)?.join()
    ? { kind: 'read', value: amounts, used: 1 }
    : fault('not_understood');
}

/** Reads a day, a time of day, or both in any order, in lower case: `fri noon`, `at 17:30 on 24 dec`, `tomorrow`. */
export function readPoint(words: readonly string[]): Read<SaidPoint> | Fault {
  let day: SaidDay | null = null;
  let clock: SaidPoint['clock'] = null;
  let at = 0;
  while (at < words.length) {
    if (words[at] === 'at' || words[at] === 'on') at += 1;
    const rest = words.slice(at);
    const time = readClock(rest);
    const date = time === null ? readDay(rest) : null;
    const found = time ?? date ?? hopeless(rest);
    if (found.kind === 'fault') return { ...found, at: Math.min(at, words.length - 1) };
    if ((time === null ? day : clock) !== null) return fault('not_understood', at, found.used);
    if (time?.kind === 'read') clock = time.value;
    if (date?.kind === 'read') day = date.value;
    at += found.used;
  }
  return { kind: 'read', value: { day, clock } };
}

/** What is wrong with words that are neither a day nor a time. */
function hopeless([first = '']: readonly string[]): Fault {
  const hour = /^\d{1,2}$/.test(first) ? Number(first) : 0;
  return fault(hour >= 1 && hour <= 12 ? 'am_or_pm' : 'not_understood');
}

function readClock([first = '', second = '']: readonly string[]): Begun<number | 'midnight'> | Fault | null {
  if (first === 'midnight') return { kind: 'read', value: 'midnight', used: 1 };
  if (first === 'noon') return { kind: 'read', value: 12 * 60, used: 1 };
  const [, hours, minutes, own] = /^(\d{1,2})(?::(\d{2}))?(am|pm|a\.m|p\.m)?$/.exec(first) ?? [];
  const half = own ?? /^(am|pm|a\.m|p\.m)$/.exec(second)?.[0];
  if (hours === undefined || (minutes === undefined && half === undefined)) return null;
  const used = half === undefined || own !== undefined ? 1 : 2;
  const hour = Number(hours);
  const minute = Number(minutes ?? 0);
  const isOnAClock =
    half === undefined ? hour < 24 || (hour === 24 && minute === 0) : hour >= 1 && hour <= 12;
  if (!isOnAClock || minute > 59) return fault('no_such_time', 0, used);
  const value = half === undefined ? hour : (hour % 12) + (half.startsWith('p') ? 12 : 0);
  return { kind: 'read', value: value * 60 + minute, used };
}

function readDay([first = '', second = '', third = '']: readonly string[]): Begun<SaidDay> | Fault | null {
  if (first === 'today' || first === 'tomorrow') return { kind: 'read', value: { kind: first }, used: 1 };
  const weekday = WEEKDAYS.get(first);
  if (weekday !== undefined) return { kind: 'read', value: { kind: 'weekday', weekday }, used: 1 };
  const [, isoYear, isoMonth, isoDay] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(first) ?? [];
  if (isoYear !== undefined) return dateOf(Number(isoYear), Number(isoMonth), Number(isoDay), 1);
  const month = MONTHS.get(first) ?? MONTHS.get(second);
  const day = dayOfMonth(MONTHS.has(first) ? second : first);
  if (month === undefined || day === null) return null;
  return /^\d{4}$/.test(third) ? dateOf(Number(third), month, day, 3) : dateOf(null, month, day, 2);
}

function dayOfMonth(word: string): number | null {
  const [, digits] = /^(\d{1,2})(st|nd|rd|th)?$/.exec(word) ?? [];
  return digits === undefined ? null : Number(digits);
}

/** A date that is in the calendar; without a year, in that of some year. */
function dateOf(year: number | null, month: number, day: number, used: number): Begun<SaidDay> | Fault {
  const leapYear = 2000;
  const date = new Date(Date.UTC(year ?? leapYear, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists
    ? { kind: 'read', value: { kind: 'date', year, month, day }, used }
    : fault('no_such_date', 0, used);
}

function fault(why: Fault['why'], at = 0, used = 1): Fault {
  return { kind: 'fault', why, at, used };
}

function named(names: readonly string[], value: number): [string, number][] {
  return names.map((name) => [name, value]);
}

/** Each name with the number of its row, from 1. */
function numbered(rows: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  return new Map(rows.flatMap((names, index) => named(names, index + 1)));
}
