import type { Sighting } from './door.ts';
import { type Outcome, unreachable } from './outcome.ts';

/** What a person wants when a door that they unlocked stays so, ms after the unlock; null is off. */
export interface DoorSetting {
  /** When they are told once that it is still unlocked. */
  readonly nudgeAfterMs: number | null;
  /** When it is locked again by itself. */
  readonly lockAfterMs: number | null;
}

/** How it is for somebody who has set nothing. */
export const OFF: DoorSetting = { nudgeAfterMs: null, lockAfterMs: null };

/** A move as its owner's later sights of the door are compared with it. */
interface EndedMove {
  readonly verb: 'unlock' | 'lock';
  readonly outcome: Outcome | null;
  readonly endedAt: number | null;
}

/** Whether a door may stand unlocked after an unlock that ended so: it did, or nobody can say. */
export function mayBeUnlocked({ kind }: Outcome): boolean {
  switch (kind) {
    case 'unlocked':
    case 'sent':
    case 'unknown':
      return true;
    case 'locked':
    case 'failed':
    case 'refused':
      return false;
    default:
      return unreachable(kind);
  }
}

/**
 * Whether Seam, asked how the door is after this move, can tell that it is locked again. What it knows may be older than
 * an unlock that the lock has not confirmed; and a door that stands open does more harm than one that is locked twice.
 */
export function canBeSeenLocked({ verb, outcome }: Pick<EndedMove, 'verb' | 'outcome'>): boolean {
  return verb === 'lock' || outcome?.kind === 'unlocked';
}

/**
 * Whether a sighting tells of something that came after the move. What only says once more from afar what the lock had
 * confirmed already is the lock's own echo of it.
 */
export function isNews(move: EndedMove, sighting: Sighting): boolean {
  const { outcome, endedAt } = move;
  if (endedAt === null || sighting.at <= endedAt || isStale(move, sighting)) return false;
  const isEcho = sighting.state === outcome?.kind && FROM_AFAR.has(sighting.how);
  return !isEcho;
}

function isStale(move: EndedMove, { state, how }: Sighting): boolean {
  return state === 'locked' && how === 'seen' && !canBeSeenLocked(move);
}

const FROM_AFAR: ReadonlySet<Sighting['how']> = new Set(['remote', 'unknown', 'asked', 'seen']);

/**
 * Whether the door is known to be locked after `since`, ms. A lock that was sent (`last`, the person's last move) but
 * that the lock itself has not confirmed does not make it so.
 */
export function isLockedSince(since: number, sighting: Sighting | null, last: EndedMove | null): boolean {
  if (sighting === null || sighting.state !== 'locked' || sighting.at <= since) return false;
  if (last !== null && isStale(last, sighting)) return false;
  const isOwn = last?.verb === 'lock' && last.endedAt === sighting.at;
  return !isOwn || last.outcome?.kind === 'locked';
}
