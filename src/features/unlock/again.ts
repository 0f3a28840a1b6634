import type { Context } from '../../context.ts';
import type { UnlockId } from '../../domain/ids.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { Unlock } from '../../store/unlock-row.ts';
import { mayStillSettle } from './decide.ts';
import { isBeingTold, tellOne } from './tell.ts';

/** How long an outcome that reached nobody is tried again, ms. */
export const TELL_FOR_MS = 24 * 60 * 60 * 1000;
/** ms between those tries. */
const TELL_EVERY_MS = 15_000;
/** What ended more recently than this may be about to be told by its own click, ms. */
const OWN_TURN_MS = 5_000;

/** Tells every so often what has reached nobody yet. */
export function tellAgain(context: Context): void {
  const { store, tasks, time } = context;
  const delivered = new Set<UnlockId>();
  tasks.every('tell again', TELL_EVERY_MS, async () => {
    const at = time.now();
    await tellEach(context, await store.unlocks.untold(at - TELL_FOR_MS, at - OWN_TURN_MS), delivered);
  });
}

/**
 * Tells these outcomes, one after the other. Whom one reached is not told it again, also when that cannot be written
 * down: `delivered` remembers.
 */
export async function tellEach(
  context: Context,
  unlocks: readonly Unlock[],
  delivered: Set<UnlockId>,
): Promise<void> {
  for (const unlock of unlocks) {
    if (unlock.outcome === null || isBeingTold(unlock)) continue;
    try {
      await tellOnce(context, unlock, unlock.outcome, delivered);
    } catch (error) {
      context.log.warn({ unlock: unlock.id, err: error }, 'an outcome could not be told again');
    }
  }
}

async function tellOnce(
  context: Context,
  unlock: Unlock,
  outcome: Outcome,
  delivered: Set<UnlockId>,
): Promise<void> {
  if (delivered.has(unlock.id)) {
    await context.store.unlocks.told(unlock.id, context.time.now(), !mayStillSettle(unlock, outcome));
  } else if (await tellOne(context, unlock, outcome)) delivered.add(unlock.id);
}
