import { type CalendarDay, daysAfter, firstMomentOf, isSameDay, momentsOf, wallAt } from './zone.ts';

/**
 * Whether the wall in a zone shows a time within quiet hours at `now` (ms): from a minute of the day up to, but not
 * including, another (0 to 1439), over midnight where the second is the smaller. From a minute to itself is never.
 */
export function isWithin(now: number, zone: string, fromMinute: number, toMinute: number): boolean {
  const { hour, minute } = wallAt(now, zone);
  const shown = hour * 60 + minute;
  return fromMinute <= toMinute
    ? fromMinute <= shown && shown < toMinute
    : fromMinute <= shown || shown < toMinute;
}

/**
 * The next moment (ms) after `now` at which quiet hours end: when the wall in a zone shows `toMinute` of a day (0 to
 * 1439) or, where clocks skip that, when they have.
 */
export function nextEnd(now: number, zone: string, toMinute: number): number {
  const today = wallAt(now, zone);
  for (let days = 0; ; days += 1) {
    const end = endsOn(daysAfter(today, days), zone, toMinute).find((at) => at > now);
    if (end !== undefined) return end;
  }
}

/** Quiet hours end twice on a day whose clocks are set back over their end, and never on one that a zone skips. */
function endsOn(date: CalendarDay, zone: string, toMinute: number): readonly number[] {
  const wall = { ...date, hour: Math.floor(toMinute / 60), minute: toMinute % 60 };
  const shown = momentsOf(wall, zone);
  if (shown.length > 0) return shown;
  const skipped = firstMomentOf(wall, zone);
  return isSameDay(wallAt(skipped, zone), date) ? [skipped] : [];
}
