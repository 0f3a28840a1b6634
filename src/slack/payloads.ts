import { z } from 'zod';
import type { Actor } from '../domain/access.ts';
import { type InteractionId, interactionId, slackUserId } from '../domain/ids.ts';
import { RESPONSE_URL_LIFE_MS, type ResponseUrl } from './response-url.ts';

/** What someone did, in our own terms, read from Slack's payload and nothing else. */
export interface Deed {
  readonly actor: Actor;
  readonly interaction: InteractionId;
  readonly responseUrl: ResponseUrl | null;
  readonly act:
    | {
        readonly kind: 'command';
        readonly command: string;
        /** The first word; `list` when nothing was typed. */
        readonly word: string;
        readonly args: readonly string[];
      }
    | {
        readonly kind: 'click';
        readonly actionId: string;
        /** Whose message it was, as the button says. */
        readonly owner: string;
        readonly args: readonly string[];
        /** Whether only they can see the message that they clicked in. */
        readonly private: boolean;
        /** Whether the message is a copy that somebody shared. */
        readonly copy: boolean;
        /** When the message was first posted, ms; null where that is not said. */
        readonly postedAt: number | null;
      };
}

const id = z.string().regex(/^\w{1,64}$/);
/** One that cannot be used is as none: there is the direct message. */
const responseUrl = z
  .url({ protocol: /^https?$/ })
  .optional()
  .catch(undefined);

const command = z.object({
  command: z.string(),
  text: z.string().default(''),
  user_id: id,
  team_id: id,
  trigger_id: z.string().min(1),
  response_url: responseUrl,
});

const blockActions = z.object({
  type: z.literal('block_actions'),
  user: z.object({ id, team_id: id }),
  trigger_id: z.string().min(1),
  response_url: responseUrl,
  container: z
    .object({
      type: z.string().optional(),
      is_ephemeral: z.boolean().optional(),
      message_ts: z
        .string()
        .regex(/^\d{1,12}\.\d{1,9}$/)
        .optional()
        // One that cannot be read is of unknown age, which counts as old.
        .catch(undefined),
    })
    .optional(),
  channel: z.object({ id: z.string() }).optional(),
  actions: z.tuple([z.object({ action_id: z.string(), value: z.string().default('') })], z.unknown()),
});

/** Reads a body that Bolt hands on; null for what is neither a command nor a click, or is not whole. `now` in ms. */
export function readDeed(body: unknown, now: number): Deed | null {
  // Which of the two it is shows at once; to try one and then the other would cost every click a failure.
  const typed = typeof body === 'object' && body !== null && 'command' in body;
  return typed ? readCommand(body, now) : readClick(body, now);
}

function readCommand(body: unknown, now: number): Deed | null {
  const { data } = command.safeParse(body);
  if (data === undefined) return null;
  const [word = 'list', ...args] = data.text.split(/\s+/).filter(Boolean);
  return {
    ...who(data.team_id, data.user_id, data.trigger_id),
    responseUrl: lives(data.response_url, now),
    act: { kind: 'command', command: data.command, word, args },
  };
}

function readClick(body: unknown, now: number): Deed | null {
  const { data } = blockActions.safeParse(body);
  if (data === undefined) return null;
  const { user, trigger_id, response_url, container, channel, actions } = data;
  const [{ action_id, value }] = actions;
  const [owner = '', ...args] = value.split(' ');
  return {
    ...who(user.team_id, user.id, trigger_id),
    responseUrl: lives(response_url, now),
    act: {
      kind: 'click',
      actionId: action_id,
      owner,
      args,
      // An id that begins with D is a direct message with us.
      private: container?.is_ephemeral === true || channel?.id.startsWith('D') === true,
      copy: container?.type === 'message_attachment',
      postedAt: container?.message_ts === undefined ? null : Math.round(Number(container.message_ts) * 1000),
    },
  };
}

function who(teamId: string, userId: string, triggerId: string): Pick<Deed, 'actor' | 'interaction'> {
  return {
    actor: { userId: slackUserId(userId), teamId },
    // Slack's trigger ids grow: with them in front, what is written one after the other lies side by side.
    interaction: interactionId(`${triggerId}:${teamId}:${userId}`),
  };
}

function lives(url: string | undefined, now: number): ResponseUrl | null {
  return url === undefined ? null : { url, expiresAt: now + RESPONSE_URL_LIFE_MS };
}
