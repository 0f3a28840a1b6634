import type { Button } from '@slack/types';
import { takesCodes } from '../domain/code.ts';
import type { Sighting } from '../domain/door.ts';
import type { DeviceId } from '../domain/ids.ts';
import type { Message } from '../slack/message.ts';
import { cut, moment, plain } from '../slack/mrkdwn.ts';
import type { Listing } from '../store/listings.ts';
import type { Move } from '../store/move-row.ts';
import { actions } from './actions.ts';
import { button, buttons, message, ownedBy, paragraph, smallPrint, verbatim } from './blocks.ts';
import { type DoorSight, doorRows, doorSpoken, type LocksAgain, stateNow } from './door.ts';
import { settingsButton } from './news.ts';

/** What is known of a person's doors, at the moment of drawing. */
export interface DoorsSight {
  readonly listing: Listing;
  readonly sightings: ReadonlyMap<DeviceId, Sighting>;
  readonly moves: ReadonlyMap<DeviceId, Move>;
  /** Those that are to be locked again by themselves. */
  readonly locking: ReadonlyMap<DeviceId, LocksAgain>;
  /** Whether the operator has stopped all unlocks. */
  readonly paused: boolean;
}

/** All that the message of a person's doors shows. */
export interface MessageSight extends DoorsSight {
  /** The person's favourites. */
  readonly favourites: readonly DeviceId[];
  /** Whether the person has stopped their own unlocks. */
  readonly pausedByOwner: boolean;
  /** For a message that cannot be changed any more: when it was true, ms. */
  readonly asOf: number | null;
}

const LAST = 'Slack lets nobody change this message any more: Refresh shows how your doors are now.';
/** Said where doors are shown while the operator has stopped all unlocks. */
export const PAUSED = 'Opening doors is paused for everybody by the person who set up Latchbolt.';
const PAUSED_BY_OWNER = 'You have paused opening doors from Slack. Type /locks resume to end that.';

/**
 * The message of a person's doors: drawn whole each time, since Slack does not give its blocks back. Around 15 doors of
 * 3 blocks each there are 5 at most, which makes the 50 that Slack takes.
 */
export function doorsMessage(sight: MessageSight): Message {
  const { listing, favourites, paused, pausedByOwner, asOf } = sight;
  const sights = sightsOf(sight);
  const title = titleOf(listing);
  const nothing = listing.doors.length === 0 ? 'There are no doors on this page.' : '';
  const pause = [...(paused ? [PAUSED] : []), ...(pausedByOwner ? [PAUSED_BY_OWNER] : [])];
  const spoken = [
    listing.about === null ? `${title}.` : title,
    ...pause,
    nothing,
    ...sights.map(doorSpoken),
    asOf === null ? '' : LAST,
  ];
  return message(
    spoken.filter((part) => part !== '').join(' '),
    listing.about === null ? paragraph(`*${title}*`) : verbatim(title),
    ...pause.map(smallPrint),
    ...(nothing === '' ? [] : [smallPrint(nothing)]),
    ...sights.flatMap((one) => doorRows(one, listing)),
    ...(asOf === null ? [] : [smallPrint(`As of ${moment(asOf)}. ${LAST}`)]),
    controls(listing, favourites),
  );
}

/** What is known of each door of the list. */
export function sightsOf({ listing, sightings, moves, locking }: DoorsSight): readonly DoorSight[] {
  return listing.doors.map((door) => {
    const move = moves.get(door.id) ?? null;
    const sighting = sightings.get(door.id) ?? null;
    return {
      door: { ...door, state: stateNow({ door, sighting }, listing) },
      sighting,
      move: move !== null && showsMove(listing, move) ? move : null,
      locksAgain: locking.get(door.id) ?? null,
    };
  });
}

/**
 * Whether the message shows this unlock: one under way always, one that ended only until the list is made anew,
 * when Seam's own state is newer.
 */
export function showsMove(listing: Listing, move: Move): boolean {
  if (!listing.doors.some((door) => door.id === move.deviceId)) return false;
  return move.state === 'under_way' || (move.endedAt !== null && move.endedAt >= listing.shownAt);
}

/** What stands over the doors: what it is about, or which page of all, where there are several. */
export function titleOf({ about, cursors, next }: Listing): string {
  if (about !== null) return about.heading;
  return cursors.length > 1 || next !== null ? `Your doors, page ${cursors.length}` : 'Your doors';
}

function controls(listing: Listing, favourites: readonly DeviceId[]) {
  const { about } = listing;
  return about === null
    ? buttons(...turnButtons(listing), connectButton(listing))
    : buttons(button('Refresh', actions.listRefresh, held(listing)), ...doorButtons(listing, favourites));
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

/** In a message of one door there is room for what else can be done with it. */
function doorButtons({ id, owner, doors }: Listing, favourites: readonly DeviceId[]): Button[] {
  const [door, another] = doors;
  if (door === undefined || another !== undefined) return [];
  const is = favourites.includes(door.id);
  const name = plain(door.name);
  return [
    ...(takesCodes(door)
      ? [
          button('Make a code', actions.codesMake, {
            ...ownedBy(owner.userId, door.id, name),
            accessibility_label: cut(`Make a code for ${name}`, 75),
          }),
        ]
      : []),
    settingsButton(door.name, owner.userId, door.id),
    button(
      is ? 'Remove from favourites' : 'Add to favourites',
      is ? actions.favouriteRemove : actions.favouriteAdd,
      ownedBy(owner.userId, door.id, id),
    ),
  ];
}
