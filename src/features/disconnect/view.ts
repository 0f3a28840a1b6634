import type { KnownBlock } from '@slack/types';
import type { Code } from '../../domain/code.ts';
import type { Account } from '../../domain/door.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import type { Message } from '../../slack/message.ts';
import { cut, escapeMrkdwn, plain } from '../../slack/mrkdwn.ts';
import { actions } from '../../views/actions.ts';
import {
  button,
  buttons,
  confirmation,
  message,
  ownedBy,
  paragraph,
  sentences,
  verbatim,
} from '../../views/blocks.ts';
import { codeFacts, codeSpoken, codeTitle } from '../../views/code.ts';

/** How many accounts one message shows; nobody has this many. */
const MOST_ACCOUNTS = 40;

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
      confirm: confirmation(
        `Disconnect ${name}?`,
        'You can then no longer see or open its doors from Slack, and the codes that you made there are revoked. ' +
          'You can connect it again at any time, but the codes do not come back.',
        { yes: 'Disconnect', danger: true },
      ),
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

/** How many codes one message names; the rest are counted. */
const MOST_CODES = 15;

/** For an account whose codes could not all be revoked: which PINs go on opening doors, and the choice. */
export function codesLeftMessage(owner: SlackUserId, account: Account, codes: readonly Code[]): Message {
  const name = plain(account.name);
  const line =
    `${name} is still connected: not all codes that you made could be revoked. ` +
    'If you disconnect anyway, nobody can revoke these from Slack any more, and their PINs may open the doors until their time is over.';
  const shown = codes.slice(0, MOST_CODES);
  const more =
    codes.length > shown.length ? `And ${codes.length - shown.length} more: type /locks codes.` : null;
  return {
    text: [escapeMrkdwn(line), ...shown.map(codeSpoken), ...(more === null ? [] : [more])].join(' '),
    blocks: [
      verbatim(line),
      ...shown.flatMap((code) => [verbatim(codeTitle(code)), codeFacts(code)]),
      ...(more === null ? [] : [verbatim(more)]),
      buttons(
        button('Try again', actions.disconnectAccount, ownedBy(owner, account.id)),
        button('Disconnect anyway', actions.disconnectAnyway, {
          ...ownedBy(owner, account.id),
          style: 'danger',
          confirm: confirmation(
            `Disconnect ${name}?`,
            'The PINs that are named here may go on opening the doors until their time is over, and cannot be revoked from Slack.',
            { yes: 'Disconnect', danger: true },
          ),
        }),
      ),
    ],
  };
}

/** It is done. `shared`: a colleague uses the same account, and keeps it. `revoked`: how many codes went with it. */
export function disconnectedMessage(
  owner: SlackUserId,
  name: string,
  { shared, revoked }: { shared: boolean; revoked: number },
): Message {
  const done = shared
    ? `Disconnected: ${plain(name)}. You no longer see or open its doors. A colleague uses the same account and keeps it.`
    : `Disconnected: ${plain(name)}. Its doors are gone from your list, and Latchbolt can no longer reach them.`;
  const text = `${done}${revokedLine(revoked)}`;
  return message(text, verbatim(text), buttons(button('Show my doors', actions.listShow, ownedBy(owner))));
}

function revokedLine(revoked: number): string {
  if (revoked === 0) return '';
  return revoked === 1
    ? ' The code that you made there no longer works.'
    : ` The ${revoked} codes that you made there no longer work.`;
}

/** For a second click, while the first was being done. */
export function disconnectedAlready(name: string): Message {
  return sentences(`${plain(name)} is disconnected already.`);
}

/** The doors are denied, but Seam did not do its part. */
export function halfDoneMessage(name: string): Message {
  return sentences(
    `${plain(name)}: you no longer see or open its doors here, but the service that speaks to the locks has not finished its part. ` +
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
