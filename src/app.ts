import { App, type Receiver } from '@slack/bolt';
import { answer } from './answer.ts';
import { answerSubmit, suggest } from './answer-modal.ts';
import { answerStep } from './answer-step.ts';
import type { Context } from './context.ts';
import type { Feature } from './feature.ts';
import { boltLogger } from './log.ts';
import type { Registry } from './registry.ts';
import type { BotIdentity } from './slack/identity.ts';
import { readMemberChange } from './slack/member-change.ts';
import { readDeed, readSuggestion } from './slack/payloads.ts';
import { readStep } from './slack/step-payload.ts';

/**
 * The Bolt app over a receiver: one listener that acknowledges, finds out who did what, and hands it to its
 * feature. Whatever goes wrong after that ends in a visible answer and one line of log.
 */
export function createApp(
  context: Context,
  registry: Registry,
  features: readonly Feature[],
  receiver: Receiver,
  bot: BotIdentity,
): App {
  const app = new App({
    receiver,
    logger: boltLogger(context.log),
    // Without a token: Bolt would keep a client for each, and we use none of its clients.
    authorize: async () => ({ botId: bot.botId, botUserId: bot.botUserId }),
    convoStore: false,
    ignoreSelf: false,
    attachFunctionToken: false,
    tokenVerificationEnabled: false,
  });
  app.use(async (event) => {
    // Bolt types an acknowledgement by what it is of, which is only read now.
    const ack = async (...answers: unknown[]): Promise<void> => {
      if ('ack' in event && typeof event.ack === 'function') await Reflect.apply(event.ack, null, answers);
    };
    const typing = readSuggestion(event.body);
    if (typing !== null) {
      await ack(await suggest(context, registry, typing));
      return;
    }
    const step = readStep(event.body);
    if (step !== null) {
      await ack();
      await answerStep(context, registry, step);
      return;
    }
    const deed = readDeed(event.body, context.time.now());
    if (deed?.act.kind === 'submit') {
      await answerSubmit(context, registry, deed, deed.act, ack);
      return;
    }
    // First of all: Slack shows the person an error after 3 s.
    await ack();
    if (deed === null) await noteChange(context, event.body);
    else await answer(context, registry, features, deed);
  });
  app.error(async (error) => context.log.error({ err: error }, 'Bolt reported an error'));
  return app;
}

/** Slack tells of somebody who became a guest, or was deactivated. */
async function noteChange(context: Context, body: unknown): Promise<void> {
  const { store, installation, time, log } = context;
  const change = readMemberChange(body, installation);
  if (change === null) {
    log.warn('Slack sent something that is neither a command nor a click');
    return;
  }
  const { identity, standing, tz, at } = change;
  const now = time.now();
  // Announced first: what a run that died has kept of somebody would not be news to the next one.
  if (standing === 'deactivated') await context.announce({ kind: 'person_left', who: identity });
  await store.people.setStanding(identity, { is: standing, tz }, Math.min(at, now), now);
  log.info({ user: identity.userId, standing }, 'Slack tells of a change of a person');
}
