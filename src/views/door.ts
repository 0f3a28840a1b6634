import type { Button, ContextBlock, KnownBlock } from '@slack/types';
import type { Battery, Door, LockState, Sighting } from '../domain/door.ts';
import { isLockedSince, isNews } from '../domain/follow.ts';
import type { MoveId } from '../domain/ids.ts';
import type { Verb } from '../domain/move.ts';
import type { Outcome } from '../domain/outcome.ts';
import { cut, moment, plain } from '../slack/mrkdwn.ts';
import type { Listing } from '../store/listings.ts';
import type { Move } from '../store/move-row.ts';
import { actions } from './actions.ts';
import { button, buttons, confirmation, ownedBy, plainText, smallPrint, verbatim } from './blocks.ts';
import { beforeFact, keepButton, newsFact, newsLine } from './news.ts';
import { outcomeLine, underWayLine } from './outcome.ts';
import { problemLines } from './problems.ts';

/** Below this a battery is worth a word, 0 to 1. */
const LOW_BATTERY = 0.25;

/** What is known of one door at the moment of drawing. */
export interface DoorSight {
  readonly door: Door;
  readonly sighting: Sighting | null;
  /** The person's move of it that this message has to show: under way, or ended since the list was made. */
  readonly move: Move | null;
  /** When it is to be locked again by itself; null when it is not. */
  readonly locksAgain: LocksAgain | null;
}

/** A door that is to be locked again by itself, at a moment, ms, after this unlock. */
export interface LocksAgain {
  readonly at: number;
  readonly moveId: MoveId;
}

/**
 * A door's rows: its name, what matters about it, and the buttons that make sense for its state. A locked door has one,
 * beside its name. Any other has both in a row of their own: what is known of a bolt can be old, and nobody shall stand
 * before a door that is said to be open. Three blocks at most.
 */
export function doorRows(sight: DoorSight, listing: Listing): KnownBlock[] {
  const offered = sight.move?.state === 'under_way' ? [] : offers(sight, listing);
  const [only] = offered;
  const name = plain(sight.door.name);
  const facts = doorFacts(sight, listing);
  if (offered.length < 2) return [verbatim(name, only), facts];
  return [verbatim(name), facts, buttons(...offered)];
}

function offers(sight: DoorSight, listing: Listing): Button[] {
  const { door } = sight;
  const isLocked = stateNow(sight, listing) === 'locked';
  return [
    ...(door.canLock && !isLocked ? [lockButton(door, listing)] : []),
    ...(door.canUnlock ? [unlockButton(door, listing)] : []),
    ...(sight.locksAgain === null || isLocked
      ? []
      : [keepButton(door.name, listing.owner, sight.locksAgain, listing.id)]),
  ];
}

/** What we saw since the list was made is newer than what Seam said then. */
export function stateNow(
  { door, sighting }: Pick<DoorSight, 'door' | 'sighting'>,
  { shownAt }: Listing,
): LockState {
  return sighting !== null && sighting.at >= shownAt ? sighting.state : door.state;
}

