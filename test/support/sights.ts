import { type Door, NO_CODES } from '../../src/domain/door.ts';
import type { Happening } from '../../src/domain/happening.ts';
import { homeOf } from '../../src/domain/home.ts';
import {
  accessCodeId,
  codeId,
  connectedAccountId,
  deviceId,
  installationScope,
  interactionId,
  listingId,
  moveId,
  slackUserId,
} from '../../src/domain/ids.ts';
import type { SlackIdentity } from '../../src/domain/person.ts';
import type { StoredCode } from '../../src/store/code-row.ts';
import type { Follow } from '../../src/store/follow-row.ts';
import type { HomeListing, MessageListing } from '../../src/store/listings.ts';
import type { Move, MoveRequest } from '../../src/store/move-row.ts';

/** A moment to count from: 2026-06-01, 08:00 UTC. */
export const START = Date.parse('2026-06-01T08:00:00.000Z');

/** Someone of a workspace. */
export function someone(userId = 'U0OLIVIA', scope = 'T0HOME'): SlackIdentity {
  return { scope: installationScope(scope), userId: slackUserId(userId) };
}

/** A door that is locked, online and well, unless it is said otherwise. */
export function aDoor(facts: Partial<Door> = {}): Door {
  return {
    id: deviceId('door-1'),
    accountId: connectedAccountId('account-1'),
    name: 'Front Door',
    state: 'locked',
    online: true,
    battery: { level: 0.9, status: 'full' },
    canUnlock: true,
    canLock: true,
    codes: NO_CODES,
    problems: [],
    ...facts,
  };
}

/** A message that shows one door. */
export function aListing(facts: Partial<MessageListing> = {}): MessageListing {
  return {
    id: listingId('listing-1'),
    owner: someone(),
    place: 'message',
    shownAt: START,
    cursors: [null],
    next: null,
    doors: [aDoor()],
    about: null,
    ...facts,
  };
}

/** A Home that shows one door and one account. */
export function aHome(facts: Partial<HomeListing> = {}): HomeListing {
  const owner = someone();
  const account = { id: connectedAccountId('account-1'), name: 'August, olivia@example.com', healthy: true };
  return { ...aListing(), id: homeOf(owner), place: 'home', accounts: [account], ...facts };
}

/** Something that Seam told of the door: unlocked by hand, unless it is said otherwise. */
export function aHappening(facts: Partial<Happening> = {}): Happening {
  return {
    id: 'event-1',
    deviceId: deviceId('door-1'),
    accountId: connectedAccountId('account-1'),
    kind: 'unlocked',
    how: 'by_hand',
    codeId: null,
    attemptId: null,
    at: START,
    ...facts,
  };
}

/** What is written of a click before anything is asked of Seam. */
export function aRequest(facts: Partial<MoveRequest> = {}): MoveRequest {
  return {
    id: moveId('unlock-1'),
    interaction: interactionId('T0HOME:U0OLIVIA:trigger-1'),
    who: someone(),
    deviceId: deviceId('door-1'),
    verb: 'unlock',
    via: 'message',
    listingId: listingId('listing-1'),
    responseUrl: { url: 'https://hooks.slack.com/actions/T0HOME/1/secret', expiresAt: START + 1_800_000 },
    requestedAt: START,
    ...facts,
  };
}

/** A row of the journal, under way unless it is said otherwise. */
export function aMove(facts: Partial<Move> = {}): Move {
  return {
    ...aRequest(),
    executionId: null,
    state: 'under_way',
    joinedId: null,
    doorName: null,
    sentAt: null,
    attemptId: null,
    outcome: null,
    endedAt: null,
    toldAt: null,
    ...facts,
  };
}

/** A door that is followed in its list and locks by itself after a minute, unless it is said otherwise. */
export function aFollow(facts: Partial<Follow> = {}): Follow {
  return {
    moveId: moveId('unlock-1'),
    who: someone(),
    deviceId: deviceId('door-1'),
    doorName: 'Kitchen <!channel> & 🚪',
    canLock: true,
    place: 'list',
    unlockedAt: START,
    shownAt: START,
    postsLeft: 3,
    locksAt: START + 60_000,
    lockTries: 0,
    card: null,
    note: null,
    ...facts,
  };
}

/** A code for Anna that works, unless it is said otherwise. */
export function aCode(facts: Partial<StoredCode> = {}): StoredCode {
  return {
    id: codeId('code-1'),
    who: someone(),
    deviceId: deviceId('door-1'),
    doorName: 'Front Door',
    accountId: connectedAccountId('account-1'),
    guest: 'Anna',
    startsAt: null,
    endsAt: START + 7_200_000,
    offline: false,
    accessCodeId: accessCodeId('access-code-1'),
    lockName: 'Anna code1',
    standing: { kind: 'set' },
    requestedAt: START,
    sentAt: START,
    revokedAt: null,
    changedAt: START,
    told: null,
    card: null,
    responseUrl: null,
    ...facts,
  };
}
