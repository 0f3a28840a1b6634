import type { SlackUserId } from '../../domain/ids.ts';
import type { Message } from '../../slack/message.ts';
import { moment } from '../../slack/mrkdwn.ts';
import { actions } from '../../views/actions.ts';
import {
  button,
  buttons,
  confirmation,
  markedMessage,
  message,
  ownedBy,
  paragraph,
  sentences,
  verbatim,
} from '../../views/blocks.ts';

/** It holds from now on. */
export const pausedMessage: Message = sentences(
  'Opening doors from Slack is paused for you, on every device. No door is unlocked for you until you type ' +
    '/locks resume. You can still lock doors. PINs that your guests have go on working: type /locks codes to revoke them.',
);

/** It held before; `since` in ms. */
export function pausedAlreadyMessage(since: number): Message {
  const text =
    `Opening doors from Slack is paused for you already, since ${moment(since)}. ` +
    'Type /locks resume to end that.';
  return markedMessage(text, paragraph(text));
}

/** Ending a pause is asked twice: what was lost may be in somebody else's hands. `since` in ms. */
export function resumeMessage(owner: SlackUserId, since: number): Message {
  const text =
    `You have paused opening doors from Slack, since ${moment(since)}. ` +
    'If a device of yours is lost, sign it out of Slack before you resume.';
  return markedMessage(
    text,
    paragraph(text),
    buttons(
      button('Resume opening doors', actions.pauseResume, {
        // Good for this very pause: one that begins after it has a button of its own.
        ...ownedBy(owner, String(since)),
        confirm: confirmation(
          'Resume opening doors?',
          'Doors can then be opened from every device on which you are signed in to Slack.',
          { yes: 'Resume', no: 'Stay paused' },
        ),
      }),
    ),
  );
}

/** It has ended. */
export function resumedMessage(owner: SlackUserId): Message {
  const text = 'You can open your doors from Slack again.';
  return message(text, verbatim(text), buttons(button('Show my doors', actions.listShow, ownedBy(owner))));
}

/** There is no pause that could end. */
export const notPausedMessage: Message = sentences(
  'Opening doors from Slack is not paused for you, so there is nothing to resume. Type /locks pause to pause it.',
);

/** For a button of long ago, or of another pause than the one that holds. */
export const oldButton: Message = sentences(
  'This button is too old, so opening doors stays paused for you. Type /locks resume for a new one.',
);
