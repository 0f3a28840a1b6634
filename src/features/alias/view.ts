import type { Door } from '../../domain/door.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import { LONGEST_ALIAS, MOST_ALIASES } from '../../domain/limits.ts';
import { unreachable } from '../../domain/outcome.ts';
import type { Found } from '../../finding/find.ts';
import type { Message } from '../../slack/message.ts';
import { cut, plain } from '../../slack/mrkdwn.ts';
import type { Alias } from '../../store/names.ts';
import { actions } from '../../views/actions.ts';
import { button, ownedBy, sentences } from '../../views/blocks.ts';
import { noneSentence, quoted, rowsMessage, severalSentence } from '../../views/called.ts';
import { carried, type Unfit } from './decide.ts';

const EXAMPLE = 'Type for example: /locks alias "Front Door" hq.';

/** Their words, each with its door and a button. One whose door is not there any more can be removed all the same. */
export function aliasesMessage(
  owner: SlackUserId,
  aliases: readonly Alias[],
  doors: readonly Door[],
): Message {
  if (aliases.length === 0) {
    return sentences(`You have given no door a short name of your own yet. ${EXAMPLE}`);
  }
  const rows = aliases.map(({ word, deviceId }) => {
    const door = doors.find(({ id }) => id === deviceId);
    const name = door === undefined ? 'a door no longer in your accounts' : plain(door.name);
    return {
      text: `${quoted(word)}: ${name}`,
      button: button('Remove', actions.aliasRemove, {
        ...ownedBy(owner, carried(word)),
        accessibility_label: cut(`Remove ${quoted(word)}`, 75),
      }),
    };
  });
  return rowsMessage('Your own names for doors:', rows);
}

/** The door is called so. `before` is the door that was until now. */
export function calledMessage(door: Door, word: string, before: Door | 'gone' | null): Message {
  const was =
    before === null
      ? ''
      : before === 'gone'
        ? ' Before, the word was for a door that is not in your accounts any more.'
        : ` Before, the word was for ${plain(before.name)}.`;
  return sentences(
    `${plain(door.name)} is ${quoted(word)} too from now on, for you alone.${was} Type for example: /locks unlock ${plain(word)}.`,
  );
}

/** The door is clear, the word for it is missing. */
export function wordMissingMessage(name: string): Message {
  const called = plain(name);
  return sentences(
    `What do you want to call ${called}? Type the word after the door, for example: /locks alias "${called}" hq.`,
  );
}

/** A quote was opened and not closed, so that nobody knows where the name ends. */
export function unclosedMessage(rest: string): Message {
  return sentences(`In ${quoted(rest)} a quotation mark is not closed. ${EXAMPLE}`);
}

/** The door is not clear: those that may be meant, with a button where a word for them is there. */
export function chooseMessage(
  owner: SlackUserId,
  found: Exclude<Found, { kind: 'one' }>,
  typed: string,
  word: string,
): Message {
  const doors = (found.kind === 'several' ? found.doors : found.near).slice(0, MOST_ALIASES);
  const sentence =
    found.kind === 'several'
      ? severalSentence(found, typed)
      : noneSentence(found, typed, (name) => `/locks alias "${name}" hq`);
  return rowsMessage(
    sentence,
    doors.map(({ id, name }) => ({
      text: plain(name),
      button:
        word === ''
          ? undefined
          : button(cut(`Call it ${quoted(word)}`, 75), actions.aliasCall, ownedBy(owner, id, carried(word))),
    })),
  );
}

/** The word is none for a door. */
export function unfitMessage(unfit: Unfit, word: string): Message {
  switch (unfit) {
    case 'too_long':
      return sentences(
        `The word ${quoted(word)} is too long for a short name: ${LONGEST_ALIAS} characters at most. ${EXAMPLE}`,
      );
    case 'empty':
      return sentences(`That word has nothing that can be read, so it cannot be a name. ${EXAMPLE}`);
    default:
      return unreachable(unfit);
  }
}

/** The word is the name of another door. */
export function takenMessage(word: string, door: Door): Message {
  return sentences(
    `Another door of yours is called ${quoted(word)}, so it cannot be a name for ${plain(door.name)}. Take another word.`,
  );
}

/** They have as many as they may. */
export const fullMessage: Message = sentences(
  `You have ${MOST_ALIASES} names of your own already, which is as many as there can be. ` +
    'Type /locks alias to remove one, then try again.',
);

/** The same words for a door of somebody else and for one that does not exist. */
export const notYoursMessage: Message = sentences(
  'This door is not one of yours, so it was given no name. Type /locks to see your doors.',
);

/** For a button that says nothing we know. */
export const staleMessage: Message = sentences(
  'This button is from an older message, so nothing was done. Type /locks alias to start anew.',
);
