import type { Button } from '@slack/types';
import type { Sighting } from '../domain/door.ts';
import type { DeviceId } from '../domain/ids.ts';
import type { Message } from '../slack/message.ts';
import type { Listing } from '../store/listings.ts';
import type { Move } from '../store/move-row.ts';
import { actions } from './actions.ts';
import { button, buttons, message, ownedBy, paragraph, smallPrint, verbatim } from './blocks.ts';
import { type DoorSight, doorRows, doorSpoken } from './door.ts';

/** All that the message of a person's doors shows, at the moment of drawing. */
export interface DoorsSight {
  readonly listing: Listing;
  readonly sightings: ReadonlyMap<DeviceId, Sighting>;
  readonly moves: ReadonlyMap<DeviceId, Move>;
  /** The person's favourites. */
  readonly favourites: readonly DeviceId[];
  /** Whether the operator has stopped all moves. */
  readonly paused: boolean;
}

/** Said where doors are shown while the operator has stopped all unlocks. */
export const PAUSED = 'Opening doors is paused for everybody by the person who set up Latchbolt.';

/** The message of a person's doors: drawn whole each time, since Slack does not give its blocks back. */
export function doorsMessage({ listing, sightings, moves, favourites, paused }: DoorsSight): Message {
  const sights = sightsOf(listing, sightings, moves);
  const title = titleOf(listing);
  const nothing = listing.doors.length === 0 ? 'There are no doors on this page.' : '';
  const pause = paused ? [PAUSED] : [];
  return message(
    [listing.about === null ? `${title}.` : title, ...pause, nothing, ...sights.map(doorSpoken)]
      .filter((part) => part !== '')
      .join(' '),
    listing.about === null ? paragraph(`*${title}*`) : verbatim(title),
    ...pause.map(smallPrint),
    ...(nothing === '' ? [] : [smallPrint(nothing)]),
    ...sights.flatMap((sight) => doorRows(sight, listing)),
    buttons(...controls(listing, favourites)),
  );
}

/** What is known of each door of the list. */
export function sightsOf(
  listing: Listing,
  sightings: DoorsSight['sightings'],
  moves: DoorsSight['moves'],
): readonly DoorSight[] {
  return listing.doors.map((door) => {
    const move = moves.get(door.id) ?? null;
    return {
      door,
      sighting: sightings.get(door.id) ?? null,
      move: move !== null && showsMove(listing, move) ? move : null,
    };
  });
}

/** What stands over the doors: which page it is, where there are several. */
export function titleOf({ about, cursors, next }: Listing): string {
  if (about !== null) return about.heading;
  return cursors.length > 1 || next !== null ? `Your doors, page ${cursors.length}` : 'Your doors';
}

/**
 * Whether the message shows this unlock: one under way always, one that ended only until the list is made anew,
 * when Seam's own state is newer.
 */
export function showsMove(listing: Listing, move: Move): boolean {
  if (!listing.doors.some((door) => door.id === move.deviceId)) return false;
  return move.state === 'under_way' || (move.endedAt !== null && move.endedAt >= listing.shownAt);
}

/** The way to other pages, and to what is true now. */
export function turnButtons(listing: Listing): Button[] {
  const value = held(listing);
  return [
    ...(listing.cursors.length > 1 ? [button('Previous', actions.listPrevious, value)] : []),
    ...(listing.next === null ? [] : [button('Next', actions.listNext, value)]),
    button('Refresh', actions.listRefresh, value),
  ];
}

/** The way to one more account. */
export function connectButton(listing: Listing): Button {
  return button('Connect another account', actions.connectStart, held(listing));
}

/** What its buttons carry. */
function held({ owner, id }: Listing): { value: string } {
  return ownedBy(owner.userId, id);
}

function controls(listing: Listing, favourites: readonly DeviceId[]): Button[] {
  const turns = turnButtons(listing);
  return listing.about === null
    ? [...turns, connectButton(listing)]
    : [...turns, ...favouriteButton(listing, favourites)];
}

/** In a message of one door there is room for it. */
function favouriteButton({ id, owner, doors }: Listing, favourites: readonly DeviceId[]): Button[] {
  const [door, another] = doors;
  if (door === undefined || another !== undefined) return [];
  const is = favourites.includes(door.id);
  return [
    button(
      is ? 'Remove from favourites' : 'Add to favourites',
      is ? actions.favouriteRemove : actions.favouriteAdd,
      ownedBy(owner.userId, door.id, id),
    ),
  ];
}
