import type { Context } from '../context.ts';
import type { RunId } from '../domain/ids.ts';
import { failed, type Outcome } from '../domain/outcome.ts';
import type { Move } from '../store/move-row.ts';
import { TELL_FOR_MS, tellEach } from './again.ts';
import { finish, followOn, waitForOutcome } from './settle.ts';

/** Takes over what dead runs left: settles it from Seam or calls it unknown, and tells. Nothing unlocks again. */
export async function takeOver(context: Context, dead: readonly RunId[]): Promise<void> {
  const { store, tasks, time, log } = context;
  await store.moves.letGo(dead, time.now() - TELL_FOR_MS);
  const left = await store.moves.adopt(dead);
  const underWay = left.filter(({ state }) => state === 'under_way');
  const ended = left.filter(({ state, outcome }) => state !== 'under_way' && outcome !== null);
  if (underWay.length > 0) log.warn({ moves: underWay.length }, 'moves were left under way');
  for (const move of underWay) tasks.spawn('recover a move', () => settle(context, move));
  for (const move of ended) if (move.outcome?.kind === 'unknown') followOn(context, move);
  const untold = ended.filter(({ toldAt }) => toldAt === null);
  tasks.spawn('tell', () => tellEach(context, untold));
}

async function settle(context: Context, move: Move): Promise<void> {
  const outcome = await whatBecameOf(context, move);
  if (outcome !== null) await finish(context, move, outcome);
}

/** Null when Latchbolt stops meanwhile. */
async function whatBecameOf(context: Context, { verb, attemptId, sentAt }: Move): Promise<Outcome | null> {
  if (attemptId !== null) return waitForOutcome(context, verb, attemptId);
  return sentAt === null ? failed('not_sent') : { kind: 'unknown', why: 'interrupted' };
}
