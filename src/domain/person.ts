import type { InstallationScope, SlackUserId, UserIdentifierKey } from './ids.ts';

/** Who someone is to Slack: an id alone could be a person of another company. */
export interface SlackIdentity {
  readonly scope: InstallationScope;
  readonly userId: SlackUserId;
}

/** What someone is in the workspace, as Slack says. `stranger`: of another company, in a shared channel. */
export type Standing = 'member' | 'guest' | 'deactivated' | 'bot' | 'stranger';

/** Someone whom we know, with the key under which Seam knows them. */
export interface Person extends SlackIdentity {
  readonly key: UserIdentifierKey;
}
