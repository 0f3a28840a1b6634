import { mayBeUnlocked } from '../domain/follow.ts';
import type { DeviceId } from '../domain/ids.ts';
import type { Listing } from '../store/listings.ts';
import type { Move } from '../store/move-row.ts';
import type { Store } from '../store/store.ts';
import type { LocksAgain } from '../views/door.ts';
import { showsMove } from '../views/doors.ts';

/**
 * Which doors that were unlocked here are to be locked again by themselves, and when. An unlock that nobody follows yet
 * is about to be, as its person set it.
 */
export async function locksAgain(
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
