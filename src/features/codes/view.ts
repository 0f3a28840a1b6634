import type { ModalView } from '@slack/types';
import type { Code, CodeStop } from '../../domain/code.ts';
import type { Door } from '../../domain/door.ts';
import type { DeviceId, SlackUserId } from '../../domain/ids.ts';
import type { Found } from '../../finding/find.ts';
import type { Message } from '../../slack/message.ts';
import { cut, escapeMrkdwn, plain } from '../../slack/mrkdwn.ts';
import { actions } from '../../views/actions.ts';
import {
  button,
  buttons,
  message,
  ownedBy,
  paragraph,
  plainText,
  sentences,
  smallPrint,
  verbatim,
} from '../../views/blocks.ts';
import { noneSentence, rowsMessage, severalSentence } from '../../views/called.ts';
import { codeRefusalLine, codeRows, codeSpoken, codeTitle } from '../../views/code.ts';
import { doorOption } from '../../views/door-option.ts';
import { TIME_EXAMPLES } from '../../views/time-words.ts';
import { LONGEST_GUEST } from './decide.ts';

/** The select of a door, whose options we give. */
const DOOR_SELECT = 'codes:door';
/** The modal in which a code is made. */
const MAKE_MODAL = 'codes:form';

/** A page of somebody's codes. */
export function codesMessage(
  owner: SlackUserId,
  { page, pages, shown }: { page: number; pages: number; shown: readonly Code[] },
): Message {
  const controls = buttons(
    ...(page > 0 ? [button('Previous', actions.codesPrevious, ownedBy(owner, String(page - 1)))] : []),
    ...(page + 1 < pages ? [button('Next', actions.codesNext, ownedBy(owner, String(page + 1)))] : []),
    button('Refresh', actions.codesShow, ownedBy(owner, String(page))),
    button('Make a code', actions.codesMake, ownedBy(owner)),
  );
  if (shown.length === 0) {
    const nothing = 'You have no codes right now. Make one for a guest, and it ends by itself.';
    return message(nothing, verbatim(nothing), controls);
  }
  const title = pages > 1 ? `Your codes, page ${page + 1} of ${pages}` : 'Your codes';
  return {
    text: [`${title}.`, ...shown.map(codeSpoken)].join(' '),
    blocks: [paragraph(`*${title}*`), ...shown.flatMap((code) => codeRows(code, page)), controls],
  };
}

/** The modal in which a code is made; the door is chosen where it is known, and the end (ms) is. */
export function makeModal(door: { id: DeviceId; name: string } | null, endsAt: number): ModalView {
  return {
    type: 'modal',
    callback_id: MAKE_MODAL,
    title: plainText('Make a code'),
    submit: plainText('Make'),
    close: plainText('Cancel'),
    blocks: [
      {
        type: 'input',
        block_id: 'door',
        label: plainText('Door'),
        element: {
          type: 'external_select',
          action_id: DOOR_SELECT,
          min_query_length: 0,
          placeholder: plainText('Choose a door'),
          ...(door === null ? {} : { initial_option: doorOption(door, []) }),
        },
      },
      {
        type: 'input',
        block_id: 'start',
        optional: true,
        label: plainText('Works from'),
        hint: plainText('Empty means from now on.'),
        element: { type: 'datetimepicker', action_id: 'at' },
      },
      {
        type: 'input',
        block_id: 'end',
        label: plainText('Works until'),
        element: { type: 'datetimepicker', action_id: 'at', initial_date_time: Math.floor(endsAt / 1000) },
      },
      {
        type: 'input',
        block_id: 'guest',
        optional: true,
        label: plainText('For whom'),
        hint: plainText('You find the code again by it, also in the lock’s own app.'),
        element: { type: 'plain_text_input', action_id: 'name', max_length: LONGEST_GUEST },
      },
      smallPrint('The answer comes in a direct message from Latchbolt. Press Show PIN there to see the PIN.'),
    ],
  };
}

const CHOOSE = 'Choose the times';

/** For times that are not clear: what was understood, what is wrong, and how it can be said. */
export function unclearMessage(
  owner: SlackUserId,
  door: Pick<Door, 'id' | 'name'>,
  understood: string | null,
  why: string,
): Message {
  const name = plain(door.name);
  const read = understood === null ? '' : ` Understood: “${plain(understood, 200)}”.`;
  const line = `${name}: no code was made.${read} ${why}`;
  const examples = TIME_EXAMPLES.map((words) => `/locks code ${name} ${words}`);
  return message(
    `${line} You can say, for instance: ${examples.join('; ')}. Or choose the times.`,
    verbatim(line),
    verbatim(['For instance:', ...examples].join('\n')),
    buttons(button(CHOOSE, actions.codesMake, ownedBy(owner, door.id, name))),
  );
}

