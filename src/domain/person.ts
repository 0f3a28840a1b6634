import type { InstallationScope, SlackUserId, UserIdentifierKey } from './ids.ts';

/** Who someone is to Slack: an id alone could be a person of another company. */
export interface SlackIdentity {
  readonly scope: InstallationScope;
  readonly userId: SlackUserId;
}

/** Someone whom we know, with the key under which Seam knows them. */
export interface Person extends SlackIdentity {
  readonly key: UserIdentifierKey;
}
