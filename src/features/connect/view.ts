import type { ModalView } from '@slack/types';
import type { Account, Door } from '../../domain/door.ts';
import type { ConnectId, SlackUserId } from '../../domain/ids.ts';
import type { Message } from '../../slack/message.ts';
import { plain } from '../../slack/mrkdwn.ts';
import { actions } from '../../views/actions.ts';
import { button, buttons, message, ownedBy, sentences, smallPrint, verbatim } from '../../views/blocks.ts';
import { messageModal } from '../../views/modal.ts';
import { againLine } from '../../views/outcome.ts';

/** What the button holds: the secret url, and which of our links it is. */
export interface Link {
  readonly id: ConnectId;
  readonly url: string;
}

/** How many doors are named when an account is connected; the list shows all. */
const MOST_NAMES = 8;

const LINK =
  'Here is your private link. Sign in there to the account of your smart locks. ' +
  'Whoever signs in with this link gives you control of their locks, so do not pass it on.';

const FINE_PRINT = finePrint('This message');
const MODAL_PRINT = finePrint('A direct message');

function finePrint(where: string): string {
  return (
    `The link works once, within half an hour. ${where} tells you when you are done. ` +
    'Latchbolt keeps who you are in Slack, which lock accounts are yours, and what happens to their doors. ' +
    'Your password is never seen by Latchbolt.'
  );
}

const FAILED =
  'Your account was not connected: the maker of your locks did not accept the sign-in. ' +
  'Check that you can sign in to their own app, then try again with a new link.';

/** The link, as a button: it is a secret, and stands nowhere else. */
export function linkMessage(owner: SlackUserId, link: Link): Message {
  return message(`${LINK} ${FINE_PRINT}`, verbatim(LINK), signIn(owner, link), smallPrint(FINE_PRINT));
}

/** While the link is being made. */
export const makingLink = 'Your private link is being made…';

/** The same where it is not shown in a message. */
export function linkModal(owner: SlackUserId, link: Link): ModalView {
  return {
    ...messageModal(LINK),
    blocks: [verbatim(LINK), signIn(owner, link), smallPrint(MODAL_PRINT)],
  };
}

/** The login went wrong on the side of the locks' maker; here is a fresh link, or the way to one. */
export function failedMessage(owner: SlackUserId, fresh: Link | null): Message {
  return fresh === null
    ? message(FAILED, verbatim(FAILED), newLink(owner))
    : message(`${FAILED} ${FINE_PRINT}`, verbatim(FAILED), signIn(owner, fresh), smallPrint(FINE_PRINT));
}

function newLink(owner: SlackUserId) {
  return buttons(button('Get a new link', actions.connectStart, ownedBy(owner)));
}

function signIn(owner: SlackUserId, { id, url }: Link) {
  return buttons(
    button('Sign in to your lock account', actions.connectOpen, {
      ...ownedBy(owner, id),
      url,
      style: 'primary',
    }),
  );
}

/** The login is done. */
export function connectedMessage(
  owner: SlackUserId,
  account: Account | null,
  doors: readonly Door[],
  more: boolean,
): Message {
  const name = account === null ? 'your account' : plain(account.name);
  const text = `Connected: ${name}. ${doorsLine(doors, more)}`;
  return message(
    text,
    verbatim(text),
    buttons(button('Show my doors', actions.listShow, { ...ownedBy(owner), style: 'primary' })),
  );
}

function doorsLine(doors: readonly Door[], more: boolean): string {
  const [first] = doors;
  if (first === undefined) return 'No locks have shown up in it yet; that can take a few minutes.';
  if (doors.length === 1 && !more) return `One door: ${plain(first.name)}.`;
  const names = doors.slice(0, MOST_NAMES).map((door) => plain(door.name));
  const rest = more || doors.length > names.length ? ', and more' : '';
  return `${more ? 'Many' : doors.length} doors: ${names.join(', ')}${rest}.`;
}

/** Nobody used the link in time. */
export function withdrawnMessage(owner: SlackUserId): Message {
  const text = 'Your link was not used in time, so it does not work any more. Nothing was connected.';
  return message(text, verbatim(text), newLink(owner));
}

/** For somebody who asked for many links within a few minutes. */
export function tooManyLinksMessage(waitMs: number): Message {
  return sentences(`You have asked for many links. Use the newest one. ${againLine(waitMs)}`);
}
