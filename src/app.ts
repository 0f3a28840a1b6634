import { App, type Receiver } from '@slack/bolt';
import type { Context } from './context.ts';
import { identityOf, isOfWorkspace, turnedAway } from './domain/access.ts';
import type { Refusal } from './domain/outcome.ts';
import type { SlackIdentity } from './domain/person.ts';
import type { Asked, Feature } from './feature.ts';
import { answerUnknownWord } from './features/help/index.ts';
import { boltLogger } from './log.ts';
import { createRegistry, type Registry } from './registry.ts';
import type { BotIdentity } from './slack/identity.ts';
import { readMemberChange } from './slack/member-change.ts';
import { type Deed, readDeed } from './slack/payloads.ts';
import { standingOf } from './standing.ts';
import { failureMessage, oldButtonMessage, tooMuchMessage, turnedAwayMessage } from './views/trouble.ts';

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
    // Without a token: Bolt would keep a client for each (slack.md, measured 7), and we use none of its clients.
    authorize: async () => ({ botId: bot.botId, botUserId: bot.botUserId }),
    convoStore: false,
    ignoreSelf: false,
    attachFunctionToken: false,
    tokenVerificationEnabled: false,
  });
  app.use(async (event) => {
    // First of all: Slack shows the person an error after 3 s.
    if ('ack' in event && typeof event.ack === 'function') await event.ack();
    const deed = readDeed(event.body, context.time.now());
    if (deed === null) await noteChange(context, event.body);
    else await answer(context, registry, features, deed);
  });
  app.error(async (error) => context.log.error({ err: error }, 'Bolt reported an error'));
  return app;
}

/** Slack tells of somebody who became a guest, or was deactivated. */
async function noteChange({ store, installation, time, log }: Context, body: unknown): Promise<void> {
  const change = readMemberChange(body, installation);
  if (change === null) {
    log.warn('Slack sent something that is neither a command nor a click');
    return;
  }
  const { identity, standing, at } = change;
  const now = time.now();
  await store.people.setStanding(identity, standing, Math.min(at, now), now);
  log.info({ user: identity.userId, standing }, 'Slack tells of a change of a person');
}

async function answer(
  context: Context,
  registry: Registry,
  features: readonly Feature[],
  deed: Deed,
): Promise<void> {
  const to = { userId: deed.actor.userId, responseUrl: deed.responseUrl };
  try {
    if (!(await isFirst(context, deed))) return;
    const identity = identityOf(deed.actor);
    const tooMuchMs = context.pace.take(`${identity.scope} ${identity.userId}`);
    if (tooMuchMs !== null) {
      context.log.warn({ user: identity.userId, waitMs: tooMuchMs }, 'somebody asks for too much');
      await context.messenger.post(to, tooMuchMessage(tooMuchMs));
      return;
    }
    const at = context.time.now();
    const admission = await admit(context, deed, identity, at);
    if (admission.kind === 'refused') {
      await turnAway(context, registry, deed, identity, admission.why);
      await context.messenger.post(to, turnedAwayMessage(admission.why));
      return;
    }
    const { interaction, act } = deed;
    const { person } = admission;
    const inOwnMessage = act.kind === 'click' && act.private && act.owner === deed.actor.userId;
    const postedAt = act.kind === 'click' ? act.postedAt : null;
    const asked: Asked = { ...to, person, interaction, at, args: act.args, inOwnMessage, postedAt };
    await hand(context, registry, features, deed, asked);
  } catch (error) {
    context.log.error({ user: deed.actor.userId, act: deed.act.kind, err: error }, 'something was not done');
    await context.messenger.post(to, failureMessage(error));
  }
}

/**
 * Whether this is the first delivery of what the person did, to this run or any other. Where that cannot be written
 * down it counts as the first: what matters has a row of its own to write, and is not done either.
 */
async function isFirst({ store, time, log }: Context, { actor, interaction }: Deed): Promise<boolean> {
  try {
    const first = await store.deliveries.claim(interaction, time.now());
    if (!first) log.info({ user: actor.userId }, 'something came twice and was not done again');
    return first;
  } catch (error) {
    log.error({ user: actor.userId, err: error }, 'a delivery was not written down');
    return true;
  }
}

/** Who it is, and whether they may do anything here; throws when that cannot be found out. */
async function admit(context: Context, { actor, act }: Deed, identity: SlackIdentity, at: number) {
  const refused = (why: Refusal) => ({ kind: 'refused', why }) as const;
  if (!isOfWorkspace(context.installation, actor)) return refused('other_workspace');
  const person = await context.store.people.ensure(identity, context.newId, at);
  const why = turnedAway(await standingOf(context, person), context);
  if (why !== null) return refused(why);
  if (act.kind === 'click' && act.copy) return refused('copy');
  return { kind: 'admitted', person } as const;
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
  why: Refusal,
): Promise<void> {
  context.log.info({ user: identity.userId, scope: identity.scope, why }, 'somebody was turned away');
  const found = act.kind === 'click' ? registry.action(act.actionId) : null;
  const record = found?.feature.turnedAway?.[found.verb];
  await record?.(context, { identity, interaction, args: act.args, at: context.time.now(), why });
}
