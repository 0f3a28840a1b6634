import type { Door } from '../../domain/door.ts';
import type { DeviceId, SlackUserId } from '../../domain/ids.ts';
import { MOST_FAVOURITES } from '../../domain/limits.ts';
import type { Found } from '../../finding/find.ts';
import type { Message } from '../../slack/message.ts';
import { cut, plain } from '../../slack/mrkdwn.ts';
import { actions } from '../../views/actions.ts';
import { button, ownedBy, sentences } from '../../views/blocks.ts';
import { noneSentence, rowsMessage, severalSentence } from '../../views/called.ts';

const NONE = 'You have no favourites yet. A favourite comes first in your lists.';
const EXAMPLE = 'Type for example: /locks favourite front door.';

/** The favourites, each with a button. One whose door is not there any more can be removed all the same. */
export function favouritesMessage(
  owner: SlackUserId,
  ids: readonly DeviceId[],
  doors: readonly Door[],
): Message {
  if (ids.length === 0) return sentences(`${NONE} ${EXAMPLE}`);
  const rows = ids.map((id) => {
    const door = doors.find((one) => one.id === id);
    const name = door === undefined ? 'A door no longer in your accounts' : plain(door.name);
    return { text: name, button: removeButton(owner, id, name) };
  });
  return rowsMessage('Your favourites, which come first in your lists:', rows);
}

/** The door comes first from now on. */
export function addedMessage(owner: SlackUserId, { id, name }: Door): Message {
  return rowsMessage('A favourite from now on, first in your lists:', [
    { text: plain(name), button: removeButton(owner, id, plain(name)) },
  ]);
}

/** The door has its usual place again. */
export function removedMessage(owner: SlackUserId, { id, name }: Door): Message {
  return rowsMessage('No longer a favourite:', [
    { text: plain(name), button: addButton(owner, id, plain(name)) },
  ]);
}

/** For a name that is not exactly one door's. */
export function chooseMessage(
  owner: SlackUserId,
  found: Exclude<Found, { kind: 'one' }>,
  typed: string,
): Message {
  const doors = found.kind === 'several' ? found.doors : found.near;
  const sentence =
    found.kind === 'several'
      ? severalSentence(found, typed)
      : noneSentence(found, typed, (name) => `/locks favourite ${name}`);
  return rowsMessage(
    sentence,
    doors
      .slice(0, MOST_ROWS)
      .map(({ id, name }) => ({ text: plain(name), button: addButton(owner, id, plain(name)) })),
  );
}

/** Slack's limit is 50 blocks. */
const MOST_ROWS = 40;

function addButton(owner: SlackUserId, id: DeviceId, name: string) {
  return button('Add to favourites', actions.favouriteAdd, {
    ...ownedBy(owner, id),
    accessibility_label: cut(`Add ${name} to favourites`, 75),
  });
}

function removeButton(owner: SlackUserId, id: DeviceId, name: string) {
  return button('Remove from favourites', actions.favouriteRemove, {
    ...ownedBy(owner, id),
    accessibility_label: cut(`Remove ${name} from favourites`, 75),
  });
}

/** They have as many as they may. */
export const fullMessage: Message = sentences(
  `You have ${MOST_FAVOURITES} favourites already, and no more fit at the top of a list. ` +
    'Type /locks favourite to remove one, then try again.',
);

/** The same words for a door of somebody else and for one that does not exist. */
export const notYoursMessage: Message = sentences(
  'This door is not one of yours, so it was not made a favourite. Type /locks to see your doors.',
);

/** For a button that says nothing we know. */
export const staleMessage: Message = sentences(
  'This button is from an older message, so nothing was done. Type /locks favourite to start anew.',
);