/** The same for someone who hears the message. */
export function doorSpoken(sight: DoorSight): string {
  const { door, move } = sight;
  const name = plain(door.name);
  if (move?.state === 'under_way') return `${name}: ${underWayLine(move.verb).toLowerCase()}.`;
  const news = newsOf(sight);
  const later = locksAgainOf(sight) === null ? '' : ' It locks again by itself.';
  if (news !== null) return `${name}: ${lowerFirst(news)}.${later}`;
  if (move?.outcome != null) return `${name}: ${outcomeLine(move.verb, move.outcome)}${later}`;
  const { ours, seams } = problemLines(door.problems);
  const facts = [STATE_WORDS[door.state], ...(door.online === false ? ['Offline'] : []), ...troubles(door)];
  return `${name}: ${[...facts, ...ours, ...seams].map(lowerFirst).join(', ')}.`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function unlockButton(door: Door, { id, owner }: Listing): Button {
  const name = plain(door.name);
  return button('Unlock', actions.doorUnlock, {
    ...ownedBy(owner.userId, id, door.id),
    accessibility_label: cut(`Unlock ${name}`, 75),
    confirm: confirmation(`Unlock ${name}?`, 'Anyone who stands in front of this door can then open it.', {
      yes: 'Unlock',
    }),
  });
}

function lockButton(door: Door, { id, owner }: Listing): Button {
  return button('Lock', actions.doorLock, {
    ...ownedBy(owner.userId, id, door.id),
    accessibility_label: cut(`Lock ${plain(door.name)}`, 75),
  });
}

function doorFacts(sight: DoorSight, listing: Listing): ContextBlock {
  const { door, sighting, move } = sight;
  if (move?.state === 'under_way') {
    return smallPrint(`:hourglass_flowing_sand: *${underWayLine(move.verb)}…*`);
  }
  const locks = locksAgainOf(sight);
  const later = [
    ...(move?.via === 'timer' ? ['By itself, as you set it'] : []),
    ...(locks === null ? [] : [`Locks again ${moment(locks.at)}`]),
  ];
  const news = newsOf(sight);
  if (news !== null && sighting !== null && move !== null) {
    return smallPrint([newsFact(news, sighting), ...beforeFact(move), ...later].join(' · '));
  }
  if (move?.outcome != null) return outcomeFact(move.verb, move.outcome, move.endedAt, later);
  const { ours, seams } = problemLines(door.problems);
  const facts = [stateFact(sight, listing), ...onlineFact(door.online), ...troubles(door), ...ours];
  return {
    type: 'context',
    elements: [
      { type: 'mrkdwn', text: facts.join(' · ') },
      // Seam's own sentences letter by letter: a vendor's words may be in them.
      ...(seams.length === 0 ? [] : [plainText(seams.join(' · '))]),
    ],
  };
}

/** Nothing where Seam does not say. */
function onlineFact(online: boolean | null): string[] {
  if (online === null) return [];
  return [online ? 'Online' : '*Offline*'];
}

function troubles(door: Door): string[] {
  return [...batteryLine(door.battery), ...(door.canUnlock ? [] : ['Cannot be unlocked from afar'])];
}

/** The outcome letter by letter, since a lock maker's own words may be in it; only the moment is mrkdwn. */
function outcomeFact(
  verb: Verb,
  outcome: Outcome,
  endedAt: number | null,
  later: readonly string[],
): ContextBlock {
  const sign = signOf(verb, outcome);
  return {
    type: 'context',
    elements: [
      { type: 'mrkdwn', text: endedAt === null ? sign : `${sign} ${moment(endedAt)}` },
      plainText(outcomeLine(verb, outcome)),
      ...later.map((text) => ({ type: 'mrkdwn' as const, text })),
    ],
  };
}

/** What the door did after the move that is shown; null when that is nothing. */
function newsOf({ sighting, move }: DoorSight): string | null {
  return sighting !== null && move !== null && isNews(move, sighting) ? newsLine(sighting, move) : null;
}

/** When it locks again by itself, for a door that is not locked. */
function locksAgainOf({ sighting, move, locksAgain }: DoorSight): LocksAgain | null {
  const since = move?.endedAt ?? null;
  return since === null || isLockedSince(since, sighting, move) ? null : locksAgain;
}

function signOf(verb: Verb, { kind }: Outcome): string {
  if (kind !== 'unlocked' && kind !== 'locked' && kind !== 'sent') return ':warning:';
  return verb === 'lock' ? ':lock:' : ':unlock:';
}

const STATE_WORDS: Readonly<Record<LockState, string>> = {
  locked: 'Locked',
  unlocked: 'Unlocked',
  unknown: 'Nobody knows whether it is locked',
};

const STATE_SIGNS: Readonly<Record<LockState, string>> = {
  locked: ':lock:',
  unlocked: ':unlock:',
  unknown: ':grey_question:',
};

/**
 * A state has an age; Seam's devices carry none, so that only what we saw ourselves has a time. Of a lock that is
 * offline Seam reports what it last knew. A Home stands for long: it says above its doors when Seam was asked.
 */
function stateFact(sight: DoorSight, listing: Listing): string {
  const { door, sighting } = sight;
  const state = stateNow(sight, listing);
  const word = `${STATE_SIGNS[state]} *${STATE_WORDS[state]}*`;
  if (state === 'unknown') {
    return sighting === null ? word : `${word} · last ${sighting.state} ${moment(sighting.at)}`;
  }
  if (sighting?.state === state) return `${word} since ${moment(sighting.at)}`;
  if (door.online === false) return `${word} when it was last online`;
  return listing.place === 'home' ? word : `${word}, as Seam reports it now`;
}

function batteryLine(battery: Battery | null): string[] {
  if (battery === null) return [];
  const { level, status } = battery;
  const low = status === 'critical' || status === 'low' || (level !== null && level < LOW_BATTERY);
  if (!low) return [];
  const percent = level === null ? '' : ` (${Math.round(level * 100)}%)`;
  return [status === 'critical' ? `Battery almost empty${percent}` : `Battery low${percent}`];
}
