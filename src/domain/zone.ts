/** A day of the calendar. */
export interface CalendarDay {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
}

/** What calendar and clock on somebody's wall show, to the minute. */
export interface WallTime extends CalendarDay {
  readonly hour: number;
  readonly minute: number;
}

/** A wall time of which the day of the week is known, too: Monday is 1, Sunday 7. */
export interface Wall extends WallTime {
  readonly weekday: number;
}

const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const DAY_MS = 24 * 60 * MINUTE_MS;

/** The IANA zone that Slack names, in its usual spelling; null where it names none that this machine knows. */
export function knownZone(tz: string | null): string | null {
  if (tz === null) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: tz }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** One for each zone that was asked for: to make one costs more than all that is done with it. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** What the wall shows at a moment (ms) in an IANA zone. Throws a RangeError for a zone that does not exist. */
export function wallAt(at: number, zone: string): Wall {
  const shown = new Date(at + offsetAt(at, zone));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    weekday: shown.getUTCDay() || 7,
  };
}

/**
 * The moments (ms) when the wall in a zone shows this, the earlier one first: one as a rule, none where clocks skip it
 * or no calendar has it, two where clocks are set back over it. Throws a RangeError for a zone that does not exist.
 */
export function momentsOf(wall: WallTime, zone: string): readonly number[] {
  const asUtc = utcOf(wall);
  const { before, after } = offsetsAround(asUtc, zone);
  return [...new Set([asUtc - before, asUtc - after])]
    .filter((at) => isSameWall(wallAt(at, zone), wall))
    .sort((left, right) => left - right);
}

/** The first moment (ms) when the wall shows this; where clocks skip it, the one when they have. */
export function firstMomentOf(wall: WallTime, zone: string): number {
  const [first] = momentsOf(wall, zone);
  if (first !== undefined) return first;
  const asUtc = utcOf(wall);
  const { before, after } = offsetsAround(asUtc, zone);
  let early = asUtc - after;
  let late = asUtc - before;
  while (late - early > SECOND_MS) {
    const middle = early + Math.floor((late - early) / 2 / SECOND_MS) * SECOND_MS;
    if (offsetAt(middle, zone) === after) late = middle;
    else early = middle;
  }
  return late;
}

/** The moment (ms) when a day begins in a zone: not always at 0:00. For a day that is skipped, when the next begins. */
export function startOfDay({ year, month, day }: CalendarDay, zone: string): number {
  return firstMomentOf({ year, month, day, hour: 0, minute: 0 }, zone);
}

/** The day that is so many days after another. */
export function daysAfter({ year, month, day }: CalendarDay, days: number): CalendarDay {
  const moved = new Date(Date.UTC(year, month - 1, day + days));
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
}

/** Whether two are the same day. */
export function isSameDay(one: CalendarDay, other: CalendarDay): boolean {
  return one.year === other.year && one.month === other.month && one.day === other.day;
}

/** A moment (ms) as ISO 8601 writes it in a zone, to the second. Throws a RangeError for a zone that does not exist. */
export function isoAt(at: number, zone: string): string {
  const offset = offsetAt(at, zone);
  const shown = new Date(at + offset).toISOString().slice(0, 19);
  const minutes = Math.round(Math.abs(offset) / MINUTE_MS);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${shown}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function isSameWall(one: WallTime, other: WallTime): boolean {
  return isSameDay(one, other) && one.hour === other.hour && one.minute === other.minute;
}

function utcOf({ year, month, day, hour, minute }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute);
}

/** The offsets (ms) a day before and a day after: no zone is further from UTC, and none changes twice in between. */
function offsetsAround(asUtc: number, zone: string): { before: number; after: number } {
  return { before: offsetAt(asUtc - DAY_MS, zone), after: offsetAt(asUtc + DAY_MS, zone) };
}

/** How far the wall is ahead of UTC, ms. */
function offsetAt(at: number, zone: string): number {
  const second = Math.floor(at / SECOND_MS) * SECOND_MS;
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(second)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second: seconds = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, seconds) - second;
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const made = formatters.get(zone);
  if (made !== undefined) return made;
  const formatter = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(zone, formatter);
  return formatter;
}
