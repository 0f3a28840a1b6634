import { interactionId, unlockId } from '../../../src/domain/ids.ts';
import type { Outcome } from '../../../src/domain/outcome.ts';
import type { Unlock, UnlockRequest } from '../../../src/store/unlock-row.ts';
import { anUnlock, aRequest, START } from '../../support/sights.ts';

export const UNLOCKED: Outcome = { kind: 'unlocked' };
export const UNKNOWN: Outcome = { kind: 'unknown', why: 'timeout' };
export const OFFLINE: Outcome = { kind: 'failed', reason: 'offline', said: 'It said “no”.', waitMs: 7_000 };
export const REFUSED: Outcome = { kind: 'refused', why: 'other_workspace' };

/** The n-th click of one person on one door, a row and an interaction of its own. */
export function click(n: number, facts: Partial<UnlockRequest> = {}): UnlockRequest {
  return aRequest({
    id: unlockId(`unlock-${n}`),
    interaction: interactionId(`T0HOME:U0OLIVIA:trigger-${n}`),
    requestedAt: START + n,
    ...facts,
  });
}

/** The row of a click, under way unless it is said otherwise. */
export function rowOf(request: UnlockRequest, facts: Partial<Unlock> = {}): Unlock {
  return anUnlock({ ...request, ...facts });
}

/** The row of a click that has ended. */
export function ended(
  request: UnlockRequest,
  outcome: Outcome,
  endedAt: number,
  facts: Partial<Unlock> = {},
): Unlock {
  return rowOf(request, { state: 'ended', outcome, endedAt, ...facts });
}

/** The row of a click that joined the first. */
export function joinedRow(request: UnlockRequest, facts: Partial<Unlock> = {}): Unlock {
  return rowOf(request, { state: 'joined', joinedId: click(1).id, ...facts });
}
