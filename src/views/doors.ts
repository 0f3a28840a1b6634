import type { Sighting } from '../domain/door.ts';
import type { DeviceId } from '../domain/ids.ts';
import type { Message } from '../slack/message.ts';
import { moment } from '../slack/mrkdwn.ts';
import type { Listing } from '../store/listings.ts';
import type { Move } from '../store/move-row.ts';
import { actions } from './actions.ts';
import { button, buttons, message, ownedBy, paragraph, smallPrint } from './blocks.ts';
import { type DoorSight, doorRows, doorSpoken, type LocksAgain, stateNow } from './door.ts';

/** All that the message of a person's doors shows, at the moment of drawing. */
export interface DoorsSight {
  readonly listing: Listing;
  readonly sightings: ReadonlyMap<DeviceId, Sighting>;
  readonly moves: ReadonlyMap<DeviceId, Move>;
  /** Those that are to be locked again by themselves. */
  readonly locking: ReadonlyMap<DeviceId, LocksAgain>;
  /** Whether the operator has stopped all moves. */
  readonly paused: boolean;
  /** For a message that cannot be changed any more: when it was true, ms. */
  readonly asOf: number | null;
}

const LAST = 'Slack lets nobody change this message any more: Refresh shows how your doors are now.';
const PAUSED = 'Opening doors is paused for everybody by the person who set up Latchbolt.';

/** The message of a person's doors: drawn whole each time, since Slack does not give its blocks back. */
export function doorsMessage({ listing, sightings, moves, locking, paused, asOf }: DoorsSight): Message {
  const sights = listing.doors.map((door): DoorSight => {
    const move = moves.get(door.id) ?? null;
    const sighting = sightings.get(door.id) ?? null;
    return {
      door: { ...door, state: stateNow({ door, sighting }, listing) },
      sighting,
      move: move !== null && showsMove(listing, move) ? move : null,
      locksAgain: locking.get(door.id) ?? null,
    };
  });
  const page = listing.cursors.length;
  const several = page > 1 || listing.next !== null;
  const title = several ? `Your doors, page ${page}` : 'Your doors';
  const nothing = listing.doors.length === 0 ? 'There are no doors on this page.' : '';
  const pause = paused ? [PAUSED] : [];
  return message(
    [`${title}.`, ...pause, nothing, ...sights.map(doorSpoken), asOf === null ? '' : LAST]
      .filter((part) => part !== '')
      .join(' '),
    paragraph(`*${title}*`),
    ...pause.map(smallPrint),
    ...(nothing === '' ? [] : [smallPrint(nothing)]),
    ...sights.flatMap((sight) => doorRows(sight, listing)),
    ...(asOf === null ? [] : [smallPrint(`As of ${moment(asOf)}. ${LAST}`)]),
    controls(listing),
  );
}

/**
 * Whether the message shows this unlock: one under way always, one that ended only until the list is made anew,
 * when Seam's own state is newer.
 */
export function showsMove(listing: Listing, move: Move): boolean {
  if (!listing.doors.some((door) => door.id === move.deviceId)) return false;
  return move.state === 'under_way' || (move.endedAt !== null && move.endedAt >= listing.shownAt);
}

function controls(listing: Listing) {
  const { value } = ownedBy(listing.owner.userId, listing.id);
  return buttons(
    ...(listing.cursors.length > 1 ? [button('Previous', actions.listPrevious, { value })] : []),
    ...(listing.next === null ? [] : [button('Next', actions.listNext, { value })]),
    button('Refresh', actions.listRefresh, { value }),
    button('Connect another account', actions.connectStart, { value }),
  );
}
