import type { ListingId } from '../domain/ids.ts';
import type { SlackIdentity } from '../domain/person.ts';
import { Turns } from '../domain/turns.ts';
import type { Log } from '../log.ts';
import type { HomeListing, Listing, MessageListing } from '../store/listings.ts';
import type { Store } from '../store/store.ts';
import { doorsMessage } from '../views/doors.ts';
import type { Homes } from './homes.ts';
import { locksAgain } from './locks-again.ts';
import type { Message } from './message.ts';
import type { Delivery, Messenger, Recipient } from './messenger.ts';

/** The messages and Homes that show a person's doors. Everyone who changes one does it through here. */
export interface DoorsMessages {
  /** What it last showed, if it is this person's own. */
  find(who: SlackIdentity, id: ListingId): Promise<Listing | null>;
  /** Shows the doors where the person asked for them. */
  show(to: Recipient & { readonly inOwnMessage: boolean }, listing: MessageListing): Promise<Delivery>;
  /**
   * Draws it anew from what was last listed and the journal; where that cannot be, says `otherwise`. A Home also says
   * the `trouble` with which it was asked for.
   */
  redraw(to: Recipient, id: ListingId, otherwise: Message, trouble?: string): Promise<Delivery>;
  /** The same for what another drawing will soon follow: one try, and nothing instead. */
  hint(to: Recipient, id: ListingId, otherwise: Message): Promise<void>;
  /** The same for a Home that nobody clicked in: one try, whose error is thrown; nothing where there is none. */
  publish(id: ListingId, trouble?: string): Promise<void>;
  /**
   * Draws a message that its person does not wait for anew, where it still stands: false when it was not changed. What
   * is drawn for the last time says when that was (`asOf`, ms).
   */
  follow(to: Recipient, id: ListingId, asOf: number | null): Promise<boolean>;
  /** Something else is to take the place of this person's message: it is not drawn any more. */
  release(who: SlackIdentity, id: ListingId): Promise<void>;
}

interface Needs {
  readonly store: Store;
  readonly messenger: Messenger;
  readonly homes: Homes;
  /** Whether the operator has stopped all unlocks. */
  readonly paused: boolean;
  readonly log: Log;
}

/**
 * One message or Home is drawn by one drawing at a time, each reading what is true then, so that an older drawing
 * never lands on a newer one.
 */
export function createDoorsMessages({ store, messenger, homes, paused, log }: Needs): DoorsMessages {
  const drawings = new Turns<ListingId>();

  const find = async (who: SlackIdentity, id: ListingId): Promise<Listing | null> => {
    const listing = await store.listings.find(id);
    const own = listing?.owner.userId === who.userId && listing.owner.scope === who.scope;
    return own ? listing : null;
  };

  const draw = async (listing: MessageListing, asOf: number | null = null): Promise<Message> => {
    const ids = listing.doors.map((door) => door.id);
    const person = await store.people.find(listing.owner);
    const mine = person === null ? null : await store.accounts.of(person.key);
    // What was listed stays as it was; of a door that is not theirs any more nothing newer is told.
    const theirs = listing.doors.filter(({ accountId }) => mine?.has(accountId) === true).map(({ id }) => id);
    const [sightings, moves, favourites, pausedSince] = await Promise.all([
      store.sightings.of(theirs),
      store.moves.latest(listing.owner, ids),
      store.names.favourites(listing.owner),
      store.pauses.since(listing.owner),
    ]);
    const pausedByOwner = pausedSince !== null;
    const locking = await locksAgain(store, listing, moves);
    return doorsMessage({ listing, sightings, moves, locking, favourites, paused, pausedByOwner, asOf });
  };

  const showHome = async (
    to: Recipient,
    home: HomeListing,
    otherwise: Message,
    trouble?: string,
  ): Promise<Delivery> => {
    try {
      await homes.publish(home, trouble);
      return 'in_place';
    } catch (error) {
      log.warn({ user: to.userId, err: error }, 'a Home could not be drawn');
      return messenger.post(to, otherwise);
    }
  };

  return {
    find,

    async show(to, listing) {
      return messenger.answer(to, await draw(listing));
    },

    redraw: (to, id, otherwise, trouble) =>
      drawings.take(id, async () => {
        const listing = await store.listings.find(id);
        if (listing === null) return messenger.post(to, otherwise);
        if (listing.place === 'home') return showHome(to, listing, otherwise, trouble);
        return messenger.replace(to, await draw(listing), otherwise);
      }),

    hint: (to, id, otherwise) =>
      drawings.take(id, async () => {
        const listing = await store.listings.find(id);
        if (listing === null) await messenger.hint(to, otherwise, { inPlace: false });
        else if (listing.place === 'home') await homes.publish(listing);
        else await messenger.hint(to, await draw(listing), { inPlace: true });
      }),

    publish: (id, trouble) =>
      drawings.take(id, async () => {
        const listing = await store.listings.find(id);
        if (listing?.place === 'home') await homes.publish(listing, trouble);
      }),

    follow: (to, id, asOf) =>
      drawings.take(id, async () => {
        const listing = await store.listings.find(id);
        return listing?.place === 'message' && messenger.redo(to, await draw(listing, asOf));
      }),

    release: (who, id) =>
      drawings.take(id, async () => {
        if ((await find(who, id)) !== null) await store.listings.remove(id);
      }),
  };
}
