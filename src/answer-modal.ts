/** What is done about a modal: what is typed into its selects, and what it is sent for. */
import type { ModalView, Option } from '@slack/types';
import { admit, askedOf, isFirst, paceOf } from './answer.ts';
import type { Context } from './context.ts';
import { identityOf, interactionOf } from './domain/access.ts';
import type { Refusal } from './domain/outcome.ts';
import type { Submit, Submitted } from './feature.ts';
import type { Registry } from './registry.ts';
import type { Act, Deed, Suggesting, ViewState } from './slack/deed.ts';
import { messageModal } from './views/modal.ts';
import { failureMessage, oldButtonMessage, tooMuchMessage, turnedAwayMessage } from './views/trouble.ts';

/** What Slack takes as the answer to a modal that was sent: nothing closes it. */
type SubmitAnswer =
  | { readonly response_action: 'errors'; readonly errors: Record<string, string> }
  | { readonly response_action: 'update'; readonly view: ModalView };

/**
 * Answers a modal: what is wrong with it is shown beside its fields while Slack waits, and what it is for is done after
 * that. Never rejects.
 */
export async function answerSubmit(
  context: Context,
  registry: Registry,
  deed: Deed,
  act: Extract<Act, { kind: 'submit' }>,
  ack: (...answer: [] | [SubmitAnswer]) => Promise<void>,
): Promise<void> {
  const { userId } = deed.actor;
  const instead = (text: string) => ack({ response_action: 'update', view: messageModal(text) });
  let acknowledged = false;
  try {
    if (!(await isFirst(context, deed))) {
      await ack();
      return;
    }
    const tooMuchMs = paceOf(context, identityOf(deed.actor));
    if (tooMuchMs !== null) {
      await instead(tooMuchMessage(tooMuchMs).text);
      return;
    }
    const found = registry.submit(act.callbackId);
    const at = context.time.now();
    const admission = await admit(context, deed.actor, at);
    if (admission.kind === 'refused') {
      await turnAway(context, found?.handle, deed, act.view, admission.why);
      await instead(turnedAwayMessage(admission.why).text);
      return;
    }
    if (found === null) {
      await instead(oldButtonMessage.text);
      return;
    }
    const { values, metadata } = act.view;
    const submitted: Submitted = { ...askedOf(deed, admission.person, at), values, metadata };
    const errors = await found.handle.check(context, submitted);
    const { meanwhile } = found.handle;
    if (errors !== null) await ack({ response_action: 'errors', errors: { ...errors } });
    else if (meanwhile !== undefined) await ack({ response_action: 'update', view: meanwhile });
    else await ack();
    acknowledged = true;
    if (errors === null) await found.handle.run(context, submitted);
  } catch (error) {
    context.log.error({ user: userId, act: act.callbackId, err: error }, 'something was not done');
    if (acknowledged) await context.messenger.post({ userId, responseUrl: null }, failureMessage(error));
    else await instead(failureMessage(error).text);
  }
}

/** Written down before anything else is done about it, once for each modal. */
async function turnAway(
  context: Context,
  handle: Submit | undefined,
  { actor }: Deed,
  { id, values }: ViewState,
  why: Refusal,
): Promise<void> {
  const identity = identityOf(actor);
  context.log.info({ user: identity.userId, scope: identity.scope, why }, 'somebody was turned away');
  const turned = { identity, interaction: interactionOf(id, actor), at: context.time.now(), why };
  await handle?.turnedAway?.(context, turned, values);
}

/** Options for somebody who types into a select; none for whoever may not, and where they cannot be had in time. */
export async function suggest(
  context: Context,
  registry: Registry,
  { actor, actionId, query }: Suggesting,
): Promise<{ options: Option[] }> {
  try {
    const found = registry.suggest(actionId);
    if (found === null || context.suggestPace.take(actor.userId) !== null) return { options: [] };
    const admission = await admit(context, actor, context.time.now());
    if (admission.kind === 'refused') return { options: [] };
    return { options: await found.handle(context, { person: admission.person, query }) };
  } catch (error) {
    context.log.warn({ user: actor.userId, action: actionId, err: error }, 'there was nothing to suggest');
    return { options: [] };
  }
}
