import type { KnownBlock } from '@slack/types';
import type { Account } from '../../domain/door.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import type { Message } from '../../slack/message.ts';
import { cut, plain } from '../../slack/mrkdwn.ts';
import { actions } from '../../views/actions.ts';
import { button, buttons, message, ownedBy, paragraph, sentences, verbatim } from '../../views/blocks.ts';

/** How many accounts one message shows; nobody has this many. */
const MOST_ACCOUNTS = 40;
const LONGEST_DIALOG_TITLE = 100;

/** The person's accounts, each with a button. */
export function accountsMessage(owner: SlackUserId, accounts: readonly Account[]): Message {
  const shown = accounts.slice(0, MOST_ACCOUNTS);
  return message(
    `Your lock accounts: ${shown.map((account) => plain(account.name)).join('; ')}.`,
    paragraph('*Your lock accounts*'),
    ...shown.map((account) => accountRow(owner, account)),
  );
}

function accountRow(owner: SlackUserId, account: Account): KnownBlock {
  const name = plain(account.name);
  const health = account.healthy ? '' : ' (needs signing in again: /locks connect)';
  return verbatim(
    `${name}${health}`,
    button('Disconnect', actions.disconnectAccount, {
      ...ownedBy(owner, account.id),
      style: 'danger',
      accessibility_label: cut(`Disconnect ${name}`, 75),
      confirm: {
        title: { type: 'plain_text', text: cut(`Disconnect ${name}?`, LONGEST_DIALOG_TITLE), emoji: false },
        text: {
          type: 'plain_text',
          text: 'You can then no longer see or open its doors from Slack. You can connect it again at any time.',
        },
        confirm: { type: 'plain_text', text: 'Disconnect' },
        deny: { type: 'plain_text', text: 'Cancel' },
        style: 'danger',
      },
    }),
  );
}

/** For someone who has connected nothing. */
export function noAccountsMessage(owner: SlackUserId): Message {
  const text = 'You have connected no account, so there is nothing to disconnect.';
  return message(
    text,
    verbatim(text),
    buttons(button('Connect your lock account', actions.connectStart, ownedBy(owner))),
  );
}

/** It is done. `shared`: a colleague uses the same account, and keeps it. */
export function disconnectedMessage(owner: SlackUserId, name: string, shared: boolean): Message {
  const text = shared
    ? `Disconnected: ${plain(name)}. You no longer see or open its doors. A colleague uses the same account and keeps it.`
    : `Disconnected: ${plain(name)}. Its doors are gone from your list, and Latchbolt can no longer reach them.`;
  return message(text, verbatim(text), buttons(button('Show my doors', actions.listShow, ownedBy(owner))));
}

/** The doors are denied, but Seam did not do its part. */
export function halfDoneMessage(name: string): Message {
  return sentences(
    `${plain(name)}: you no longer see or open its doors here, but it is not finished at Seam. ` +
      'Type /locks disconnect in a few minutes to finish it.',
  );
}

/** For a button with an account of somebody else, or of nobody. */
export const notYourAccount: Message = sentences(
  'This account is not one of yours, so nothing was disconnected. Type /locks disconnect to see your accounts.',
);

/** For a button in a message of long ago. */
export const oldMessage: Message = sentences(
  'This message is more than 12 hours old, so nothing was changed. Type /locks disconnect for a new one.',
);
