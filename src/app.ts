import { App, type Receiver } from '@slack/bolt';
import type { Context } from './context.ts';
import { admit } from './domain/access.ts';
import type { SlackIdentity } from './domain/person.ts';
import type { Asked, Feature } from './feature.ts';
import { answerUnknownWord } from './features/help/index.ts';
import { boltLogger } from './log.ts';
import { createRegistry, type Registry } from './registry.ts';
import type { BotIdentity } from './slack/identity.ts';
import { type Deed, readDeed } from './slack/payloads.ts';
import { failureMessage, notHereMessage, oldButtonMessage } from './views/trouble.ts';

/** The only slash command. */
export const COMMAND = '/locks';

/**
 * The Bolt app over a receiver: one listener that acknowledges, finds out who did what, and hands it to its
 * feature. Whatever goes wrong after that ends in a visible answer and one line of log.
 */
export function createApp(
  context: Context,
  features: readonly Feature[],
  receiver: Receiver,
  bot: BotIdentity,
): App {
  const registry = createRegistry(features);
  const app = new App({
    receiver,
    logger: boltLogger(context.log),
    authorize: async () => ({ botToken: bot.token, botId: bot.botId, botUserId: bot.botUserId }),
    convoStore: false,
    ignoreSelf: false,
    attachFunctionToken: false,
    tokenVerificationEnabled: false,
  });
  app.use(async (event) => {
    // First of all: Slack shows the person an error after 3 s.
    if ('ack' in event && typeof event.ack === 'function') await event.ack();
    const deed = readDeed(event.body, context.time.now());
    if (deed === null) context.log.warn('Slack sent something that is neither a command nor a click');
    else await answer(context, registry, features, deed);
  });
  app.error(async (error) => context.log.error({ err: error }, 'Bolt reported an error'));
  return app;
}

async function answer(
  context: Context,
  registry: Registry,
  features: readonly Feature[],
  deed: Deed,
): Promise<void> {
  const to = { userId: deed.actor.userId, responseUrl: deed.responseUrl };
  try {
    const admission = admit(context.installation, deed.actor);
    if (admission.kind === 'refused') {
      await turnAway(context, registry, deed, admission.identity);
      await context.messenger.post(to, notHereMessage);
      return;
    }
    const at = context.time.now();
    const person = await context.store.people.ensure(admission.identity, context.newId, at);
    const { interaction, act } = deed;
    const inOwnMessage = act.kind === 'click' && act.private && act.owner === deed.actor.userId;
    const asked: Asked = { ...to, person, interaction, at, args: act.args, inOwnMessage };
    await hand(context, registry, features, deed, asked);
  } catch (error) {
    context.log.error({ user: deed.actor.userId, act: deed.act.kind, err: error }, 'something was not done');
    await context.messenger.post(to, failureMessage(error));
  }
}

async function hand(
  context: Context,
  registry: Registry,
  features: readonly Feature[],
  { act }: Deed,
  asked: Asked,
): Promise<void> {
  if (act.kind === 'click') {
    const found = registry.action(act.actionId);
    const handle = found?.feature.actions[found.verb];
    if (handle === undefined) await context.messenger.post(asked, oldButtonMessage);
    else await handle(context, asked);
    return;
  }
  if (act.command !== COMMAND) {
    context.log.warn({ command: act.command }, 'a command that is not ours was sent to us');
    return;
  }
  const subcommand = registry.subcommand(act.word.toLowerCase());
  await (subcommand === null
    ? answerUnknownWord(context, asked, act.word, features)
    : subcommand.run(context, asked));
}

/** Written down before anything else is done about it, by the feature that it was meant for. */
async function turnAway(
  context: Context,
  registry: Registry,
  { act, interaction }: Deed,
  identity: SlackIdentity,
): Promise<void> {
  const found = act.kind === 'click' ? registry.action(act.actionId) : null;
  const record = found?.feature.turnedAway?.[found.verb];
  await record?.(context, { identity, interaction, args: act.args, at: context.time.now() });
}
