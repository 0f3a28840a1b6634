import { keepClientSession } from '../../client-session.ts';
import type { Context } from '../../context.ts';
import { turnedAway } from '../../domain/access.ts';
import { canBeSeenLocked } from '../../domain/follow.ts';
import { standingOf } from '../../standing.ts';
import type { Follow } from '../../store/follow-row.ts';
import type { StoredPerson } from '../../store/people.ts';

/** What Seam says of a followed door now. `unknown`: it does not say. */
export type DoorNow =
  | { readonly kind: 'locked' | 'unlocked' | 'unknown'; readonly canLock: boolean }
  /** Seam, or our own record, could not be asked. */
  | { readonly kind: 'not_asked' }
  /** Its person has disconnected the account, or the lock is not in it any more. */
  | { readonly kind: 'not_theirs' };

/**
 * Asks Seam about the door, with one call, and keeps what is new in it. That it is locked counts after an unlock that the
 * lock has confirmed: else nobody knows.
 */
export async function lookAtDoor(context: Context, follow: Follow): Promise<DoorNow> {
  const { store, time, log } = context;
  const { who, deviceId } = follow;
  const at = time.now();
  const now = await askDoor(context, follow);
  if (now.kind !== 'locked' && now.kind !== 'unlocked') return now;
  try {
    const unlock = await store.moves.find(follow.moveId);
    if (now.kind === 'locked' && (unlock === null || !canBeSeenLocked(unlock)))
      return { kind: 'unknown', canLock: now.canLock };
    const known = (await store.sightings.of([deviceId])).get(deviceId);
    if (known?.state !== now.kind)
      await store.sightings.record({ deviceId, state: now.kind, how: 'seen', at });
    return now;
  } catch (error) {
    log.warn({ user: who.userId, device: deviceId, err: error }, 'how a followed door is was not written');
    return { kind: 'not_asked' };
  }
}

/** Asks Seam about the door, with one call. Of a lock that is offline nothing is known. */
export async function askDoor(context: Context, { who, deviceId }: Follow): Promise<DoorNow> {
  const { store, seam, time, newId, log } = context;
  const person = await store.people.ensure(who, newId, time.now());
  try {
    await keepClientSession(context, person);
    const door = await seam.door(person.key, deviceId);
    const mine = await store.accounts.of(person.key);
    if (door === null || !mine.has(door.accountId)) return { kind: 'not_theirs' };
    const { state, online, canLock } = door;
    if (online === false || state === 'unknown') return { kind: 'unknown', canLock };
    return { kind: state, canLock };
  } catch (error) {
    log.warn({ user: who.userId, device: deviceId, err: error }, 'a followed door could not be asked about');
    return { kind: 'not_asked' };
  }
}

/** Its person, if they may still do something here; while Slack cannot be asked, they may. */
export async function personOf(context: Context, { who }: Follow): Promise<StoredPerson | null> {
  const { store, time, newId, log } = context;
  const person = await store.people.ensure(who, newId, time.now());
  try {
    return turnedAway(await standingOf(context, person), context) === null ? person : null;
  } catch (error) {
    log.warn({ user: who.userId, err: error }, 'it could not be asked whether a person is still here');
    return person;
  }
}
