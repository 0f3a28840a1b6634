import type { Context } from '../../context.ts';
import type { Unlock } from '../../store/unlock-row.ts';
import { mayStillSettle } from './decide.ts';
import { tellOne } from './tell.ts';
import { forget, isBeingTold, knows, whileTelling } from './telling.ts';

/** How long an outcome that reached nobody is tried again, ms. */
export const TELL_FOR_MS = 24 * 60 * 60 * 1000;
/** ms between those tries. */
const TELL_EVERY_MS = 15_000;
/** What ended more recently than this may be about to be told by its own click, ms. */
const OWN_TURN_MS = 5_000;

/** Tells every so often what has reached nobody yet. */
export function tellAgain(context: Context): void {
  const { store, tasks, time } = context;
  tasks.every('tell again', TELL_EVERY_MS, async () => {
    const at = time.now();
    await tellEach(context, await store.unlocks.untold(at - TELL_FOR_MS, at - OWN_TURN_MS));
  });
}

/** Tells what became of these, one after the other, unless somebody else tells it now or has told it meanwhile. */
export async function tellEach(context: Context, unlocks: readonly Unlock[]): Promise<void> {
  for (const unlock of unlocks) {
    if (isBeingTold(unlock)) continue;
    try {
      await whileTelling(unlock, () => tellNow(context, unlock));
    } catch (error) {
      context.log.warn({ unlock: unlock.id, err: error }, 'an outcome could not be told again');
    }
  }
}

/** As it is by now: those before it took their time. */
async function tellNow(context: Context, { id }: Unlock): Promise<void> {
  const unlock = await context.store.unlocks.stillUntold(id);
  if (unlock === null || unlock.outcome === null) return;
  const { outcome } = unlock;
  if (!knows(unlock, outcome)) {
    await tellOne(context, unlock, outcome);
    return;
  }
  await context.store.unlocks.told(id, context.time.now(), !mayStillSettle(unlock, outcome));
  forget(unlock);
}
