import type { SaidDay, SaidPoint } from './time-phrase.ts';
import {
  type CalendarDay,
  daysAfter,
  firstMomentOf,
  isSameDay,
  MINUTE_MS,
  momentsOf,
  startOfDay,
  wallAt,
} from './zone.ts';

/** Which moment (ms) a point in time means, or why none. */
export type Meant =
  | { readonly kind: 'moment'; readonly at: number }
  /** It is over. */
  | { readonly kind: 'gone'; readonly at: number }
  /** Clocks are set forward over it on that day. */
  | { readonly kind: 'skipped_time' }
  /** That year has no such day, or the zone skips it. */
  | { readonly kind: 'no_such_date' }
  /** A day's midnight: at its beginning, or at its end? */
  | { readonly kind: 'which_midnight' }
  /** The name of the very day, without a time: that day, or a week later? */
  | { readonly kind: 'which_week' };

/** The moment (ms), and the IANA zone of the wall that it is read from. */
interface Here {
  readonly now: number;
  readonly zone: string;
}

interface OnADay {
  readonly at: number;
  readonly isSkipped: boolean;
}

/** Minutes since the day began. */
const END_OF_DAY = 24 * 60;

/**
 * When a window begins: now, for today without a time and for the minute that has begun. A day alone means its beginning,
 * and a time that a day has twice the earlier one that is still to come.
 */
export function startOf(said: SaidPoint, here: Here): Meant {
  const { now, zone } = here;
  const isToCome = (at: number) => at + MINUTE_MS > now;
  return firstMeant(said, now, here, isToCome, (date) => {
    if (said.clock !== null) {
      return onADay(date, said.clock, zone, (moments) => moments.find(isToCome) ?? moments[0]);
    }
    const isToday = isSameDay(date, wallAt(now, zone));
    return { at: isToday ? now : startOfDay(date, zone), isSkipped: false };
  });
}

/**
 * When a window ends that begins at `start` (ms). A day alone means its end, and a time that a day has twice the later
 * one.
 */
export function endOf(said: SaidPoint, start: number, here: Here): Meant {
  return firstMeant(
    said,
    start,
    here,
    (at) => at > start,
    (date) => onADay(date, said.clock ?? 'midnight', here.zone, (moments) => moments.at(-1)),
  );
}

/** The first moment still to come, of those that the days which may be meant have. */
function firstMeant(
  said: SaidPoint,
  from: number,
  { now, zone }: Here,
  isToCome: (at: number) => boolean,
  momentOn: (date: CalendarDay) => OnADay,
): Meant {
  if (said.day !== null && said.clock === 'midnight') return { kind: 'which_midnight' };
  const dates = datesOf(said, wallAt(from, zone), wallAt(now, zone));
  if (dates === null) return { kind: 'which_week' };
  let meant: Meant = { kind: 'no_such_date' };
  for (const date of dates) {
    if (!isSameDay(wallAt(startOfDay(date, zone), zone), date)) return { kind: 'no_such_date' };
    const { at, isSkipped } = momentOn(date);
    if (isToCome(at)) return isSkipped ? { kind: 'skipped_time' } : { kind: 'moment', at };
    meant = { kind: 'gone', at };
  }
  return meant;
}

/** The days that may be meant, likeliest first; null where it cannot be told. */
function datesOf(
  { day, clock }: SaidPoint,
  from: CalendarDay & { weekday: number },
  today: CalendarDay,
): readonly CalendarDay[] | null {
  if (day === null) return [from, daysAfter(from, 1)];
  switch (day.kind) {
    case 'today':
      return [today];
    case 'tomorrow':
      return [daysAfter(today, 1)];
    case 'weekday': {
      const ahead = (day.weekday - from.weekday + 7) % 7;
      if (ahead > 0) return [daysAfter(from, ahead)];
      return clock === null ? null : [from, daysAfter(from, 7)];
    }
    case 'date':
      return [{ ...day, year: day.year ?? yearOf(day, from) }];
  }
}

/** The year of the next such day, of which that day itself is one. */
function yearOf({ month, day }: Extract<SaidDay, { kind: 'date' }>, from: CalendarDay): number {
  const isOver = month < from.month || (month === from.month && day < from.day);
  return isOver ? from.year + 1 : from.year;
}

/** The moment of a day at which its clocks show a time, or at which they have skipped it. */
function onADay(
  date: CalendarDay,
  clock: number | 'midnight',
  zone: string,
  choose: (moments: readonly number[]) => number | undefined,
): OnADay {
  if (clock === 'midnight' || clock === END_OF_DAY) {
    return { at: startOfDay(daysAfter(date, 1), zone), isSkipped: false };
  }
  const { year, month, day } = date;
  const wall = { year, month, day, hour: Math.floor(clock / 60), minute: clock % 60 };
  const chosen = choose(momentsOf(wall, zone));
  return { at: chosen ?? firstMomentOf(wall, zone), isSkipped: chosen === undefined };
}
