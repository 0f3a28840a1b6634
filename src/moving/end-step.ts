import type { Context } from '../context.ts';
import { type ExecutionId, timerId } from '../domain/ids.ts';
import type { StepEnd } from '../slack/steps.ts';

/**
 * Ends a step of a workflow, and calls off the timer of the same id, which would do it if nothing else did. Slack takes the
 * first end only; where it is not reached, the timer tells it again.
 */
export async function endStep(
  { steps, store, log }: Context,
  id: ExecutionId,
  how: StepEnd,
): Promise<'ended' | 'over' | 'failed'> {
  const ended = await steps.end(id, how);
  if (ended === 'failed') return ended;
  try {
    await store.timers.done(timerId(id));
  } catch (error) {
    log.warn({ execution: id, err: error }, 'the timer of a step that has ended was not called off');
  }
  return ended;
}
