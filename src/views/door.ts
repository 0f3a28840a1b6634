import type { Button, ContextBlock, KnownBlock } from '@slack/types';
import type { Battery, Door, LockState, Problem, Sighting } from '../domain/door.ts';
import type { ListingId } from '../domain/ids.ts';
import type { Outcome } from '../domain/outcome.ts';
import { cut, moment, plain } from '../slack/mrkdwn.ts';
import type { Unlock } from '../store/unlocks.ts';
import { actions } from './actions.ts';
import { button, smallPrint, verbatim } from './blocks.ts';
import { outcomeLine } from './outcome.ts';

/** Slack's limits of a confirm dialog. */
const LONGEST_DIALOG_TITLE = 100;
const MOST_PROBLEMS = 3;
/** Below this a battery is worth a word, 0 to 1. */
const LOW_BATTERY = 0.25;

/** What is known of one door at the moment of drawing. */
export interface DoorSight {
  readonly door: Door;
  readonly sighting: Sighting | null;
  /** The person's unlock of it that this message has to show: under way, or ended since the list was made. */
  readonly unlock: Unlock | null;
}

/** A door's rows: its name with the button, then what matters about it. Two blocks. */
export function doorRows(sight: DoorSight, listing: ListingId): KnownBlock[] {
  const { door, unlock } = sight;
  const underWay = unlock?.state === 'under_way';
  const offer = door.canUnlock && !underWay ? unlockButton(door, listing) : undefined;
  return [verbatim(plain(door.name), offer), doorFacts(sight)];
}

/** The same for someone who hears the message. */
export function doorSpoken(sight: DoorSight): string {
  const { door, unlock } = sight;
  const name = plain(door.name);
  if (unlock?.state === 'under_way') return `${name}: unlocking.`;
  if (unlock?.outcome != null) return `${name}: ${outcomeLine(unlock.outcome)}`;
  const trouble = [...(door.online ? [] : ['Offline']), ...troubles(door)];
  return `${name}: ${[STATE_WORDS[door.state], ...trouble].map(lowerFirst).join(', ')}.`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** What an unlock button carries: whose list it is in, and which door. Nothing of it is trusted. */
export function unlockValue(listing: ListingId, door: string): string {
  return `${listing} ${door}`;
}

function unlockButton(door: Door, listing: ListingId): Button {
  const name = plain(door.name);
  return button('Unlock', actions.unlockOpen, {
    value: unlockValue(listing, door.id),
    accessibility_label: cut(`Unlock ${name}`, 75),
    confirm: {
      title: { type: 'plain_text', text: cut(`Unlock ${name}?`, LONGEST_DIALOG_TITLE), emoji: false },
      text: { type: 'plain_text', text: 'Anyone who stands in front of this door can then open it.' },
      confirm: { type: 'plain_text', text: 'Unlock' },
      deny: { type: 'plain_text', text: 'Cancel' },
    },
  });
}

function doorFacts({ door, sighting, unlock }: DoorSight): ContextBlock {
  if (unlock?.state === 'under_way') return smallPrint(':hourglass_flowing_sand: *Unlocking…*');
  if (unlock?.outcome != null) return outcomeFact(unlock.outcome, unlock.endedAt);
  return smallPrint(
    [stateFact(door.state, sighting), door.online ? 'Online' : '*Offline*', ...troubles(door)].join(' · '),
  );
}

function troubles(door: Door): string[] {
  return [
    ...batteryLine(door.battery),
    ...(door.canUnlock ? [] : ['Cannot be unlocked from afar']),
    ...problemLines(door),
  ];
}

/** The outcome letter by letter, since a lock maker's own words may be in it; only the moment is mrkdwn. */
function outcomeFact(outcome: Outcome, endedAt: number | null): ContextBlock {
  const sign = outcome.kind === 'unlocked' || outcome.kind === 'sent' ? ':unlock:' : ':warning:';
  return {
    type: 'context',
    elements: [
      { type: 'mrkdwn', text: sign },
      { type: 'plain_text', text: outcomeLine(outcome), emoji: false },
      ...(endedAt === null ? [] : [{ type: 'mrkdwn' as const, text: moment(endedAt) }]),
    ],
  };
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

/** A state has an age; Seam's devices carry none, so that only what we saw ourselves has a time. */
function stateFact(state: LockState, sighting: Sighting | null): string {
  const word = `${STATE_SIGNS[state]} *${STATE_WORDS[state]}*`;
  if (state === 'unknown') return word;
  return sighting?.state === state
    ? `${word} since ${moment(sighting.at)}`
    : `${word}, as Seam reports it now`;
}

function batteryLine(battery: Battery | null): string[] {
  if (battery === null) return [];
  const { level, status } = battery;
  const low = status === 'critical' || status === 'low' || (level !== null && level < LOW_BATTERY);
  if (!low) return [];
  const percent = level === null ? '' : ` (${Math.round(level * 100)} %)`;
  return [status === 'critical' ? `Battery almost empty${percent}` : `Battery low${percent}`];
}

/** Seam's codes in plain words. What is said elsewhere in the row (offline, battery) is left out here. */
const PROBLEM_WORDS: Readonly<Record<string, string | null>> = {
  device_offline: null,
  device_disconnected: null,
  low_battery: null,
  account_disconnected: 'The account needs signing in again: /locks connect',
  device_removed: 'The lock was removed from its account',
  hub_disconnected: 'Its bridge or hub is not connected',
  bridge_disconnected: 'Its bridge or hub is not connected',
  hub_required_for_additional_capabilities: 'It needs a bridge or hub for that',
  august_lock_not_authorized: 'The account is not allowed to use this lock',
  insufficient_permissions: 'The account is not allowed to use this lock',
  missing_device_credentials: 'The lock has to be set up again in its own app',
  subscription_required: 'Its maker asks for a subscription',
  salto_ks_subscription_limit_exceeded: 'The subscription of its site is full',
  ttlock_lock_gateway_unlocking_not_enabled: 'Unlocking from afar is switched off in its own app',
  ttlock_weak_gateway_signal: 'The signal to its bridge is weak',
  device_has_flaky_connection: 'Its connection comes and goes',
  device_communication_degraded: 'It answers slowly or not at all',
  unreliable_online_status: 'Its maker cannot say for sure whether it is online',
  power_saving_mode: 'It is saving power and may be slow',
  privacy_mode: 'Privacy mode is on: nobody can unlock it from afar',
  salto_ks_privacy_mode: 'Privacy mode is on: nobody can unlock it from afar',
  salto_ks_office_mode: 'Office mode is on: the door stays open',
  scheduled_maintenance_window: 'Its maker has planned maintenance',
  provider_issue: 'Its maker has a fault right now',
};

/** What is wrong with the door. Codes about keypads and codes are not about opening it from here. */
function problemLines(door: Door): string[] {
  const lines = door.problems.flatMap((problem) => problemWords(problem) ?? []);
  return [...new Set(lines)].slice(0, MOST_PROBLEMS);
}

function problemWords({ kind, code }: Problem): string | null {
  const words = Object.hasOwn(PROBLEM_WORDS, code) ? PROBLEM_WORDS[code] : undefined;
  if (words !== undefined) return words;
  return kind === 'error' ? 'Something is wrong with this lock: see its own app' : null;
}
