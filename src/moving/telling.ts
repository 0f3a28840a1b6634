/**
 * What this process knows of telling and the journal does not: who is being told right now, and who was told though that
 * could not be written down.
 */
import type { MoveId } from '../domain/ids.ts';
import { isSame, type Outcome } from '../domain/outcome.ts';
import type { Move } from '../store/move-row.ts';

/** By the unlock that was clicked first: how many are telling it, or are about to. */
const beingTold = new Map<MoveId, number>();

/** Whether somebody is telling this one now, alone or with the click that it joined. */
export function isBeingTold({ id, joinedId }: Move): boolean {
  return beingTold.has(joinedId ?? id);
}

/** Does the work; meanwhile whoever tries again what was not told leaves this one, and what joined it, alone. */
export async function whileTelling<Result>(
  { id, joinedId }: Move,
  work: () => Promise<Result>,
): Promise<Result> {
  const first = joinedId ?? id;
  beingTold.set(first, (beingTold.get(first) ?? 0) + 1);
  try {
    return await work();
  } finally {
    const left = (beingTold.get(first) ?? 1) - 1;
    if (left === 0) beingTold.delete(first);
    else beingTold.set(first, left);
  }
}

/** What reached its person, though that could not be written. */
const unwritten = new Map<MoveId, Outcome>();

/** Remembers that the person knows this outcome. */
export function remember({ id }: Move, outcome: Outcome): void {
  unwritten.set(id, outcome);
}

/** The journal says so by now. */
export function forget({ id }: Move): void {
  unwritten.delete(id);
}

/** Whether the person knows this very outcome although the journal does not say so. */
export function knows({ id }: Move, outcome: Outcome): boolean {
  const known = unwritten.get(id);
  return known !== undefined && isSame(known, outcome);
}
