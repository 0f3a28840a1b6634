/** What is done about something that somebody did: who it is, whether they may, and which feature it is for. */
import type { Context } from './context.ts';
import { type Actor, identityOf, interactionOf, isOfWorkspace, turnedAway } from './domain/access.ts';
import type { Refusal } from './domain/outcome.ts';
import type { SlackIdentity } from './domain/person.ts';
import type { Asked, Feature } from './feature.ts';
import { answerUnknownWord } from './features/help/index.ts';
import type { Registry } from './registry.ts';
import { say } from './say.ts';
import type { Act, Deed } from './slack/deed.ts';
import { standingOf } from './standing.ts';
import type { StoredPerson } from './store/people.ts';
import { awayHome, failureHome } from './views/home-instead.ts';
import { failureMessage, oldButtonMessage, tooMuchMessage, turnedAwayMessage } from './views/trouble.ts';

/** The only slash command. */
export const COMMAND = '/locks';

type Admission =
  | { readonly kind: 'admitted'; readonly person: StoredPerson }
  | { readonly kind: 'refused'; readonly why: Refusal };

/** Answers a command, a click, a shortcut or the opening of Home, all of them acknowledged before. Never rejects. */
export async function answer(
  context: Context,
  registry: Registry,
  features: readonly Feature[],
  deed: Deed,
): Promise<void> {
  const to = { userId: deed.actor.userId, responseUrl: deed.responseUrl };
  try {
    if (!(await isFirst(context, deed))) return;
    const identity = identityOf(deed.actor);
    const tooMuchMs = paceOf(context, identity);
    if (tooMuchMs !== null) {
      // Home opens with every glance at it: nobody need be told.
      if (deed.act.kind !== 'home_opened') await context.messenger.post(to, tooMuchMessage(tooMuchMs));
      return;
    }
    const at = context.time.now();
    const admission = notInACopy(await admit(context, deed.actor, at), deed.act);
    if (admission.kind === 'refused') {
      await turnAway(context, registry, deed, identity, admission.why);
      await say(context, deed, turnedAwayMessage(admission.why), awayHome(admission.why));
      return;
    }
    await hand(context, registry, features, deed.act, askedOf(deed, admission.person, at));
  } catch (error) {
    context.log.error({ user: deed.actor.userId, act: deed.act.kind, err: error }, 'something was not done');
    const failure = failureMessage(error);
    await say(context, deed, failure, failureHome(to.userId, failure.text));
  }
}

/** How long somebody has to wait who asks for too much, ms; null for everybody else. */
export function paceOf({ pace, log }: Context, { scope, userId }: SlackIdentity): number | null {
  const waitMs = pace.take(`${scope} ${userId}`);
  if (waitMs !== null) log.warn({ user: userId, waitMs }, 'somebody asks for too much');
  return waitMs;
}

/**
 * Whether this is the first delivery of what the person did, to this run or any other. Where that cannot be written
 * down it counts as the first: what matters has a row of its own to write, and is not done either.
 */
export async function isFirst(
  { store, time, log }: Context,
  { actor, interaction }: Pick<Deed, 'actor' | 'interaction'>,
): Promise<boolean> {
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
export async function admit(context: Context, actor: Actor, at: number): Promise<Admission> {
  if (!isOfWorkspace(context.installation, actor)) return { kind: 'refused', why: 'other_workspace' };
  const person = await context.store.people.ensure(identityOf(actor), context.newId, at);
  const why = turnedAway(await standingOf(context, person), context);
  if (why !== null) return { kind: 'refused', why };
  return { kind: 'admitted', person };
}

/** A button in a copy of a message does nothing for anybody. */
function notInACopy(admission: Admission, act: Act): Admission {
  const isCopy = act.kind === 'click' && act.copy;
  return admission.kind === 'admitted' && isCopy ? { kind: 'refused', why: 'copy' } : admission;
}

/** What a feature is told of what somebody did. */
export function askedOf(
  { actor, responseUrl, interaction, triggerId, act }: Deed,
  person: StoredPerson,
  at: number,
): Asked {
  const nothing = { args: [], rest: '', view: null, inOwnMessage: false, postedAt: null };
  const common = { ...nothing, userId: actor.userId, responseUrl, person, interaction, at, triggerId };
  switch (act.kind) {
    case 'command':
      return { ...common, place: 'command', args: act.args, rest: act.rest };
    case 'click': {
      const { place, args, view, postedAt } = act;
      const inOwnMessage = act.private && act.owner === actor.userId;
      return { ...common, place, args, view, postedAt, inOwnMessage };
    }
    case 'shortcut':
      return { ...common, place: 'shortcut' };
    case 'submit':
      // One modal does what it is for once, however often it is sent: each time has a trigger of its own.
      return { ...common, place: 'modal', view: act.view, interaction: interactionOf(act.view.id, actor) };
    case 'home_opened':
      return { ...common, place: 'home' };
  }
}

async function hand(
  context: Context,
  registry: Registry,
  features: readonly Feature[],
  act: Act,
  asked: Asked,
): Promise<void> {
  switch (act.kind) {
    case 'click':
      await handOrSayOld(context, registry.action(act.actionId)?.handle, asked);
      return;
    case 'shortcut':
      await handOrSayOld(context, registry.shortcut(act.callbackId)?.handle, asked);
      return;
    case 'home_opened':
      for (const feature of features) await feature.onHomeOpened?.(context, asked);
      return;
    case 'command': {
      if (act.command !== COMMAND) {
        context.log.warn({ command: act.command }, 'a command that is not ours was sent to us');
        return;
      }
      const subcommand = registry.subcommand(act.word.toLowerCase());
      await (subcommand === null
        ? answerUnknownWord(context, asked, act.word, features)
        : subcommand.run(context, asked));
      return;
    }
    case 'submit':
      // Answered by `answerSubmit` (`answer-modal.ts`).
      return;
  }
}

async function handOrSayOld(
  context: Context,
  handle: ((context: Context, asked: Asked) => Promise<void>) | undefined,
  asked: Asked,
): Promise<void> {
  if (handle === undefined) await context.messenger.post(asked, oldButtonMessage);
  else await handle(context, asked);
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
  const args = act.kind === 'click' ? act.args : [];
  await record?.(context, { identity, interaction, args, at: context.time.now(), why });
}
