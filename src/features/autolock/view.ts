import type { InputBlock, ModalView, PlainTextOption } from '@slack/types';
import type { Door } from '../../domain/door.ts';
import type { DoorSetting } from '../../domain/follow.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import type { Found } from '../../finding/find.ts';
import type { Message } from '../../slack/message.ts';
import { plain } from '../../slack/mrkdwn.ts';
import { message, paragraph, plainText, sentences, smallPrint, verbatim } from '../../views/blocks.ts';
import { noneSentence, severalSentence } from '../../views/called.ts';
import { settingsButton } from '../../views/news.ts';
import { choiceOf, FIELDS, LOCK_MINUTES, NUDGE_MINUTES } from './decide.ts';

/** The callback id of the modal. */
const SAVE = 'autolock:save';

/** What one door shall do when it stays unlocked. */
export function settingsModal(door: Door, { nudgeAfterMs, lockAfterMs }: DoorSetting): ModalView {
  return {
    type: 'modal',
    callback_id: SAVE,
    private_metadata: door.id,
    title: plainText('Door settings'),
    submit: plainText('Save'),
    close: plainText('Cancel'),
    blocks: [
      verbatim(`Settings of ${plain(door.name)}`),
      paragraph('After you have unlocked it with Latchbolt:'),
      select(
        FIELDS.nudge,
        'Remind me if it is still unlocked',
        'Do not remind me',
        NUDGE_MINUTES,
        nudgeAfterMs,
      ),
      ...(door.canLock
        ? [
            select(
              FIELDS.lock,
              'Lock it again by itself',
              'Do not lock it by itself',
              LOCK_MINUTES,
              lockAfterMs,
            ),
          ]
        : [smallPrint('This lock cannot be locked from afar, so it cannot be locked again by Latchbolt.')]),
    ],
  };
}

function select(
  field: string,
  label: string,
  off: string,
  minutes: readonly number[],
  chosen: number | null,
): InputBlock {
  const options = [
    option('off', off),
    ...minutes.map((each) => option(String(each), `After ${duration(each)}`)),
  ];
  const initial = options.find(({ value }) => value === choiceOf(chosen));
  return {
    type: 'input',
    block_id: field,
    label: plainText(label),
    element: {
      type: 'static_select',
      action_id: `autolock:${field}`,
      options,
      ...(initial === undefined ? {} : { initial_option: initial }),
    },
  };
}

function option(value: string, text: string): PlainTextOption {
  return { value, text: plainText(text) };
}

function duration(minutes: number): string {
  return minutes === 60 ? 'an hour' : minutes === 1 ? 'a minute' : `${minutes} minutes`;
}

/** What is set now. */
export function savedMessage(doorName: string, { nudgeAfterMs, lockAfterMs }: DoorSetting): Message {
  const after = (ms: number) => `${duration(ms / 60_000)} after you unlock it`;
  const nudge =
    nudgeAfterMs === null
      ? 'You are not reminded when it stays unlocked.'
      : `If it is still unlocked ${after(nudgeAfterMs)}, you are reminded.`;
  const lock =
    lockAfterMs === null ? 'It is not locked by itself.' : `It is locked by itself ${after(lockAfterMs)}.`;
  return sentences(`${plain(doorName)}, from the next time on: ${nudge} ${lock}`);
}

/** How many doors a message offers; with more, the name has to be typed. */
const MOST_OFFERED = 20;

/** Which door is meant: each with its button. */
export function whichMessage(owner: SlackUserId, line: string, doors: readonly Door[]): Message {
  const offered = doors.slice(0, MOST_OFFERED);
  const rest =
    doors.length > offered.length
      ? 'For another door, type its name, such as /locks autolock front door.'
      : '';
  return message(
    [line, ...offered.map(({ name }) => `${plain(name)}.`), rest].filter((part) => part !== '').join(' '),
    verbatim(line),
    ...offered.map(({ name, id }) => verbatim(plain(name), settingsButton(name, owner, id))),
    ...(rest === '' ? [] : [smallPrint(rest)]),
  );
}

/** What is said above the doors to choose from. */
export const which = {
  any: 'For which door?',
  several: severalSentence,
  none: (found: Extract<Found, { kind: 'none' }>, typed: string) =>
    noneSentence(found, typed, (name) => `/locks autolock ${name}`),
  late: 'Slack did not open the settings in time. Press Settings.',
};

/** For a door that is not theirs, and a button that we did not write. */
export const notYoursMessage: Message = sentences(
  'This door is not one of yours, so nothing was changed. Type /locks to see your doors.',
);
