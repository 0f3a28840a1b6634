import type { SlackUserId } from '../domain/ids.ts';
import type { Message } from '../slack/message.ts';
import { actions } from './actions.ts';
import { button, buttons, message, ownedBy, verbatim } from './blocks.ts';

const WELCOME =
  'You have no doors here yet. Connect the account of your smart locks, and you can open them from Slack.';

/** For someone who has connected nothing. */
export function welcomeMessage(owner: SlackUserId): Message {
  return message(
    WELCOME,
    verbatim(WELCOME),
    buttons(
      button('Connect your lock account', actions.connectStart, { ...ownedBy(owner), style: 'primary' }),
    ),
  );
}

/** What is said to whoever has an account and no door. */
export const NO_DOORS =
  'Your account is connected, but no locks are in it right now. A new lock can take a few minutes to appear. ' +
  'If it stays like this, connect the account again.';

/** For someone whose account shows nothing: never just an empty list. */
export function noDoorsMessage(owner: SlackUserId): Message {
  return message(
    NO_DOORS,
    verbatim(NO_DOORS),
    buttons(
      button('Look again', actions.listShow, ownedBy(owner)),
      button('Connect an account', actions.connectStart, ownedBy(owner)),
    ),
  );
}
