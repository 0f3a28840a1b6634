import type { InputBlock, ModalView } from '@slack/types';
import { NOTICE_KINDS, type NoticeSettings, type QuietHours } from '../domain/notice.ts';
import { plainText } from './blocks.ts';
import { KIND_WORDS, minuteWords } from './notice-words.ts';

/** The modal's blocks, by which what was put in is read. */
export const noticeFields = { kinds: 'kinds', quiet: 'quiet', from: 'from', to: 'to' } as const;
/** The option of quiet hours. */
export const QUIET_ON = 'on';

/** What is offered to somebody who has no quiet hours. */
const USUAL_QUIET: QuietHours = { fromMinute: 22 * 60, toMinute: 7 * 60 };

/** What a person wants to be told of. `zone`: whose hours they are, where that is known. */
export function noticeModal(
  { kinds, quiet }: NoticeSettings,
  zone: string | null,
  callbackId: string,
): ModalView {
  const kindOptions = NOTICE_KINDS.map((kind) => ({ text: plainText(KIND_WORDS[kind]), value: kind }));
  const chosen = kindOptions.filter(({ value }) => kinds.includes(value));
  const quietOption = { text: plainText('Do not send messages in my quiet hours'), value: QUIET_ON };
  const { fromMinute, toMinute } = quiet ?? USUAL_QUIET;
  const hours =
    zone === null
      ? 'Slack does not say which time zone you are in: the hours are those of UTC.'
      : `The hours are those of your time zone in Slack, ${zone}.`;
  return {
    type: 'modal',
    callback_id: callbackId,
    title: plainText('Messages to you'),
    submit: plainText('Save'),
    close: plainText('Cancel'),
    blocks: [
      input(noticeFields.kinds, 'Send me a direct message when this happens', {
        optional: true,
        element: {
          type: 'checkboxes',
          action_id: noticeFields.kinds,
          options: kindOptions,
          ...(chosen.length === 0 ? {} : { initial_options: chosen }),
        },
      }),
      input(noticeFields.quiet, 'Quiet hours', {
        optional: true,
        hint: plainText(
          `What comes then waits for their end, but for tampering and a colleague who connects your account. ${hours}`,
        ),
        element: {
          type: 'checkboxes',
          action_id: noticeFields.quiet,
          options: [quietOption],
          ...(quiet === null ? {} : { initial_options: [quietOption] }),
        },
      }),
      input(noticeFields.from, 'From', { element: timeAt(noticeFields.from, fromMinute) }),
      input(noticeFields.to, 'To', { element: timeAt(noticeFields.to, toMinute) }),
    ],
  };
}

function input(
  blockId: string,
  label: string,
  more: Pick<InputBlock, 'element' | 'optional' | 'hint'>,
): InputBlock {
  return { type: 'input', block_id: blockId, label: plainText(label), ...more };
}

function timeAt(actionId: string, minute: number): InputBlock['element'] {
  return { type: 'timepicker', action_id: actionId, initial_time: minuteWords(minute) };
}
