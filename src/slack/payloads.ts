import { z } from 'zod';
import { type Actor, interactionOf } from '../domain/access.ts';
import { type InteractionId, slackUserId } from '../domain/ids.ts';
import { type Act, type Deed, type Suggesting, type Values, valuesOf } from './deed.ts';
import { RESPONSE_URL_LIFE_MS, type ResponseUrl } from './response-url.ts';

const id = z.string().regex(/^\w{1,64}$/);
/** One that cannot be used is as none: there is the direct message. */
const responseUrl = z
  .url({ protocol: /^https?$/ })
  .optional()
  .catch(undefined);
const user = z.object({ id, team_id: id });
const triggerId = z.string().min(1);
const ts = z.string().regex(/^\d{1,12}\.\d{1,9}$/);
/** The state of elements, by block and action; Slack's many kinds of it are read in `deed.ts`. */
const state = z
  .object({ values: z.record(z.string(), z.record(z.string(), z.looseObject({ type: z.string() }))) })
  .optional();
const view = z.object({
  id: z.string().min(1),
  type: z.string(),
  callback_id: z.string().default(''),
  private_metadata: z.string().default(''),
  state,
});

const command = z.object({
  command: z.string(),
  text: z.string().default(''),
  user_id: id,
  team_id: id,
  trigger_id: triggerId,
  response_url: responseUrl,
});

const blockActions = z.object({
  type: z.literal('block_actions'),
  user,
  trigger_id: triggerId,
  response_url: responseUrl,
  container: z
    .object({
      type: z.string().optional(),
      is_ephemeral: z.boolean().optional(),
      // One that cannot be read is of unknown age, which counts as old.
      message_ts: ts.optional().catch(undefined),
    })
    .optional(),
  channel: z.object({ id: z.string() }).optional(),
  view: view.optional(),
  actions: z.tuple(
    [
      z.looseObject({
        type: z.string().default('button'),
        action_id: z.string(),
        value: z.string().default(''),
      }),
    ],
    z.unknown(),
  ),
});

const shortcut = z.object({
  type: z.enum(['shortcut', 'message_action']),
  user,
  callback_id: z.string(),
  trigger_id: triggerId,
  response_url: responseUrl,
});

const submission = z.object({ type: z.literal('view_submission'), user, trigger_id: triggerId, view });

const homeOpened = z.object({
  type: z.literal('event_callback'),
  team_id: id,
  event_id: z.string().min(1),
  event: z.object({ type: z.literal('app_home_opened'), user: id, tab: z.literal('home') }),
});

const suggestion = z.object({
  type: z.literal('block_suggestion'),
  user,
  action_id: z.string(),
  value: z.string().default(''),
  view: view.optional(),
});

/** Which of the kinds it is shows at once; to try one after the other would cost every click a failure. */
const kindOf = z.object({ type: z.string().optional(), command: z.unknown().optional() });

/** Reads a body that Bolt hands on; null for what is nothing that a person does, or is not whole. `now` in ms. */
export function readDeed(body: unknown, now: number): Deed | null {
  const { data } = kindOf.safeParse(body);
  if (data === undefined) return null;
  if (data.command !== undefined) return readCommand(body, now);
  switch (data.type) {
    case 'block_actions':
      return readClick(body, now);
    case 'shortcut':
    case 'message_action':
      return readShortcut(body, now);
    case 'view_submission':
      return readSubmission(body);
    case 'event_callback':
      return readHomeOpened(body);
    default:
      return null;
  }
}

/** Somebody types into a select whose options we give; null for anything else. */
export function readSuggestion(body: unknown): Suggesting | null {
  const { data } = suggestion.safeParse(body);
  if (data === undefined) return null;
  return {
    actor: { userId: slackUserId(data.user.id), teamId: data.user.team_id },
    actionId: data.action_id,
    query: data.value,
  };
}

function readCommand(body: unknown, now: number): Deed | null {
  const { data } = command.safeParse(body);
  if (data === undefined) return null;
  const text = data.text.trim();
  const [, word = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(text) ?? [];
  const act: Act = {
    kind: 'command',
    command: data.command,
    word: word === '' ? 'list' : word,
    args: rest.split(/\s+/).filter(Boolean),
    rest,
  };
  return {
    ...who(data.team_id, data.user_id, data.trigger_id),
    triggerId: data.trigger_id,
    responseUrl: lives(data.response_url, now),
    act,
  };
}

function readClick(body: unknown, now: number): Deed | null {
  const { data } = blockActions.safeParse(body);
  if (data === undefined) return null;
  const { container, channel, actions, view: shown } = data;
  const [action] = actions;
  const [owner = '', ...args] = action.value.split(' ');
  const place = shown === undefined ? 'message' : shown.type === 'home' ? 'home' : 'modal';
  return {
    ...who(data.user.team_id, data.user.id, data.trigger_id),
    triggerId: data.trigger_id,
    responseUrl: lives(data.response_url, now),
    act: {
      kind: 'click',
      actionId: action.action_id,
      owner,
      args,
      place,
      // An id that begins with D is a direct message with us; nobody else sees somebody's Home or modal.
      private:
        place !== 'message' || container?.is_ephemeral === true || channel?.id.startsWith('D') === true,
      copy: container?.type === 'message_attachment',
      postedAt: container?.message_ts === undefined ? null : Math.round(Number(container.message_ts) * 1000),
      view:
        shown === undefined
          ? null
          : { id: shown.id, metadata: shown.private_metadata, values: heldIn(shown) },
    },
  };
}

function readShortcut(body: unknown, now: number): Deed | null {
  const { data } = shortcut.safeParse(body);
  if (data === undefined) return null;
  return {
    ...who(data.user.team_id, data.user.id, data.trigger_id),
    triggerId: data.trigger_id,
    responseUrl: lives(data.response_url, now),
    act: { kind: 'shortcut', callbackId: data.callback_id },
  };
}

function readSubmission(body: unknown): Deed | null {
  const { data } = submission.safeParse(body);
  if (data === undefined) return null;
  const { id: viewId, callback_id: callbackId, private_metadata: metadata } = data.view;
  return {
    ...who(data.user.team_id, data.user.id, data.trigger_id),
    triggerId: data.trigger_id,
    responseUrl: null,
    act: { kind: 'submit', callbackId, view: { id: viewId, metadata, values: heldIn(data.view) } },
  };
}

/** Only people of the workspace are told of to us; whether they still belong to it is asked as for everybody. */
function readHomeOpened(body: unknown): Deed | null {
  const { data } = homeOpened.safeParse(body);
  if (data === undefined) return null;
  return {
    ...who(data.team_id, data.event.user, data.event_id),
    triggerId: null,
    responseUrl: null,
    act: { kind: 'home_opened' },
  };
}

/** What is picked and typed in a view, by block: each of ours has one element. */
function heldIn(shown: z.infer<typeof view>): Values {
  return Object.fromEntries(
    Object.entries(shown.state?.values ?? {}).map(([block, elements]) => [
      block,
      Object.values(elements).flatMap((element) => valuesOf(element)),
    ]),
  );
}

function who(
  teamId: string,
  userId: string,
  triggerId: string,
): { actor: Actor; interaction: InteractionId } {
  const actor = { userId: slackUserId(userId), teamId };
  // Slack's trigger ids grow: with them in front, what is written one after the other lies side by side.
  return { actor, interaction: interactionOf(triggerId, actor) };
}

function lives(url: string | undefined, now: number): ResponseUrl | null {
  return url === undefined ? null : { url, expiresAt: now + RESPONSE_URL_LIFE_MS };
}
