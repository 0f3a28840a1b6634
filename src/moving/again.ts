import type { Context } from '../context.ts';
import type { Move } from '../store/move-row.ts';
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
    await tellEach(context, await store.moves.untold(at - TELL_FOR_MS, at - OWN_TURN_MS));
  });
}

/** Tells what became of these, one after the other, unless somebody else tells it now or has told it meanwhile. */
export async function tellEach(context: Context, ended: readonly Move[]): Promise<void> {
  for (const move of ended) {
    if (isBeingTold(move)) continue;
    try {
      await whileTelling(move, () => tellNow(context, move));
    } catch (error) {
      context.log.warn({ move: move.id, err: error }, 'an outcome could not be told again');
    }
  }
}

/** As it is by now: those before it took their time. */
async function tellNow(context: Context, { id }: Move): Promise<void> {
  const move = await context.store.moves.stillUntold(id);
  if (move === null || move.outcome === null) return;
  const { outcome } = move;
  if (!knows(move, outcome)) {
    await tellOne(context, move, outcome);
    return;
  }
  await context.store.moves.told(id, context.time.now(), !mayStillSettle(move, outcome));
  forget(move);
}
