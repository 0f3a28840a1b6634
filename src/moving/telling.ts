/**
 * What this process knows of telling and the journal does not: who is being told right now, in which message, and who was
 * told though that could not be written down.
 */
import type { MoveId } from '../domain/ids.ts';
import { isSame, type Outcome } from '../domain/outcome.ts';
import type { Sent } from '../slack/messenger.ts';
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
    if (left > 0) beingTold.set(first, left);
    else {
      beingTold.delete(first);
      messages.delete(first);
    }
  }
}

/** The direct message that told a move, for as long as that is being told. */
const messages = new Map<MoveId, Sent>();

/** This message has told it. One that told a click which joined it stays as it is. */
export function toldIn({ id, joinedId }: Move, message: Sent): void {
  if (joinedId === null) messages.set(id, message);
}

/** The direct message that told this move just now, so that it can go on there; null where there is none. */
export function messageOf(id: MoveId): Sent | null {
  return messages.get(id) ?? null;
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
