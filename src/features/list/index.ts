import type { Context } from '../../context.ts';
import { listingId } from '../../domain/ids.ts';
import type { Asked, Clicked, Feature } from '../../feature.ts';
import { keepClientSession } from '../../seam/client-session.ts';
import type { Listing } from '../../store/listings.ts';
import { readPage } from './page.ts';
import { noDoorsMessage, oldListMessage, welcomeMessage } from './view.ts';

/** A person's doors. */
export const list: Feature = {
  name: 'list',
  subcommands: [{ word: 'list', summary: 'shows your doors (the same as /locks alone)', run: show }],
  actions: { show, refresh, next, previous },
  onSeamEvent: async ({ store }, event) => {
    if (event.kind === 'door_moved') await store.sightings.record(event.sighting);
  },
};

async function show(context: Context, asked: Asked): Promise<void> {
  const { store, messenger, doors, newId, time } = context;
  const { person } = asked;
  if ((await store.accounts.of(person.key)).size === 0) {
    await messenger.answer(asked, welcomeMessage(person.userId));
    return;
  }
  await keepClientSession(context, person);
  const page = await readPage(context, person, null);
  if (page.doors.length === 0 && page.next === null) {
    await messenger.answer(asked, noDoorsMessage(person.userId));
    return;
  }
  const listing: Listing = {
    id: listingId(newId()),
    owner: person,
    shownAt: time.now(),
    cursors: [null],
    ...page,
  };
  await store.listings.save(listing);
  await doors.show(asked, listing);
}

function refresh(context: Context, clicked: Clicked): Promise<void> {
  return turn(context, clicked, (listing) => listing.cursors);
}

function next(context: Context, clicked: Clicked): Promise<void> {
  return turn(context, clicked, (listing) =>
    listing.next === null ? listing.cursors : [...listing.cursors, listing.next],
  );
}

function previous(context: Context, clicked: Clicked): Promise<void> {
  return turn(context, clicked, (listing) =>
    listing.cursors.length > 1 ? listing.cursors.slice(0, -1) : listing.cursors,
  );
}

/** Reads the page that the cursors lead to and draws it in the same message. */
async function turn(
  context: Context,
  clicked: Clicked,
  cursorsOf: (listing: Listing) => Listing['cursors'],
): Promise<void> {
  const { store, doors, messenger, time } = context;
  const { person } = clicked;
  const listing = await ownListing(context, clicked);
  if (listing === null) {
    await messenger.post(clicked, oldListMessage);
    return;
  }
  await keepClientSession(context, person);
  const cursors = cursorsOf(listing);
  const page = await readPage(context, person, cursors.at(-1) ?? null);
  if (page.doors.length === 0 && page.next === null && cursors.length === 1) {
    const empty = noDoorsMessage(person.userId);
    await messenger.replace(clicked, empty, empty);
    return;
  }
  await store.listings.save({ ...listing, cursors, shownAt: time.now(), ...page });
  await doors.redraw(clicked, listing.id, oldListMessage);
}

/** The list that was clicked in, if it is this person's own: in a list of somebody else nothing is turned. */
async function ownListing({ store }: Context, { value, person }: Clicked): Promise<Listing | null> {
  const listing = value === '' ? null : await store.listings.find(listingId(value));
  const own = listing?.owner.userId === person.userId && listing.owner.scope === person.scope;
  return own ? listing : null;
}
