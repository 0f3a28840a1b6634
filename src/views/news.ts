/** What became of a door after an unlock, in words: in its row of a list, on its card, and in a message of its own. */
import type { Button } from '@slack/types';
import type { Sighting } from '../domain/door.ts';
import type { SeenHow } from '../domain/happening.ts';
import type { DeviceId, ListingId, MoveId, SlackUserId } from '../domain/ids.ts';
import type { SlackIdentity } from '../domain/person.ts';
import { cut, moment, plain } from '../slack/mrkdwn.ts';
import type { Move } from '../store/move-row.ts';
import { actions } from './actions.ts';
import { button, ownedBy } from './blocks.ts';

/** How somebody else, or the lock itself, moved the bolt. */
const BY: Readonly<Record<SeenHow, string>> = {
  remote: ' from afar',
  keypad: ' with the keypad',
  card: ' with a card or a phone',
  by_hand: ' by hand',
  by_itself: ' by itself',
  unknown: '',
  asked: ' from Slack',
  seen: '',
};

/** What the door did after `move`, its person's last one; without a mark at its end. */
export function newsLine({ state, how }: Sighting, move: Pick<Move, 'verb' | 'outcome'>): string {
  if (state === 'unlocked') return `${how === 'seen' ? 'Seen unlocked' : 'Unlocked'}${BY[how]}`;
  const wasOpen =
    move.verb === 'unlock' && (move.outcome?.kind === 'unlocked' || move.outcome?.kind === 'sent');
  const locked = how === 'seen' ? 'Seen locked' : 'Locked';
  return `${locked}${wasOpen ? ' again' : ''}${BY[how]}`;
}

/** The same with its moment, as mrkdwn. */
export function newsFact(line: string, { state, at }: Sighting): string {
  return `${state === 'locked' ? ':lock:' : ':unlock:'} *${line}* ${moment(at)}`;
}

/** What the person themselves did before that, as mrkdwn; nothing where that moved nothing. */
export function beforeFact({ verb, via, outcome, endedAt }: Move): string[] {
  if (outcome === null || endedAt === null) return [];
  const by = via === 'timer' ? 'by itself, as you set it,' : 'by you';
  switch (outcome.kind) {
    case 'unlocked':
      return [`Unlocked ${by} ${moment(endedAt)}`];
    case 'locked':
      return [`Locked ${by} ${moment(endedAt)}`];
    case 'sent':
    case 'unknown':
      return [`Asked to ${verb} ${by} ${moment(endedAt)}`];
    case 'failed':
    case 'refused':
      return [];
  }
}

/** Calls off the locking by itself after this unlock. `list`: where the button stands, if that is a list. */
export function keepButton(
  doorName: string,
  owner: SlackIdentity,
  { moveId }: { readonly moveId: MoveId },
  list: ListingId | null,
): Button {
  return button('Keep unlocked', actions.followKeep, {
    ...ownedBy(owner.userId, moveId, ...(list === null ? [] : [list])),
    accessibility_label: cut(`Keep ${plain(doorName)} unlocked`, 75),
  });
}

/** Locks a door from a message that shows no list. */
export function lockNowButton(doorName: string, owner: SlackUserId, deviceId: DeviceId): Button {
  return button('Lock now', actions.doorLock, {
    ...ownedBy(owner, NO_LIST, deviceId),
    accessibility_label: cut(`Lock ${plain(doorName)} now`, 75),
    style: 'primary',
  });
}

/** Stands where a button names its list. */
const NO_LIST = '-';

/** Opens what the person wants when this door stays unlocked. */
export function settingsButton(doorName: string, owner: SlackUserId, deviceId: DeviceId): Button {
  return button('Settings', actions.autolockOpen, {
    ...ownedBy(owner, deviceId),
    accessibility_label: cut(`Settings of ${plain(doorName)}`, 75),
  });
}
