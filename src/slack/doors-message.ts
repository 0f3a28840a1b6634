import type { ListingId } from '../domain/ids.ts';
import type { Listing } from '../store/listings.ts';
import type { Store } from '../store/store.ts';
import { doorsMessage } from '../views/doors.ts';
import type { Message } from './message.ts';
import type { Delivery, Messenger, Recipient } from './messenger.ts';

/** The messages that show a person's doors. Everyone who changes one draws it through here. */
export interface DoorsMessages {
  /** Shows the doors where the person asked for them. */
  show(to: Recipient & { readonly inOwnMessage: boolean }, listing: Listing): Promise<Delivery>;
  /**
   * Draws the message anew from what was last listed and the journal. One message is drawn by one drawing at a
   * time, each reading what is true then, so that an older drawing never lands on a newer one.
   */
  redraw(to: Recipient, id: ListingId, otherwise: Message): Promise<Delivery>;
}

export function createDoorsMessages(store: Store, messenger: Messenger): DoorsMessages {
  const lastDrawing = new Map<ListingId, Promise<unknown>>();

  return {
    async show(to, listing) {
      return messenger.answer(to, await draw(listing));
    },

    async redraw(to, id, otherwise) {
      const before = lastDrawing.get(id) ?? Promise.resolve();
      const drawing = before.then(() => redrawNow(to, id, otherwise));
      const settled = drawing.catch(() => undefined);
      lastDrawing.set(id, settled);
      try {
        return await drawing;
      } finally {
        if (lastDrawing.get(id) === settled) lastDrawing.delete(id);
      }
    },
  };

  async function redrawNow(to: Recipient, id: ListingId, otherwise: Message): Promise<Delivery> {
    const listing = await store.listings.find(id);
    if (listing === null) return messenger.post(to, otherwise);
    return messenger.replace(to, await draw(listing), otherwise);
  }

  async function draw(listing: Listing): Promise<Message> {
    const ids = listing.doors.map((door) => door.id);
    const [sightings, unlocks] = await Promise.all([
      store.sightings.of(ids),
      store.unlocks.latest(listing.owner, ids),
    ]);
    return doorsMessage({ listing, sightings, unlocks });
  }
}
