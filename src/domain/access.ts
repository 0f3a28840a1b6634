import {
  type InstallationScope,
  type InteractionId,
  installationScope,
  interactionId,
  type SlackUserId,
} from './ids.ts';
import { type Refusal, unreachable } from './outcome.ts';
import type { SlackIdentity, Standing } from './person.ts';

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

/** The scope in which a team's user ids are unique. */
export function scopeOf(team: { readonly teamId: string }): InstallationScope {
  return installationScope(team.teamId);
}

/** Who someone is: their own team's id goes with theirs, or the same id of another team would be taken for them. */
export function identityOf(actor: Actor): SlackIdentity {
  return { scope: scopeOf(actor), userId: actor.userId };
}

/** What someone did once, by what Slack calls it (`what`): a trigger, or the modal that was sent. */
export function interactionOf(what: string, { teamId, userId }: Actor): InteractionId {
  return interactionId(`${what}:${teamId}:${userId}`);
}

/**
 * Whether someone is of the installation's own workspace: in a channel shared with another company its people can
 * click what ours see.
 */
export function isOfWorkspace(installation: Installation, actor: Actor): boolean {
  return actor.teamId === installation.teamId;
}

/** Why somebody of this standing may do nothing here; null when they may. */
export function turnedAway(standing: Standing, { allowGuests }: { allowGuests: boolean }): Refusal | null {
  switch (standing) {
    case 'member':
      return null;
    case 'guest':
      return allowGuests ? null : 'guest';
    case 'deactivated':
    case 'bot':
      return standing;
    case 'stranger':
      return 'other_workspace';
    default:
      return unreachable(standing);
  }
}
