import type { Context } from '../../context.ts';
import type { ActionAttemptId } from '../../domain/ids.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { SeamError } from '../../seam/errors.ts';
import { outcomeOfAttempt } from '../../seam/outcomes.ts';
import type { Unlock } from '../../store/unlocks.ts';
import { latePauseAfter, PATIENCE_MS, pauseAfter } from './decide.ts';
import { record } from './record.ts';
import { tell, tellAway } from './tell.ts';

/**
 * Looks at the attempt until it is settled, or until the person has waited long enough: then it is unknown.
 * Null when Latchbolt stops meanwhile: the row stays under way, and the next run settles it.
 */
export async function waitForOutcome(context: Context, id: ActionAttemptId): Promise<Outcome | null> {
  const settled = await poll(context, id, pauseAfter, PATIENCE_MS);
  if (settled !== null) return settled;
  return context.tasks.stopping.aborted ? null : { kind: 'unknown', why: 'timeout' };
}

/** Writes the outcome and tells the person. An unknown that Seam may still settle is followed on. */
export async function finish(context: Context, unlock: Unlock, outcome: Outcome): Promise<void> {
  await recordAndTell(context, unlock, outcome);
  if (outcome.kind === 'unknown') followOn(context, unlock);
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
    if (outcome !== null) await recordAndTell(context, unlock, outcome);
  });
}

async function recordAndTell(context: Context, unlock: Unlock, outcome: Outcome): Promise<void> {
  // A message is drawn from the journal: what could not be written is told in words of its own.
  const written = await record(context, unlock, outcome);
  await (written ? tell(context, unlock, outcome) : tellAway(context, unlock, outcome));
}

/** The outcome once Seam has one; null after `forMs`, or when Latchbolt stops. A look that fails is a look less. */
async function poll(
  { seam, time, tasks, log }: Context,
  id: ActionAttemptId,
  pause: (elapsedMs: number) => number,
  forMs: number,
): Promise<Outcome | null> {
  const began = time.now();
  const until = began + forMs;
  let next = began + pause(0);
  while (next <= until) {
    await time.sleep(next - time.now(), tasks.stopping);
    if (tasks.stopping.aborted) return null;
    const looked = time.now();
    next = looked + pause(looked - began);
    try {
      const attempt = await Promise.race([seam.attempt(id), time.sleep(until - looked, tasks.stopping)]);
      const outcome = attempt === undefined ? null : outcomeOfAttempt(attempt);
      if (outcome !== null) return outcome;
    } catch (error) {
      log.warn({ attempt: id, err: error }, 'an action attempt could not be looked at');
      if (!(error instanceof SeamError)) throw error;
      next = Math.max(next, looked + (error.waitMs ?? 0));
    }
    next = Math.max(next, time.now());
  }
  await time.sleep(until - time.now(), tasks.stopping);
  return null;
}
