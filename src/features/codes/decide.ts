import { type Code, type CodeStop, type CodeWindow, LONGEST_CODE_MS } from '../../domain/code.ts';
import { looksLikeId } from '../../domain/id-schema.ts';
import { type CodeId, codeId, type DeviceId, deviceId } from '../../domain/ids.ts';
import { readTimeWords, type TimeWords } from '../../domain/time-words.ts';
import { knownZone } from '../../domain/zone.ts';
import type { SubmitErrors } from '../../feature.ts';
import type { Values } from '../../slack/deed.ts';
import type { StoredPerson } from '../../store/people.ts';

/** How many codes a page of the list shows. */
const CODES_A_PAGE = 8;
/** The longest name of a guest. */
export const LONGEST_GUEST = 60;

/** Why this person is neither made nor shown a PIN; null when they are. */
export function stopOf(
  { pausedAt }: Pick<StoredPerson, 'pausedAt'>,
  unlocksPaused: boolean,
): CodeStop | null {
  if (unlocksPaused) return 'paused';
  return pausedAt === null ? null : 'paused_by_you';
}

/** The id of a code that a button carries; null for anything that we did not write. */
export function readCodeId([id = '']: readonly string[]): CodeId | null {
  return looksLikeId(id) ? codeId(id) : null;
}

/** The door that a button carries, and the words after it; null for anything that we did not write. */
export function readDoor([id = '', ...words]: readonly string[]): { id: DeviceId; words: string } | null {
  return looksLikeId(id) ? { id: deviceId(id), words: words.join(' ') } : null;
}

/** The number of a page, from 0. */
export function readPage(text: string | undefined): number {
  return text !== undefined && /^\d{1,4}$/.test(text) ? Number(text) : 0;
}

/** The codes of a page, and whether there are pages around it. A page that is not there any more is the last one. */
export function pageOf<One extends Code>(codes: readonly One[], wanted: number) {
  const last = Math.max(0, Math.ceil(codes.length / CODES_A_PAGE) - 1);
  const page = Math.min(wanted, last);
  const from = page * CODES_A_PAGE;
  return { page, pages: last + 1, shown: codes.slice(from, from + CODES_A_PAGE) };
}

/** What was said of a window; `which_zone`: of a time on the wall, and nobody knows whose wall. */
export type Said = TimeWords | { readonly kind: 'which_zone' };

/** Walls as far apart as there are: what means the same on each needs no zone. */
const ANY_ZONES = ['Pacific/Pago_Pago', 'UTC', 'Pacific/Kiritimati'] as const;

/** Reads time words on the person's own wall. `tz` as Slack names it; null where it does not say. */
export function readWindow(words: string, now: number, tz: string | null): Said {
  const zone = knownZone(tz);
  if (zone !== null) return readTimeWords(words, now, zone, LONGEST_CODE_MS);
  const [first, ...others] = ANY_ZONES.map((one) => readTimeWords(words, now, one, LONGEST_CODE_MS));
  const isSame = others.every((other) => JSON.stringify(other) === JSON.stringify(first));
  return first !== undefined && isSame ? first : { kind: 'which_zone' };
}

/** What was filled in. */
export interface Form extends CodeWindow {
  readonly deviceId: DeviceId;
  readonly guest: string | null;
}

/** Reads the modal; what is wrong with it goes beside its fields. `now` in ms. */
export function readForm(values: Values, now: number): { form: Form } | { errors: SubmitErrors } {
  const door = readDoor(values.door ?? []);
  const startsAt = momentIn(values.start);
  const endsAt = momentIn(values.end);
  if (door === null) return { errors: { door: 'Choose a door.' } };
  if (endsAt === null) return { errors: { end: 'Choose when the code ends.' } };
  if (endsAt <= now) return { errors: { end: 'That is over already. Choose a later end.' } };
  if (startsAt !== null && startsAt >= endsAt) return { errors: { end: 'It would end before it starts.' } };
  if (endsAt - now > LONGEST_CODE_MS) {
    return { errors: { end: 'That is too far away: a code ends within one year.' } };
  }
  const guest = (values.guest?.[0] ?? '').trim();
  return {
    form: {
      deviceId: door.id,
      // A start in the past is now.
      startsAt: startsAt !== null && startsAt > now ? startsAt : null,
      endsAt,
      guest: guest === '' ? null : guest.slice(0, LONGEST_GUEST),
    },
  };
}

function momentIn(values: readonly string[] | undefined): number | null {
  const [seconds = ''] = values ?? [];
  return /^\d{1,12}$/.test(seconds) ? Number(seconds) * 1000 : null;
}

const HOUR_MS = 60 * 60 * 1000;

/** When a code ends unless somebody says otherwise, ms: a whole hour, two to three hours from now. */
export function usualEnd(now: number): number {
  return (Math.floor(now / HOUR_MS) + 3) * HOUR_MS;
}

/** The same window again, from now on where it has begun; null when it is over. */
export function sameWindow({ startsAt, endsAt }: CodeWindow, now: number): CodeWindow | null {
  if (endsAt <= now) return null;
  return { startsAt: startsAt !== null && startsAt > now ? startsAt : null, endsAt };
}
