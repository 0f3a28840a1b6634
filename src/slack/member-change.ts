import { z } from 'zod';
import { type Installation, identityOf } from '../domain/access.ts';
import { slackUserId } from '../domain/ids.ts';
import type { SlackIdentity, Standing } from '../domain/person.ts';
import { slackUser, standingIn } from './members.ts';

/** Slack tells that somebody is something else than before: a guest, a member, deactivated. */
export interface MemberChange {
  readonly identity: SlackIdentity;
  readonly standing: Standing;
  /** Their time zone, where Slack says. */
  readonly tz: string | null;
  /** When it happened, ms. */
  readonly at: number;
}

const userChange = z.object({
  type: z.literal('event_callback'),
  team_id: z.string(),
  event_time: z.number(),
  event: z.object({ type: z.literal('user_change'), user: slackUser }),
});

/** Reads Slack's event `user_change`; null for anything else, and for people of other workspaces. */
export function readMemberChange(body: unknown, installation: Installation): MemberChange | null {
  const read = userChange.safeParse(body);
  if (!read.success || read.data.team_id !== installation.teamId) return null;
  const { user } = read.data.event;
  const standing = standingIn(installation, user);
  if (standing === null) return null;
  const actor = { userId: slackUserId(user.id), teamId: installation.teamId };
  return {
    identity: identityOf(actor),
    standing,
    tz: user.tz ?? null,
    // Slack tells the second only: what was asked within it was asked before.
    at: read.data.event_time * 1000 + 999,
  };
}
