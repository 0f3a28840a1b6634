import type { Context } from '../../context.ts';
import type { UnlockId } from '../../domain/ids.ts';
import { RESPONSE_URL_LIFE_MS } from '../../slack/response-url.ts';
import type { Unlock } from '../../store/unlock-row.ts';
import { finish, followOn, waitForOutcome } from './settle.ts';
import { tellOne } from './tell.ts';

/** How long an outcome that reached nobody is tried again, ms. */
const TELL_FOR_MS = 24 * 60 * 60 * 1000;
/** ms between those tries; what ended more recently than this may still be told by its own click. */
const TELL_EVERY_MS = 120_000;

/** Takes up what an earlier run left: settles from Seam or calls unknown, and tells. Nothing unlocks again. */
export async function recover(context: Context): Promise<void> {
  const { store, time, tasks, log } = context;
  const now = time.now();
  const [underWay, unsettled, untold] = await Promise.all([
    store.unlocks.underWay(),
    store.unlocks.unsettled(now - RESPONSE_URL_LIFE_MS),
    store.unlocks.untold(now - TELL_FOR_MS, now),
  ]);
  if (underWay.length > 0) log.warn({ unlocks: underWay.length }, 'unlocks were left under way');
  for (const unlock of underWay) tasks.spawn('recover unlock', () => settle(context, unlock));
  for (const unlock of unsettled) followOn(context, unlock);
  const delivered = new Set<UnlockId>();
  tasks.spawn('tell', () => tellAll(context, untold, delivered));
  tasks.every('tell again', TELL_EVERY_MS, async () => {
    const at = time.now();
    await tellAll(context, await store.unlocks.untold(at - TELL_FOR_MS, at - TELL_EVERY_MS), delivered);
  });
}

async function settle(context: Context, unlock: Unlock): Promise<void> {
  const outcome =
    unlock.attemptId === null
      ? ({ kind: 'unknown', why: 'interrupted' } as const)
      : await waitForOutcome(context, unlock.attemptId);
  if (outcome !== null) await finish(context, unlock, outcome);
}

/** Tells what was not told. Whom it reached is not told again, also when that cannot be written down. */
async function tellAll(
  context: Context,
  unlocks: readonly Unlock[],
  delivered: Set<UnlockId>,
): Promise<void> {
  for (const unlock of unlocks) {
    if (unlock.outcome === null) continue;
    try {
      if (delivered.has(unlock.id)) await context.store.unlocks.told(unlock.id, context.time.now());
      else if (await tellOne(context, unlock, unlock.outcome)) delivered.add(unlock.id);
    } catch (error) {
      context.log.warn({ unlock: unlock.id, err: error }, 'an outcome could not be told again');
    }
  }
}
