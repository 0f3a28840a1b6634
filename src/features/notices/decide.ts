import type { Account, Door } from '../../domain/door.ts';
import type { AccessCodeId, ConnectedAccountId, DeviceId } from '../../domain/ids.ts';
import { nextAllowed } from '../../domain/limits.ts';
import { isUrgent, type NoticeAbout, type NoticeSettings, type QuietHours } from '../../domain/notice.ts';
import { isWithin, nextEnd } from '../../domain/quiet-hours.ts';
import type { WaitingNotice } from '../../store/notices.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** A lock that is back sooner was only out of reach for a moment, ms. */
export const OFFLINE_FOR_LONG_MS = 30 * MINUTE_MS;
/** What happens together is told together: the locks of one bridge, ms. */
const GATHER_MS = 3 * SECOND_MS;
/** Somebody who types wrong PINs types several, ms. */
const GATHER_DENIED_MS = MINUTE_MS;
/** What comes at the same moment as something urgent may still join it, ms. */
const SAME_MOMENT_MS = 2 * SECOND_MS;
/** After three messages within ten minutes, all that follows is gathered into one until the ten minutes are over. */
const MOST_MESSAGES = 3;
export const MESSAGES_WINDOW_MS = 10 * MINUTE_MS;
/** For how long it is tried to reach somebody, ms. */
const TRY_FOR_MS = 24 * HOUR_MS;

/** When a notice is told: with a message that falls due from `soonest` on, else with one of its own at `due`, ms. */
interface Due {
  readonly soonest: number;
  readonly due: number;
}

/** When something is told. `tellings` are the moments (ms) of this person's messages within the window. */
export function whenTold(
  about: NoticeAbout,
  { quiet }: NoticeSettings,
  zone: string,
  tellings: readonly number[],
  now: number,
): Due {
  if (isUrgent(about)) return { soonest: now - SAME_MOMENT_MS, due: now };
  const end = endOfQuiet(quiet, zone, now);
  if (end !== null) return { soonest: end, due: end };
  const gathered = now + (about.kind === 'denied' ? GATHER_DENIED_MS : GATHER_MS);
  const allowed = nextAllowed(tellings, MOST_MESSAGES, MESSAGES_WINDOW_MS, now) ?? now;
  return { soonest: now, due: Math.max(gathered, allowed) };
}

/** When these quiet hours end, ms; null outside of them. */
function endOfQuiet(quiet: QuietHours | null, zone: string, now: number): number | null {
  if (quiet === null || !isWithin(now, zone, quiet.fromMinute, quiet.toMinute)) return null;
  return nextEnd(now, zone, quiet.toMinute);
}

/** Until when a message has to wait that would fall into quiet hours, ms; null for none: one try before may have failed. */
export function waitsUntil(
  batch: readonly WaitingNotice[],
  { quiet }: NoticeSettings,
  zone: string,
  now: number,
): number | null {
  return batch.some(({ about }) => isUrgent(about)) ? null : endOfQuiet(quiet, zone, now);
}

/** When it is tried again, ms: soon at first, then every quarter of an hour. */
export function nextTry(batch: readonly WaitingNotice[], now: number): number {
  const age = now - Math.min(...batch.map(({ dueAt }) => dueAt), now);
  return now + Math.min(15 * MINUTE_MS, Math.max(15 * SECOND_MS, age / 2));
}

/** Whether it was tried for so long that nobody need hear of it any more. */
export function isTooLate({ dueAt }: WaitingNotice, now: number): boolean {
  return now - dueAt > TRY_FOR_MS;
}

/** What Seam says now of all that a message is about. What is not in it is not this person's, or not there. */
export interface Facts {
  readonly doors: ReadonlyMap<DeviceId, Door>;
  readonly accounts: ReadonlyMap<ConnectedAccountId, Account>;
  readonly codes: ReadonlyMap<AccessCodeId, string>;
}

/** Whether it still is as it was told to us, so that a person does not hear of what is over. */
export function isStillSo(about: NoticeAbout, { doors, accounts }: Facts): boolean {
  if (about.kind === 'sign_in') return accounts.get(about.accountId)?.healthy === false;
  if (about.kind === 'shared') return accounts.has(about.accountId);
  const door = doors.get(about.deviceId);
  const has = (code: string) => door?.problems.some((problem) => problem.code === code) === true;
  // Seam may list what was removed, or not.
  if (about.kind === 'removed') return door === undefined || has('device_removed');
  if (door === undefined) return false;
  switch (about.kind) {
    case 'offline':
      // A lock that was removed, or whose account needs a sign-in, is told of as that.
      return door.online === false && !has('account_disconnected') && !has('device_removed');
    case 'battery':
      return door.battery?.status !== 'good' && door.battery?.status !== 'full';
    default:
      return true;
  }
}

/** Something that goes on until it is over, as it is kept. */
interface Condition {
  readonly kind: 'sign_in' | 'offline' | 'battery';
  readonly subject: ConnectedAccountId | DeviceId;
}

/**
 * What goes on by our own record and does not by Seam's word: it was heard of late, or its end was missed. Null for all else,
 * and for what Seam does not list to this person, which says nothing of it.
 */
export function conditionOver(about: NoticeAbout, facts: Facts): Condition | null {
  if (isStillSo(about, facts)) return null;
  switch (about.kind) {
    case 'sign_in':
      return facts.accounts.has(about.accountId) ? { kind: about.kind, subject: about.accountId } : null;
    case 'offline':
    case 'battery':
      return facts.doors.has(about.deviceId) ? { kind: about.kind, subject: about.deviceId } : null;
    default:
      return null;
  }
}
