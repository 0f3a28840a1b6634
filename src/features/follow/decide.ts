import type { Sighting } from '../../domain/door.ts';
import { isLockedSince, mayBeUnlocked } from '../../domain/follow.ts';
import { type FailureReason, type Outcome, unreachable } from '../../domain/outcome.ts';
import type { Follow } from '../../store/follow-row.ts';
import type { Move } from '../../store/move-row.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** How long a door is followed, ms: as long as the buttons of a message work. */
export const FOLLOW_MS = 12 * 60 * MINUTE_MS;
/** How long Seam is asked about a door of which nobody tells us, ms. */
export const LOOK_FOR_MS = 30 * MINUTE_MS;
/** How long before its address ends a list is drawn for the last time, ms. */
export const LAST_BEFORE_MS = MINUTE_MS;
/** How late a door may still be locked by itself, ms: later, whoever uses it by then would be surprised. */
export const LOCK_LATE_MS = 10 * MINUTE_MS;
/** After how long a lock that failed is tried once more, ms. */
export const LOCK_AGAIN_MS = 3 * MINUTE_MS;

/** Slack takes five posts for a click: it was under way, and how it ended. An unknown end may still be settled. */
export function postsLeft(outcome: Outcome): number {
  return outcome.kind === 'unknown' ? 2 : 3;
}

/** When Seam is asked about a door of which nobody tells us, ms after the unlock. */
const LOOKS_MS = [15, 45, 105, 225, 465, 945, 1_425].map((seconds) => seconds * SECOND_MS);

/** The next look after `now`: which one it is, and when; null when there is none. */
export function nextLook(
  unlockedAt: number,
  now: number,
): { readonly n: number; readonly at: number } | null {
  const n = LOOKS_MS.findIndex((after) => unlockedAt + after > now);
  const after = LOOKS_MS[n];
  return after === undefined ? null : { n, at: unlockedAt + after };
}

/** Whether the followed door is known to have been locked since. */
export function isLockedAgain(follow: Follow, sighting: Sighting | null, last: Move | null): boolean {
  return isLockedSince(follow.unlockedAt, sighting, last);
}

/** Whether this ended as a move after which its door is followed. */
export function isFollowed({ verb, outcome, endedAt }: Move): boolean {
  return verb === 'unlock' && endedAt !== null && outcome !== null && mayBeUnlocked(outcome);
}

/** Whether the door's latest move is one by a timer that the lock was asked for, and nobody knows yet how it ended. */
export function isLocking(last: Move | undefined): boolean {
  return last?.verb === 'lock' && last.via === 'timer' && last.state === 'under_way' && last.sentAt !== null;
}

/** Whether a lock that failed for this reason may work a few minutes later. */
export function mayPass(reason: FailureReason): boolean {
  switch (reason) {
    case 'offline':
    case 'jammed':
    case 'lock_refused':
    case 'seam_unreachable':
    case 'seam_slow':
    case 'seam_busy':
    case 'seam_fault':
    case 'not_recorded':
    case 'not_sent':
    case 'crossed':
    case 'door_limit':
    case 'person_limit':
      return true;
    case 'low_battery':
    case 'sign_in_again':
    case 'privacy_mode':
    case 'not_remote':
    case 'not_permitted':
    case 'gone':
    case 'seam_key':
      return false;
    default:
      return unreachable(reason);
  }
}
