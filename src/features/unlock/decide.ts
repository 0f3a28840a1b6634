import type { Door } from '../../domain/door.ts';
import type { ConnectedAccountId } from '../../domain/ids.ts';
import { type DeviceId, deviceId, type ListingId, listingId } from '../../domain/ids.ts';
import { isOld } from '../../domain/message-age.ts';
import { failed, type Outcome, type Refusal } from '../../domain/outcome.ts';
import type { Listing } from '../../store/listings.ts';
import type { Unlock } from '../../store/unlock-row.ts';

/** What an unlock button carries; null for anything that we did not write. */
export function readButton(args: readonly string[]): { listingId: ListingId; deviceId: DeviceId } | null {
  const [listing = '', device = '', ...more] = args;
  const ours = [listing, device].every((id) => /^[\w-]{1,64}$/.test(id)) && more.length === 0;
  return ours ? { listingId: listingId(listing), deviceId: deviceId(device) } : null;
}

/**
 * Why this click may not even be asked about; null when it may. A message is as old as its list, which *Refresh* makes
 * anew; where there is no list, as Slack says.
 */
export function mayNotAsk(click: {
  readonly clicked: { readonly postedAt: number | null };
  readonly listing: Pick<Listing, 'shownAt'> | null;
  readonly now: number;
  readonly paused: boolean;
}): Refusal | null {
  if (isOld(click.listing?.shownAt ?? click.clicked.postedAt, click.now)) return 'old';
  return click.paused ? 'paused' : null;
}

/** Whether Seam may still say what became of it, while its person's message can be changed. */
export function mayStillSettle(unlock: Unlock, outcome: Outcome): boolean {
  return outcome.kind === 'unknown' && unlock.attemptId !== null && unlock.responseUrl !== null;
}

/**
 * May this person's unlock be sent? The door is Seam's answer of this moment, `connected` are the accounts that we
 * know to be theirs: both have to agree. An outcome says why not.
 */
export function mayUnlock(
  door: Door | null,
  connected: ReadonlySet<ConnectedAccountId>,
): { kind: 'yes'; door: Door } | { kind: 'no'; outcome: Outcome } {
  if (door === null || !connected.has(door.accountId)) {
    return { kind: 'no', outcome: { kind: 'refused', why: 'not_yours' } };
  }
  // An offline lock is asked all the same: Seam's view of it may be old, and the lock decides.
  return door.canUnlock ? { kind: 'yes', door } : { kind: 'no', outcome: failed('not_remote') };
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

/** The same for an unlock that was called unknown: nobody stands and waits. */
export function latePauseAfter(elapsedMs: number): number {
  return elapsedMs < 60_000 ? 3_000 : 15_000;
}
