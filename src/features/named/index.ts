import type { Context } from '../../context.ts';
import type { Door } from '../../domain/door.ts';
import { listingId } from '../../domain/ids.ts';
import { unreachable } from '../../domain/outcome.ts';
import { typedName } from '../../domain/typed-name.ts';
import type { Asked, Feature } from '../../feature.ts';
import { findByName } from '../../finding/find.ts';
import { MOST_DOORS } from '../../finding/page.ts';
import { askToMove } from '../../moving/ask.ts';
import type { MessageListing } from '../../store/listings.ts';
import { sentences } from '../../views/blocks.ts';
import { nameMissingMessage } from '../../views/called.ts';
import { welcomeMessage } from '../../views/welcome.ts';
import { headingOf, type Word } from './view.ts';

/** Unlocking, locking and looking at a door by its name. */
export const named: Feature = {
  name: 'named',
  subcommands: [
    {
      word: 'unlock',
      summary: 'and a name: shows that door, ready to be unlocked',
      run: (context, asked) => run(context, asked, 'unlock'),
    },
    {
      word: 'lock',
      summary: 'and a name: locks that door at once',
      run: (context, asked) => run(context, asked, 'lock'),
    },
    {
      word: 'status',
      summary: 'and a name: shows how that door is',
      run: (context, asked) => run(context, asked, 'status'),
    },
  ],
  actions: {},
};

async function run(context: Context, asked: Asked, word: Word): Promise<void> {
  const { store, messenger, time } = context;
  const { person } = asked;
  const typed = typedName(asked.rest);
  if (typed === '') {
    await messenger.answer(asked, nameMissingMessage(word));
    return;
  }
  if ((await store.accounts.of(person.key)).size === 0) {
    await messenger.answer(asked, welcomeMessage(person.userId));
    return;
  }
  // The moment of the question: what a move brings after it is newer than the answer.
  const shownAt = time.now();
  const found = await findByName(context, person, typed);
  const heading = headingOf(found, typed, word);
  switch (found.kind) {
    case 'one': {
      const listing = await list(context, asked, heading, [found.door], shownAt);
      if (word !== 'lock') {
        await context.doors.show(asked, listing);
        return;
      }
      await askToMove(context, {
        ...asked,
        verb: 'lock',
        via: 'name',
        deviceId: found.door.id,
        listingId: listing.id,
        madeAt: shownAt,
      });
      return;
    }
    case 'several':
    case 'none': {
      // A guess never moves a bolt: what may have been meant is shown, and clicked.
      const doors = found.kind === 'several' ? found.doors : found.near;
      if (doors.length === 0) await messenger.answer(asked, sentences(heading));
      else await context.doors.show(asked, await list(context, asked, heading, doors, shownAt));
      return;
    }
    default:
      unreachable(found);
  }
}

/** A message of just these doors, written down so that its buttons work. */
async function list(
  { store, newId }: Context,
  { person }: Asked,
  heading: string,
  found: readonly Door[],
  shownAt: number,
): Promise<MessageListing> {
  const doors = found.slice(0, MOST_DOORS);
  const about = { heading, only: doors.map(({ id }) => id) };
  const listing: MessageListing = {
    id: listingId(newId()),
    owner: person,
    place: 'message',
    shownAt,
    cursors: [null],
    next: null,
    doors,
    about,
  };
  await store.listings.save(listing);
  return listing;
}
