import type { Context } from '../../context.ts';
import type { ActionAttemptId } from '../../domain/ids.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { toSeamError } from '../../seam/errors.ts';
import { outcomeOfAttempt } from '../../seam/outcomes.ts';
import type { Unlock } from '../../store/unlock-row.ts';
import { latePauseAfter, mayStillSettle, PATIENCE_MS, pauseAfter } from './decide.ts';
import { type Recorded, record } from './record.ts';
import { tell, tellAway } from './tell.ts';
import { remember, whileTelling } from './telling.ts';

/**
 * Looks at the attempt until it is settled, or until the person has waited long enough: then it is unknown.
 * Null when Latchbolt stops meanwhile: the row stays under way, and the next run settles it.
 */
export async function waitForOutcome(context: Context, id: ActionAttemptId): Promise<Outcome | null> {
  const settled = await poll(context, id, pauseAfter, PATIENCE_MS);
  if (settled !== null) return settled;
  return context.tasks.stopping.aborted ? null : { kind: 'unknown', why: 'timeout' };
}

/**
 * Writes the outcome, then tells the person, after what is already on its way to them (`beside`). An unknown that
 * Seam may still settle is followed on.
 */
export async function finish(
  context: Context,
  unlock: Unlock,
  outcome: Outcome,
  beside: Promise<unknown> = Promise.resolve(),
): Promise<void> {
  await whileTelling(unlock, async () => {
    const recorded = await record(context, unlock, outcome);
    await beside;
    await tellRecorded(context, unlock, outcome, recorded);
  });
  if (mayStillSettle(unlock, outcome)) followOn(context, unlock);
}

/**
 * Completes an unknown if Seam settles it while the person's message can still be changed.
 * The row has ended: a new click is a new unlock meanwhile.
 */
export function followOn(context: Context, unlock: Unlock): void {
  const { attemptId } = unlock;
  if (attemptId === null || unlock.responseUrl === null) return;
  const forMs = unlock.responseUrl.expiresAt - context.time.now();
  context.tasks.spawn('follow on', async () => {
    const outcome = await poll(context, attemptId, latePauseAfter, forMs);
    if (outcome === null) {
      if (!context.tasks.stopping.aborted) await context.store.unlocks.close(unlock.id);
      return;
    }
    await whileTelling(unlock, async () =>
      tellRecorded(context, unlock, outcome, await record(context, unlock, outcome)),
    );
  });
}

/** A message is drawn from the journal: what is not in there, or cannot be read, is told in words of its own. */
async function tellRecorded(
  context: Context,
  unlock: Unlock,
  outcome: Outcome,
  recorded: Recorded,
): Promise<void> {
  if (recorded === 'ended_before') return;
  try {
    if (recorded === 'written') {
      await tell(context, unlock, outcome);
      return;
    }
  } catch (error) {
    context.log.error({ unlock: unlock.id, err: error }, 'an outcome could not be drawn');
  }
  if ((await tellAway(context, unlock, outcome)) !== 'failed') remember(unlock, outcome);
}

/** The outcome once Seam has one; null after `forMs`, or when Latchbolt stops. A look that fails is a look less. */
async function poll(
  { seam, time, tasks, log }: Context,
  id: ActionAttemptId,
  pause: (elapsedMs: number) => number,
  forMs: number,
): Promise<Outcome | null> {
  const began = time.elapsed();
  const elapsed = () => time.elapsed() - began;
  const late = time.sleep(forMs, tasks.stopping);
  let next = pause(0);
  while (next <= forMs) {
    await time.sleep(Math.max(0, next - elapsed()), tasks.stopping);
    if (tasks.stopping.aborted) return null;
    const looked = elapsed();
    if (looked >= forMs) break;
    next = looked + pause(looked);
    try {
      const attempt = await Promise.race([seam.attempt(id), late]);
      const outcome = attempt === undefined ? null : outcomeOfAttempt(attempt);
      if (outcome !== null) return outcome;
    } catch (error) {
      log.warn({ attempt: id, err: error }, 'an action attempt could not be looked at');
      next = Math.max(next, looked + (toSeamError(error).waitMs ?? 0));
    }
  }
  await late;
  return null;
}
