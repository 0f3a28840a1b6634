import type { Context } from '../context.ts';
import type { ActionAttemptId } from '../domain/ids.ts';
import type { Verb } from '../domain/move.ts';
import type { Outcome } from '../domain/outcome.ts';
import { toSeamError } from '../seam/errors.ts';
import { outcomeOfAttempt } from '../seam/outcomes.ts';
import type { Move } from '../store/move-row.ts';
import { latePauseAfter, mayStillSettle, PATIENCE_MS, pauseAfter } from './decide.ts';
import { type Recorded, record } from './record.ts';
import { tell, tellAway } from './tell.ts';
import { remember, whileTelling } from './telling.ts';

/**
 * Looks at the attempt until it is settled, or until the person has waited long enough: then it is unknown.
 * Null when Latchbolt stops meanwhile: the row stays under way, and the next run settles it.
 */
export async function waitForOutcome(
  context: Context,
  verb: Verb,
  id: ActionAttemptId,
): Promise<Outcome | null> {
  const settled = await poll(context, verb, id, pauseAfter, PATIENCE_MS);
  if (settled !== null) return settled;
  return context.tasks.stopping.aborted ? null : { kind: 'unknown', why: 'timeout' };
}

/**
 * Writes the outcome, then tells the person, after what is already on its way to them (`beside`). An unknown that
 * Seam may still settle is followed on.
 */
export async function finish(
  context: Context,
  move: Move,
  outcome: Outcome,
  beside: Promise<unknown> = Promise.resolve(),
): Promise<void> {
  await whileTelling(move, async () => {
    const recorded = await record(context, move, outcome);
    await beside;
    await tellRecorded(context, move, outcome, recorded);
    if (recorded !== 'ended_before') await announce(context, move, outcome);
  });
  if (mayStillSettle(move, outcome)) followOn(context, move);
}

/**
 * Completes an unknown if Seam settles it while the person's message can still be changed.
 * The row has ended: a new click is a new unlock meanwhile.
 */
export function followOn(context: Context, move: Move): void {
  const { attemptId } = move;
  if (attemptId === null || move.responseUrl === null) return;
  const forMs = move.responseUrl.expiresAt - context.time.now();
  context.tasks.spawn('follow on', async () => {
    const outcome = await poll(context, move.verb, attemptId, latePauseAfter, forMs);
    if (outcome === null) {
      if (!context.tasks.stopping.aborted) await context.store.moves.close(move.id);
      return;
    }
    await whileTelling(move, async () => {
      const recorded = await record(context, move, outcome);
      await tellRecorded(context, move, outcome, recorded);
      if (recorded !== 'ended_before') await announce(context, move, outcome);
    });
  });
}

function announce(context: Context, { id, who, deviceId, verb }: Move, outcome: Outcome): Promise<void> {
  return context.announce({ kind: 'move_ended', moveId: id, who, deviceId, verb, outcome });
}

/** A message is drawn from the journal: what is not in there, or cannot be read, is told in words of its own. */
async function tellRecorded(
  context: Context,
  move: Move,
  outcome: Outcome,
  recorded: Recorded,
): Promise<void> {
  if (recorded === 'ended_before') return;
  try {
    if (recorded === 'written') {
      await tell(context, move, outcome);
      return;
    }
  } catch (error) {
    context.log.error({ move: move.id, err: error }, 'an outcome could not be drawn');
  }
  if ((await tellAway(context, move, outcome)) !== 'failed') remember(move, outcome);
}

/** The outcome once Seam has one; null after `forMs`, or when Latchbolt stops. A look that fails is a look less. */
async function poll(
  { seam, time, tasks, log }: Context,
  verb: Verb,
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
      const attempt = await Promise.race([seam.attempt(id, verb), late]);
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
