import type {
  ActionsBlock,
  Button,
  ConfirmationDialog,
  ContextBlock,
  KnownBlock,
  PlainTextElement,
  SectionBlock,
} from '@slack/types';
import type { SlackUserId } from '../domain/ids.ts';
import type { Message } from '../slack/message.ts';
import { cut, escapeMrkdwn } from '../slack/mrkdwn.ts';

/** The longest `text` that we give a message; Slack cuts off what is longer. */
const LONGEST_TEXT = 3_000;
/** Slack's limit of a section's text. */
const LONGEST_SECTION = 3_000;

/** Slack's limit of a dialog's title. */
const LONGEST_DIALOG_TITLE = 100;

/** Words that are shown letter by letter, within a block. */
export function plainText(text: string): PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}

/** Our own words, which may have formatting. */
export function paragraph(mrkdwn: string, button?: Button): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: mrkdwn }, ...accessory(button) };
}

/** Words of which some are a person's or a vendor's: shown letter by letter. */
export function verbatim(text: string, button?: Button): SectionBlock {
  return {
    type: 'section',
    text: plainText(cut(text, LONGEST_SECTION)),
    ...accessory(button),
  };
}

function accessory(button: Button | undefined): { accessory?: Button } {
  return button === undefined ? {} : { accessory: button };
}

/** Small print in our own words. */
export function smallPrint(mrkdwn: string): ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: mrkdwn }] };
}

/** A row of buttons. */
export function buttons(...elements: Button[]): ActionsBlock {
  return { type: 'actions', elements };
}

/** A button; `value` comes back with the click. */
export function button(text: string, actionId: string, more: Partial<Button> = {}): Button {
  return { type: 'button', text: plainText(text), action_id: actionId, ...more };
}

/** What Slack asks before a click counts. `yes` and `no` are its buttons; a `danger` is what cannot be taken back. */
export function confirmation(
  title: string,
  text: string,
  { yes, no = 'Cancel', danger = false }: { yes: string; no?: string; danger?: boolean },
): ConfirmationDialog {
  return {
    title: plainText(cut(title, LONGEST_DIALOG_TITLE)),
    text: plainText(text),
    confirm: plainText(yes),
    deny: plainText(no),
    ...(danger ? { style: 'danger' } : {}),
  };
}

/** A message whose `text` says what its blocks say, for screen readers and notifications. */
export function message(text: string, ...blocks: KnownBlock[]): Message {
  return { text: escapeMrkdwn(cut(text, LONGEST_TEXT)), blocks };
}

/** The same for a `text` that is mrkdwn, with moments or people in it: names in it are escaped already. */
export function markedMessage(mrkdwn: string, ...blocks: KnownBlock[]): Message {
  return { text: mrkdwn, blocks };
}

/** One sentence or a few, and nothing else. */
export function sentences(text: string): Message {
  return message(text, verbatim(text));
}

/**
 * What a button carries: whose message it is in, then what it is about. The answer to a click by its owner may take
 * the place of the message; one by anyone else is answered elsewhere.
 */
export function ownedBy(owner: SlackUserId, ...args: readonly string[]): { value: string } {
  return { value: [owner, ...args].join(' ') };
}
