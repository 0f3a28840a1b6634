import type { ListingId } from '../domain/ids.ts';
import type { SlackIdentity } from '../domain/person.ts';
import type { Listing } from '../store/listings.ts';
import type { Store } from '../store/store.ts';
import { doorsMessage } from '../views/doors.ts';
import type { Message } from './message.ts';
import type { Delivery, Messenger, Recipient } from './messenger.ts';

/** The messages that show a person's doors. Everyone who changes one does it through here. */
export interface DoorsMessages {
  /** What the message last showed, if it is this person's own. */
  find(who: SlackIdentity, id: ListingId): Promise<Listing | null>;
  /** Shows the doors where the person asked for them. */
  show(to: Recipient & { readonly inOwnMessage: boolean }, listing: Listing): Promise<Delivery>;
  /** Draws the message anew from what was last listed and the journal; where there is none, says `otherwise`. */
  redraw(to: Recipient, id: ListingId, otherwise: Message): Promise<Delivery>;
  /** The same for what another drawing will soon follow: one try, and nothing instead. */
  hint(to: Recipient, id: ListingId, otherwise: Message): Promise<void>;
  /** Something else is to take the place of this person's message: it is not drawn any more. */
  release(who: SlackIdentity, id: ListingId): Promise<void>;
}

/**
 * One message is drawn by one drawing at a time, each reading what is true then, so that an older drawing never
 * lands on a newer one.
 */
export function createDoorsMessages(store: Store, messenger: Messenger, paused: boolean): DoorsMessages {
  const lastDrawing = new Map<ListingId, Promise<unknown>>();

  const inTurn = async <Result>(id: ListingId, draw: () => Promise<Result>): Promise<Result> => {
    const before = lastDrawing.get(id) ?? Promise.resolve();
    const drawing = before.then(draw);
    const settled = drawing.catch(() => undefined);
    lastDrawing.set(id, settled);
    try {
      return await drawing;
    } finally {
      if (lastDrawing.get(id) === settled) lastDrawing.delete(id);
    }
  };

  const find = async (who: SlackIdentity, id: ListingId): Promise<Listing | null> => {
    const listing = await store.listings.find(id);
    const own = listing?.owner.userId === who.userId && listing.owner.scope === who.scope;
    return own ? listing : null;
  };

  const draw = async (listing: Listing): Promise<Message> => {
    const ids = listing.doors.map((door) => door.id);
    const [sightings, moves, pausedSince] = await Promise.all([
      store.sightings.of(ids),
      store.moves.latest(listing.owner, ids),
      store.pauses.since(listing.owner),
    ]);
    return doorsMessage({ listing, sightings, moves, paused, pausedByOwner: pausedSince !== null });
  };

  return {
    find,

    async show(to, listing) {
      return messenger.answer(to, await draw(listing));
    },

    redraw: (to, id, otherwise) =>
      inTurn(id, async () => {
        const listing = await store.listings.find(id);
        return listing === null
          ? messenger.post(to, otherwise)
          : messenger.replace(to, await draw(listing), otherwise);
      }),

    hint: (to, id, otherwise) =>
      inTurn(id, async () => {
        const listing = await store.listings.find(id);
        if (listing === null) await messenger.hint(to, otherwise, { inPlace: false });
        else await messenger.hint(to, await draw(listing), { inPlace: true });
      }),

    release: (who, id) =>
      inTurn(id, async () => {
        if ((await find(who, id)) !== null) await store.listings.remove(id);
      }),
  };
}
