import type { HomeView, KnownBlock } from '@slack/types';
import type { Door } from '../domain/door.ts';
import { doorSince } from '../domain/door-since.ts';
import type { Happening } from '../domain/happening.ts';
import type { AccessCodeId } from '../domain/ids.ts';
import { moment } from '../slack/mrkdwn.ts';
import type { HomeListing } from '../store/listings.ts';
import type { Move } from '../store/move-row.ts';
import { actions } from './actions.ts';
import { button, buttons, ownedBy, paragraph, smallPrint, verbatim } from './blocks.ts';
import { doorRows } from './door.ts';
import { type DoorsSight, PAUSED, sightsOf, titleOf, turnButtons } from './doors.ts';
import { accountRows, activityPart, heading, settingsPart } from './home-parts.ts';
import { NO_DOORS } from './welcome.ts';

/** All that a person's Home shows, at the moment of drawing. */
export interface HomeSight extends DoorsSight {
  readonly listing: HomeListing;
  /** What was sent to doors lately: by the owner to any, and by others to these. */
  readonly sent: readonly Move[];
  /** What Seam told of these doors lately. */
  readonly happenings: readonly Happening[];
  /** What the codes are called that were typed, as far as they were made here. */
  readonly codes: ReadonlyMap<AccessCodeId, string>;
  /** When the person stopped their own unlocks, ms; null while they may unlock. */
  readonly pausedAt: number | null;
  /** Why what is shown is not what Seam says now, in words of ours; null where all is well. */
  readonly trouble: string | null;
  /** ms. */
  readonly now: number;
}

/** How long what Seam said of a bolt is worth repeating, ms: after that nobody knows, unless it was seen since. */
const STATE_LIFE_MS = 12 * 60 * 60 * 1000;

/**
 * A person's Home: at most 15 doors of 3 blocks each, and 38 blocks around them, of the 100 that Slack takes.
 */
export function homeView(sight: HomeSight): HomeView {
  const { sent, happenings, codes, pausedAt, now } = sight;
  const listing = { ...sight.listing, doors: sight.listing.doors.map((door) => doorNow(sight, door)) };
  const { doors, owner, shownAt } = listing;
  return {
    type: 'home',
    blocks: [
      heading(titleOf(listing)),
      ...troubleRows(sight),
      ...(sight.paused ? [paragraph(`*${PAUSED}* You can still lock them.`)] : []),
      ...(pausedAt === null ? [] : [paragraph(pausedLine(pausedAt))]),
      ...(doors.length === 0 ? [verbatim(nothingLine(listing))] : []),
      ...sightsOf({ ...sight, listing }).flatMap((door) => doorRows(door, listing)),
      buttons(...turnButtons(listing)),
      smallPrint(`As of ${moment(Math.min(shownAt, now))}, and what was heard since.`),
      ...accountRows(listing),
      ...activityPart({ owner: owner.userId, doors, moves: sent, happenings, codes }),
      ...settingsPart({ owner: owner.userId, pausedAt }),
    ],
  };
}

/** What Seam told since it was asked is newer than what it said then; what it said long ago is worth nothing. */
function doorNow({ listing, happenings, now }: HomeSight, door: Door): Door {
  const known = doorSince(door, happenings, listing.shownAt);
  return now - listing.shownAt > STATE_LIFE_MS ? { ...known, state: 'unknown' } : known;
}

function troubleRows({ listing, trouble }: HomeSight): KnownBlock[] {
  if (trouble === null) return [];
  const again = button('Try again', actions.homeOpen, ownedBy(listing.owner.userId));
  return [paragraph(`${trouble}\nWhat is shown was last asked for ${moment(listing.shownAt)}.`, again)];
}

function pausedLine(pausedAt: number): string {
  return `*You paused opening doors ${moment(pausedAt)}.* Type \`/locks resume\` to end that.`;
}

function nothingLine({ cursors }: HomeListing): string {
  if (cursors.length > 1) return 'There are no doors on this page.';
  return NO_DOORS;
}
