import { interactionId, moveId } from '../../../src/domain/ids.ts';
import type { Outcome } from '../../../src/domain/outcome.ts';
import type { Move, MoveRequest } from '../../../src/store/move-row.ts';
import type { Store } from '../../../src/store/store.ts';
import { aMove, aRequest, START } from '../../support/sights.ts';

export const UNLOCKED: Outcome = { kind: 'unlocked' };
export const UNKNOWN: Outcome = { kind: 'unknown', why: 'timeout' };
export const OFFLINE: Outcome = { kind: 'failed', reason: 'offline', said: 'It said “no”.', waitMs: 7_000 };
export const REFUSED: Outcome = { kind: 'refused', why: 'other_workspace' };

/** The n-th click of one person on one door, a row and an interaction of its own. */
export function click(n: number, facts: Partial<MoveRequest> = {}): MoveRequest {
  return aRequest({
    id: moveId(`unlock-${n}`),
    interaction: interactionId(`T0HOME:U0OLIVIA:trigger-${n}`),
    requestedAt: START + n,
    ...facts,
  });
}

/** The row of a click, under way unless it is said otherwise. */
export function rowOf(request: MoveRequest, facts: Partial<Move> = {}): Move {
  return aMove({ ...request, ...facts });
}

/** The row of a click that has ended. */
export function ended(
  request: MoveRequest,
  outcome: Outcome,
  endedAt: number,
  facts: Partial<Move> = {},
): Move {
  return rowOf(request, { state: 'ended', outcome, endedAt, ...facts });
}

/** The row of a click that joined the first. */
export function joinedRow(request: MoveRequest, facts: Partial<Move> = {}): Move {
  return rowOf(request, { state: 'joined', joinedId: click(1).id, ...facts });
}

/** Begins a move: the row of it. */
export async function begin({ moves }: Store, request: MoveRequest): Promise<Move> {
  const begun = await moves.begin(request);
  if (begun.kind !== 'begun') throw new Error(`it was to begin, and is ${begun.kind}`);
  return begun.move;
}
