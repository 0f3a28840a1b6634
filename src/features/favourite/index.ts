import type { Context } from '../../context.ts';
import { listingId } from '../../domain/ids.ts';
import { typedName } from '../../domain/typed-name.ts';
import type { Asked, Feature } from '../../feature.ts';
import { findByName } from '../../finding/find.ts';
import { readDoors } from '../../finding/read.ts';
import { welcomeMessage } from '../../views/welcome.ts';
import { readButton } from './decide.ts';
import {
  addedMessage,
  chooseMessage,
  favouritesMessage,
  fullMessage,
  notYoursMessage,
  removedMessage,
  staleMessage,
} from './view.ts';

/** The doors that come first in a person's lists. */
export const favourite: Feature = {
  name: 'favourite',
  subcommands: [
    {
      word: 'favourite',
      summary: 'and a name: puts that door first in your lists, or no longer; alone: shows those',
      run,
    },
  ],
  actions: { add, remove },
};

async function run(context: Context, asked: Asked): Promise<void> {
  const { store, messenger } = context;
  const { person } = asked;
  if ((await store.accounts.of(person.key)).size === 0) {
    await messenger.answer(asked, welcomeMessage(person.userId));
    return;
  }
  const typed = typedName(asked.rest);
  if (typed === '') {
    await show(context, asked);
    return;
  }
  const found = await findByName(context, person, typed);
  if (found.kind !== 'one') {
    await messenger.answer(asked, chooseMessage(person.userId, found, typed));
    return;
  }
  const { door } = found;
  if ((await store.names.favourites(person)).includes(door.id)) {
    await store.names.unfavour(person, door.id);
    await messenger.answer(asked, removedMessage(person.userId, door));
  } else if (await store.names.favour(person, door, asked.at)) {
    await messenger.answer(asked, addedMessage(person.userId, door));
  } else {
    await messenger.answer(asked, fullMessage);
    return;
  }
  await context.announce({ kind: 'favourites_changed', who: person });
}

async function show(context: Context, asked: Asked): Promise<void> {
  const { person } = asked;
  const ids = await context.store.names.favourites(person);
  const doors = await readDoors(context, person, ids);
  await context.messenger.answer(asked, favouritesMessage(person.userId, ids, doors));
}

/** The button says which door; whether it is theirs is asked of Seam: one call. */
async function add(context: Context, clicked: Asked): Promise<void> {
  const { store, messenger } = context;
  const { person } = clicked;
  const button = readButton(clicked.args);
  if (button === null) {
    await messenger.post(clicked, staleMessage);
    return;
  }
  const [door] = await readDoors(context, person, [button.deviceId]);
  if (door === undefined) {
    await messenger.post(clicked, notYoursMessage);
    return;
  }
  if (!(await store.names.favour(person, door, clicked.at))) {
    await messenger.post(clicked, fullMessage);
    return;
  }
  if (!(await redraw(context, clicked, button.listing))) {
    await messenger.answer(clicked, addedMessage(person.userId, door));
  }
  await context.announce({ kind: 'favourites_changed', who: person });
}

async function remove(context: Context, clicked: Asked): Promise<void> {
  const { store, messenger } = context;
  const { person } = clicked;
  const button = readButton(clicked.args);
  if (button === null) {
    await messenger.post(clicked, staleMessage);
    return;
  }
  await store.names.unfavour(person, button.deviceId);
  if (!(await redraw(context, clicked, button.listing))) await show(context, clicked);
  await context.announce({ kind: 'favourites_changed', who: person });
}

/** Draws anew the list that was clicked in; false where that was something else. */
async function redraw(context: Context, clicked: Asked, listing: string | null): Promise<boolean> {
  if (listing === null || !clicked.inOwnMessage) return false;
  const shown = await context.doors.find(clicked.person, listingId(listing));
  if (shown === null) return false;
  await context.doors.redraw(clicked, shown.id, staleMessage);
  return true;
}
