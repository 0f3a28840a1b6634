import { type InstallationScope, installationScope, type SlackUserId } from './ids.ts';
import type { SlackIdentity } from './person.ts';

/** The workspace in which the app is installed. */
export interface Installation {
  readonly teamId: string;
}

/** Who acts, as Slack's payload says: `body.user` with its own team, whoever's message it is. */
export interface Actor {
  readonly userId: SlackUserId;
  /** The person's own team, which is not the installation's for someone of another company. */
  readonly teamId: string;
}

/** Whether someone belongs to the installation at all, before any door is looked at. */
export type Admission =
  | { readonly kind: 'admitted'; readonly identity: SlackIdentity }
  | { readonly kind: 'refused'; readonly why: 'other_workspace'; readonly identity: SlackIdentity };

/** The scope in which a team's user ids are unique. */
export function scopeOf(team: { readonly teamId: string }): InstallationScope {
  return installationScope(team.teamId);
}

/**
 * Admits the people of the installation's own workspace only: in a channel shared with another company its
 * people can click what ours see (slack.md, "shared channels").
 */
export function admit(installation: Installation, actor: Actor): Admission {
  const identity = { scope: scopeOf(actor), userId: actor.userId };
  return actor.teamId === installation.teamId
    ? { kind: 'admitted', identity }
    : { kind: 'refused', why: 'other_workspace', identity };
}
