import { ErrorCode, type WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Installation } from '../domain/access.ts';
import type { SlackUserId } from '../domain/ids.ts';
import { isVisible } from '../domain/name.ts';
import type { Standing } from '../domain/person.ts';
import { MembersError, slackCode } from './errors.ts';

/** What Slack knows of the people of the workspace. */
export interface Members {
  /** Asks Slack what someone is, and in which time zone; throws a MembersError when it does not say. */
  ask(userId: SlackUserId): Promise<{ readonly is: Standing; readonly tz: string | null }>;
  /** What someone is called in Slack; null where it does not say. */
  nameOf(userId: SlackUserId): Promise<string | null>;
}

/** Someone as `users.info` and the event `user_change` describe them. */
export const slackUser = z.object({
  id: z.string(),
  team_id: z.string(),
  deleted: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  tz: z.string().nullish().catch(null),
});

const namedUser = z.object({
  real_name: z.string().nullish().catch(null),
  name: z.string().nullish().catch(null),
  profile: z
    .object({ display_name: z.string().nullish().catch(null) })
    .nullish()
    .catch(null),
});

/** What someone is to this installation; null where Slack leaves out what it says of every active person. */
export function standingIn({ teamId }: Installation, user: z.infer<typeof slackUser>): Standing | null {
  if (user.is_stranger === true || user.team_id !== teamId) return 'stranger';
  if (user.deleted === true) return 'deactivated';
  if (user.is_bot === true) return 'bot';
  if (user.is_restricted === undefined || user.is_ultra_restricted === undefined) return null;
  return user.is_restricted || user.is_ultra_restricted ? 'guest' : 'member';
}

/** Asks Slack with `client`. Throws a MembersError when Slack cannot say. */
export function createMembers(client: WebClient, installation: Installation): Members {
  return {
    async ask(userId) {
      const answer = await ask(client, userId);
      if (answer === NOBODY) return { is: 'stranger', tz: null };
      const user = slackUser.safeParse(answer);
      const standing = user.success && user.data.id === userId ? standingIn(installation, user.data) : null;
      if (standing === null) throw new MembersError('an answer that says nothing of them', null);
      return { is: standing, tz: user.data?.tz ?? null };
    },
    async nameOf(userId) {
      const answer = await ask(client, userId).catch(() => null);
      const { profile, real_name, name } = namedUser.safeParse(answer).data ?? {};
      return [real_name, profile?.display_name, name].find((one) => one != null && isVisible(one)) ?? null;
    },
  };
}

/** Slack's words for somebody whom it does not know, or not here. */
const UNKNOWN = new Set(['user_not_found', 'user_not_visible']);
const NOBODY = Symbol('nobody');

const refusal = z.object({ code: z.literal(ErrorCode.PlatformError), data: z.object({ error: z.string() }) });
const rateLimit = z.object({ code: z.literal(ErrorCode.RateLimitedError), retryAfter: z.number() });

async function ask(client: WebClient, user: SlackUserId): Promise<unknown> {
  try {
    return (await client.users.info({ user })).user;
  } catch (error) {
    const limited = rateLimit.safeParse(error);
    if (limited.success) throw new MembersError('rate_limited', limited.data.retryAfter * 1000);
    const refused = refusal.safeParse(error).data?.data.error;
    if (refused !== undefined && UNKNOWN.has(refused)) return NOBODY;
    throw new MembersError(refused === undefined ? 'not reached' : slackCode(refused), null);
  }
}
