import type { Context } from '../../context.ts';
import { listingId } from '../../domain/ids.ts';
import type { Asked, Feature } from '../../feature.ts';
import { type Page, readAccounts, readPage } from '../../finding/page.ts';
import { readDoors, toldApart } from '../../finding/read.ts';
import type { Listing, MessageListing } from '../../store/listings.ts';
import type { StoredPerson } from '../../store/people.ts';
import { failureMessage } from '../../views/trouble.ts';
import { noDoorsMessage, welcomeMessage } from '../../views/welcome.ts';
import { goneMessage, oldListMessage } from './view.ts';

/** A person's doors. */
export const list: Feature = {
  name: 'list',
  subcommands: [{ word: 'list', summary: 'shows your doors (the same as /locks alone)', run: show }],
  actions: { show, refresh, next, previous },
};

async function show(context: Context, asked: Asked): Promise<void> {
  const { store, messenger, doors, newId, time } = context;
  const { person } = asked;
  if ((await store.accounts.of(person.key)).size === 0) {
    await messenger.answer(asked, welcomeMessage(person.userId));
    return;
  }
  const shownAt = time.now();
  const page = await readPage(context, person, null);
  if (isNothing(page)) {
    await messenger.answer(asked, noDoorsMessage(person.userId));
    return;
  }
  const id = listingId(newId());
  const shown = { id, owner: person, shownAt, cursors: [null], about: null, ...page };
  const listing: MessageListing = { ...shown, place: 'message' };
  await store.listings.save(listing);
  await doors.show(asked, listing);
}

function isNothing(page: Pick<Page, 'doors' | 'next'>): boolean {
  return page.doors.length === 0 && page.next === null;
}

function refresh(context: Context, clicked: Asked): Promise<void> {
  return turn(context, clicked, (listing) => listing.cursors);
}

function next(context: Context, clicked: Asked): Promise<void> {
  return turn(context, clicked, (listing) =>
    listing.next === null ? listing.cursors : [...listing.cursors, listing.next],
  );
}

function previous(context: Context, clicked: Asked): Promise<void> {
  return turn(context, clicked, (listing) =>
    listing.cursors.length > 1 ? listing.cursors.slice(0, -1) : listing.cursors,
  );
}

/** Reads the page that the cursors lead to and draws it in the same place. */
async function turn(
  context: Context,
  clicked: Asked,
  cursorsOf: (listing: Listing) => Listing['cursors'],
): Promise<void> {
  const { store, doors, messenger, log } = context;
  const { person, args } = clicked;
  const [id = ''] = args;
  const listing = id === '' ? null : await doors.find(person, listingId(id));
  if (listing === null) {
    log.info({ user: person.userId }, 'a list that is not theirs, or is gone, was not turned');
    await messenger.post(clicked, oldListMessage);
    return;
  }
  try {
    const turned = await readAnew(context, person, listing, cursorsOf(listing));
    if (listing.place === 'message' && isNothing(turned) && turned.cursors.length === 1) {
      await showNothing(context, clicked, listing);
      return;
    }
    // Something else took the message's place while Seam was asked.
    if (!(await store.listings.change(turned))) return;
    await doors.redraw(clicked, listing.id, oldListMessage);
  } catch (error) {
    if (listing.place === 'message') throw error;
    // What was last known stays in Home, and says how old it is.
    log.warn({ user: person.userId, err: error }, 'a Home could not be turned');
    const failure = failureMessage(error);
    await doors.redraw(clicked, listing.id, failure, failure.text);
  }
}

/** What Seam says now of the page that the cursors lead to; where the page of a Home stays, of its accounts too. */
async function readAnew(
  context: Context,
  person: StoredPerson,
  listing: Listing,
  cursors: Listing['cursors'],
): Promise<Listing> {
  // The moment of the question: what an unlock brings after it is newer than the answer.
  const shownAt = context.time.now();
  const page = await readAgain(context, person, { ...listing, cursors });
  if (listing.place === 'message' || cursors !== listing.cursors)
    return { ...listing, cursors, shownAt, ...page };
  return { ...listing, shownAt, ...page, accounts: await readAccounts(context, person) };
}

/** There are no doors any more: other words take the place of the message. */
async function showNothing({ doors, store, messenger }: Context, clicked: Asked, { id, about }: Listing) {
  const { person } = clicked;
  await doors.release(person, id);
  const { size } = await store.accounts.of(person.key);
  const noDoors = about === null ? noDoorsMessage(person.userId) : goneMessage;
  const nothing = size === 0 ? welcomeMessage(person.userId) : noDoors;
  await messenger.replace(clicked, nothing, nothing);
}

async function readAgain(
  context: Context,
  person: StoredPerson,
  { about, cursors }: Pick<Listing, 'about' | 'cursors'>,
): Promise<Page> {
  if (about === null) return readPage(context, person, cursors.at(-1) ?? null);
  const doors = await readDoors(context, person, about.only);
  return { doors: await toldApart(context, person, doors), next: null };
}
