import type { Door } from '../domain/door.ts';
import type { ConnectedAccountId } from '../domain/ids.ts';
import { isOld } from '../domain/message-age.ts';
import type { Verb } from '../domain/move.ts';
import { failed, type Outcome, type Refusal } from '../domain/outcome.ts';
import { RESPONSE_URL_LIFE_MS } from '../slack/response-url.ts';
import type { Move } from '../store/move-row.ts';
import type { MoveAsked } from './ask.ts';

/**
 * Why this may not even be asked about; null when it may. What stops the opening of doors does not keep anybody from
 * locking one.
 */
export function mayNotAsk(
  { verb, madeAt, person }: Pick<MoveAsked, 'verb' | 'madeAt' | 'person'>,
  { now, paused }: { readonly now: number; readonly paused: boolean },
): Refusal | null {
  if (isOld(madeAt, now)) return 'old';
  if (verb === 'lock') return null;
  if (paused) return 'paused';
  return person.pausedAt === null ? null : 'paused_by_you';
}

/**
 * Until when what its person sees of it can be changed, ms: a message by its `response_url`; Home at any time, but
 * nobody looks out for it longer than that. Null where it cannot be.
 */
export function changeableUntil({ responseUrl, via, listingId, requestedAt }: Move): number | null {
  if (responseUrl !== null) return responseUrl.expiresAt;
  return via === 'home' && listingId !== null ? requestedAt + RESPONSE_URL_LIFE_MS : null;
}

/** Whether Seam may still say what became of it, while what its person sees can be changed. */
export function mayStillSettle(move: Move, outcome: Outcome): boolean {
  return outcome.kind === 'unknown' && move.attemptId !== null && changeableUntil(move) !== null;
}

/**
 * May this person's move be sent? The door is Seam's answer of this moment, `connected` are the accounts that we
 * know to be theirs: both have to agree. An outcome says why not.
 */
export function mayMove(
  door: Door | null,
  verb: Verb,
  connected: ReadonlySet<ConnectedAccountId>,
): { kind: 'yes'; door: Door } | { kind: 'no'; outcome: Outcome } {
  if (door === null || !connected.has(door.accountId)) {
    return { kind: 'no', outcome: { kind: 'refused', why: 'not_yours' } };
  }
  // An offline lock is asked all the same: Seam's view of it may be old, and the lock decides.
  const can = verb === 'lock' ? door.canLock : door.canUnlock;
  return can ? { kind: 'yes', door } : { kind: 'no', outcome: failed('not_remote') };
}

/** How long a person waits for an outcome before it is called unknown, ms. */
export const PATIENCE_MS = 15_000;

/** The pause before the next look at an action attempt, ms, by the time since it was sent. */
export function pauseAfter(elapsedMs: number): number {
  if (elapsedMs < 50) return 60;
  if (elapsedMs < 3_000) return 140;
  if (elapsedMs < 6_000) return 500;
  return 1_000;
}

/** The same for a move that was called unknown: nobody stands and waits. */
export function latePauseAfter(elapsedMs: number): number {
  return elapsedMs < 60_000 ? 3_000 : 15_000;
}
