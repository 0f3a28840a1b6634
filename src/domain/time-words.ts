import { readClauses, type Unread } from './time-clauses.ts';
import { endOf, type Meant, startOf } from './time-point.ts';

/** Why words were not taken for a time. A `word` is what it is about, as it was typed. */
type Unclear =
  | Unread['why']
  | { readonly kind: Exclude<Meant['kind'], 'moment' | 'gone'>; readonly word: string }
  | { readonly kind: 'past'; readonly which: 'start' | 'end'; readonly at: number }
  | { readonly kind: 'ends_before_start'; readonly startsAt: number; readonly endsAt: number }
  | { readonly kind: 'too_long'; readonly longestMs: number };

/** For how long a code is to work, and for whom; or that this is not clear, and why. Moments are ms. */
export type TimeWords =
  | {
      readonly kind: 'window';
      /** Null for now. */
      readonly startsAt: number | null;
      readonly endsAt: number;
      /** As it was typed, without quotes around it. */
      readonly name: string | null;
    }
  | {
      readonly kind: 'unclear';
      /** The words that were understood, as they were typed; null for none. */
      readonly understood: string | null;
      readonly why: Unclear;
    };

/**
 * Reads `for 2h`, `until fri noon for Anna Smith`, `from tomorrow 9am until 24 dec`, as the wall in an IANA zone shows
 * time at `now` (ms); an end is at most `longestMs` from now. What is not understood is never guessed.
 *
 * `for` is time that passes: a day is 24 hours. All else is read from the wall. A time alone is the next one; so is a
 * weekday, where today's own name needs a time that is still to come; a date without a year is this day or the next such.
 * A day without a time is meant whole: from its beginning, until its end. Where clocks are set back over a time, a start
 * is the earlier one and an end the later. Throws a RangeError for a zone that does not exist.
 */
export function readTimeWords(text: string, now: number, zone: string, longestMs: number): TimeWords {
  const clauses = readClauses(text);
  if (clauses.kind === 'unread') return { ...clauses, kind: 'unclear' };
  const { start, end, name } = clauses;
  const understood = text.trim().replaceAll(/\s+/g, ' ');
  const unclear = (why: Unclear): TimeWords => ({ kind: 'unclear', understood, why });

  const begun: Meant =
    start.value === 'now' ? { kind: 'moment', at: now } : startOf(start.value, { now, zone });
  if (begun.kind === 'gone') return unclear({ kind: 'past', which: 'start', at: begun.at });
  if (begun.kind !== 'moment') return unclear({ kind: begun.kind, word: start.typed });
  const startsAt = begun.at;
  const ended: Meant =
    typeof end.value === 'number'
      ? { kind: 'moment', at: startsAt + end.value }
      : endOf(end.value, startsAt, { now, zone });
  if (ended.kind !== 'moment' && ended.kind !== 'gone') return unclear({ kind: ended.kind, word: end.typed });
  const endsAt = ended.at;
  if (endsAt <= now) return unclear({ kind: 'past', which: 'end', at: endsAt });
  if (endsAt <= startsAt) return unclear({ kind: 'ends_before_start', startsAt, endsAt });
  if (endsAt - now > longestMs) return unclear({ kind: 'too_long', longestMs });
  return { kind: 'window', startsAt: startsAt > now ? startsAt : null, endsAt, name };
}
