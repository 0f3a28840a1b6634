import type { ConnectedAccountId, DeviceId, MoveId } from './ids.ts';
import type { Verb } from './move.ts';
import type { Outcome } from './outcome.ts';
import type { Person, SlackIdentity } from './person.ts';

/** What happens in the house itself, that more than one feature wants to know. */
export type HouseEvent =
  /** It is known how a move ended, and its person was told. An unknown that is settled later comes again. */
  | {
      readonly kind: 'move_ended';
      readonly moveId: MoveId;
      readonly who: SlackIdentity;
      readonly deviceId: DeviceId;
      readonly verb: Verb;
      readonly outcome: Outcome;
    }
  /** Somebody connected an account, or has ended that. */
  | { readonly kind: 'account_connected'; readonly person: Person; readonly accountId: ConnectedAccountId }
  | { readonly kind: 'account_left'; readonly person: Person; readonly accountId: ConnectedAccountId }
  /** Slack tells, by itself or when it is asked, that somebody has left the workspace. */
  | { readonly kind: 'person_left'; readonly who: SlackIdentity }
  /** Which of their doors come first. */
  | { readonly kind: 'favourites_changed'; readonly who: SlackIdentity }
  /** What they see of their doors is to be drawn anew: a setting, a pause. */
  | { readonly kind: 'settings_changed'; readonly who: SlackIdentity };