/** For a person whose time zone Slack does not tell. */
export function whichZoneMessage(owner: SlackUserId, door: Pick<Door, 'id' | 'name'>): Message {
  const name = plain(door.name);
  const line =
    `${name}: no code was made. Slack does not say in which time zone you are, so a day or a time could mean ` +
    'another moment. Choose the times, or say for how long: for 2h.';
  return message(
    line,
    verbatim(line),
    buttons(button(CHOOSE, actions.codesMake, ownedBy(owner, door.id, name))),
  );
}

/** So many doors are offered: Slack's limit is 50 blocks. */
const MOST_ROWS = 40;

/** Which of these doors? `words`: what was typed after the name, read when one is chosen. */
export function whichDoorMessage(
  owner: SlackUserId,
  typed: string,
  found: Exclude<Found, { kind: 'one' }>,
  words: string,
): Message {
  const doors = found.kind === 'several' ? found.doors : found.near;
  return rowsMessage(
    whichSentence(found, typed),
    doors.slice(0, MOST_ROWS).map((door) => {
      const name = plain(door.name);
      const pick = button('This one', actions.codesPick, {
        ...ownedBy(owner, door.id, cut(words, 500)),
        accessibility_label: cut(`Make a code for ${name}`, 75),
      });
      return { text: name, button: pick };
    }),
  );
}

function whichSentence(found: Exclude<Found, { kind: 'one' }>, typed: string): string {
  if (found.kind === 'several') return severalSentence(found, typed);
  return typed === '' ? 'Which door?' : noneSentence(found, typed, (name) => `/locks code ${name} for 2h`);
}

/** For a lock that takes no codes. */
export function takesNoCodes({ name }: Pick<Door, 'name'>): Message {
  return sentences(`${plain(name)}: no code was made. This lock takes no codes from afar.`);
}

/** For a code that its maker computed. */
export function cannotRevoke(code: Code, when: string): Message {
  const line = `${codeTitle(code)}: this code cannot be revoked. Its lock has no connection, so the PIN opens the door until its time is over.`;
  return {
    text: `${escapeMrkdwn(line)} ${when}.`,
    blocks: [verbatim(line), { type: 'context', elements: [{ type: 'mrkdwn', text: when }] }],
  };
}

/** For a modal that could not be opened where somebody asked for it. */
export function tryTheButton(owner: SlackUserId): Message {
  const words = 'Slack did not open the form in time. Press Make a code.';
  return message(words, verbatim(words), buttons(button('Make a code', actions.codesMake, ownedBy(owner))));
}

/** For a code of somebody else, or of nobody. */
export const notYourCode: Message = sentences(
  'This code is not one of yours, so nothing was shown or changed. Type /locks codes to see your codes.',
);

/** For a door that is not theirs any more. */
export const notYourDoor: Message = sentences(
  'The door of this code is not one of yours right now, so nothing was shown or changed. Type /locks to see your doors.',
);

/** For a button in a message of long ago. */
export const oldMessage: Message = sentences(
  'This message is more than 12 hours old, so nothing was shown or changed. Type /locks codes for a new one.',
);

/** For a code whose PIN Seam does not know yet, or any more. */
export function noPin(code: Code): Message {
  return sentences(`${codeTitle(code)}: its PIN is not known right now. Try again in a minute.`);
}

/** In place of a PIN that could not be shown for its owner's eyes only. */
export function pinElsewhere(code: Code): Message {
  return sentences(
    `${codeTitle(code)}: the PIN could not be shown there. Type /locks codes and press Show PIN.`,
  );
}

/** For a new PIN for a time that is over. */
export function timeIsOver(code: Code): Message {
  return sentences(
    `${codeTitle(code)}: its time is over, so no new PIN was made. Type /locks code to make another.`,
  );
}

/** For a PIN that was not shown, or a new one that was not made, while opening doors is stopped. */
export function stoppedMessage(code: Code, what: 'not_shown' | 'not_made', why: CodeStop): Message {
  const not = what === 'not_shown' ? 'its PIN was not shown' : 'no new PIN was made';
  return sentences(`${codeTitle(code)}: ${not}. ${codeRefusalLine(why, null)}`);
}
