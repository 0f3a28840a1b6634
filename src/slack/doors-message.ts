import { mayBeUnlocked } from '../domain/follow.ts';
import type { DeviceId, ListingId } from '../domain/ids.ts';
import type { SlackIdentity } from '../domain/person.ts';
import { Turns } from '../domain/turns.ts';
import type { Listing } from '../store/listings.ts';
import type { Move } from '../store/move-row.ts';
import type { Store } from '../store/store.ts';
import type { LocksAgain } from '../views/door.ts';
import { doorsMessage, showsMove } from '../views/doors.ts';
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
  /**
   * Draws a message that its person does not wait for anew, where it still stands: false when it was not changed. What
   * is drawn for the last time says when that was (`asOf`, ms).
   */
  follow(to: Recipient, id: ListingId, asOf: number | null): Promise<boolean>;
  /** Something else is to take the place of this person's message: it is not drawn any more. */
  release(who: SlackIdentity, id: ListingId): Promise<void>;
}

/**
 * One message is drawn by one drawing at a time, each reading what is true then, so that an older drawing never
 * lands on a newer one.
 */
export function createDoorsMessages(store: Store, messenger: Messenger, paused: boolean): DoorsMessages {
  const drawings = new Turns<ListingId>();

  const find = async (who: SlackIdentity, id: ListingId): Promise<Listing | null> => {
    const listing = await store.listings.find(id);
    const own = listing?.owner.userId === who.userId && listing.owner.scope === who.scope;
    return own ? listing : null;
  };

  const draw = async (listing: Listing, asOf: number | null = null): Promise<Message> => {
    const ids = listing.doors.map((door) => door.id);
    const [sightings, moves] = await Promise.all([
      store.sightings.of(ids),
      store.moves.latest(listing.owner, ids),
    ]);
    const locking = await locksAgain(store, listing, moves);
    return doorsMessage({ listing, sightings, moves, locking, paused, asOf });
  };

  return {
    find,

    async show(to, listing) {
      return messenger.answer(to, await draw(listing));
    },

    redraw: (to, id, otherwise) =>
      drawings.take(id, async () => {
        const listing = await store.listings.find(id);
        return listing === null
          ? messenger.post(to, otherwise)
          : messenger.replace(to, await draw(listing), otherwise);
      }),

    hint: (to, id, otherwise) =>
      drawings.take(id, async () => {
        const listing = await store.listings.find(id);
        if (listing === null) await messenger.hint(to, otherwise, { inPlace: false });
        else await messenger.hint(to, await draw(listing), { inPlace: true });
      }),

    follow: (to, id, asOf) =>
      drawings.take(id, async () => {
        const listing = await store.listings.find(id);
        return listing !== null && messenger.redo(to, await draw(listing, asOf));
      }),

    release: (who, id) =>
      drawings.take(id, async () => {
        if ((await find(who, id)) !== null) await store.listings.remove(id);
      }),
  };
}

/**
 * Which doors that were unlocked here are to be locked again by themselves, and when. An unlock that nobody follows yet
 * is about to be, as its person set it.
 */
async function locksAgain(
  store: Store,
  listing: Listing,
  moves: ReadonlyMap<DeviceId, Move>,
): Promise<ReadonlyMap<DeviceId, LocksAgain>> {
  const open = [...moves.values()].filter(
    (move) =>
      showsMove(listing, move) &&
      move.verb === 'unlock' &&
      move.outcome !== null &&
      mayBeUnlocked(move.outcome),
  );
  const ids = open.map(({ deviceId }) => deviceId);
  const [follows, settings] = await Promise.all([
    store.follows.ofPerson(listing.owner, ids),
    store.doorSettings.of(listing.owner, ids),
  ]);
  const locking = new Map<DeviceId, LocksAgain>();
  for (const { id, deviceId, endedAt } of open) {
    const follow = follows.get(deviceId);
    const after = settings.get(deviceId)?.lockAfterMs ?? null;
    const set = after === null || endedAt === null ? null : endedAt + after;
    const at = follow?.moveId === id ? follow.locksAt : set;
    if (at !== null) locking.set(deviceId, { at, moveId: id });
  }
  return locking;
}
