/** What is done about a step of a workflow: who started it, whether they may, and which feature it is for. */
import { admit, isFirst, paceOf } from './answer.ts';
import type { Context } from './context.ts';
import { identityOf } from './domain/access.ts';
import { endStep } from './moving/end-step.ts';
import type { Registry } from './registry.ts';
import type { Message } from './slack/message.ts';
import type { StepDeed } from './slack/step-payload.ts';
import { failureMessage, oldStepMessage, tooMuchMessage, turnedAwayMessage } from './views/trouble.ts';

/** Answers a step, which was acknowledged before: it is ended, and whoever started it is told. Never rejects. */
export async function answerStep(context: Context, registry: Registry, step: StepDeed): Promise<void> {
  const { actor, executionId } = step;
  const begun = { ...step, userId: actor.userId };
  try {
    const found = registry.step(step.callbackId);
    // Before it counts as come: a run that dies between the two must not leave it without an end.
    await found?.owe(context, begun);
    if (!(await isFirst(context, step))) return;
    if (found === null) {
      await stop(context, step, oldStepMessage);
      return;
    }
    const tooMuchMs = paceOf(context, identityOf(actor));
    if (tooMuchMs !== null) {
      await stop(context, step, tooMuchMessage(tooMuchMs));
      return;
    }
    const at = context.time.now();
    const admission = await admit(context, actor, at);
    if (admission.kind === 'refused') {
      context.log.info({ user: actor.userId, why: admission.why }, 'somebody’s step was turned away');
      await stop(context, step, turnedAwayMessage(admission.why));
      return;
    }
    await found.run(context, { ...begun, person: admission.person, at });
  } catch (error) {
    context.log.error({ user: actor.userId, execution: executionId, err: error }, 'a step was not done');
    await stop(context, step, failureMessage(error));
  }
}

/** Whose step has ended before was told then. */
async function stop(context: Context, step: StepDeed, message: Message): Promise<void> {
  const ended = await endStep(context, step.executionId, { kind: 'error', sentence: message.text });
  if (ended !== 'over')
    await context.messenger.post({ userId: step.actor.userId, responseUrl: null }, message);
}
