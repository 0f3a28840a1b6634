import type { HappeningKind, How } from '../domain/happening.ts';
import type { Past, PastHappening, PastMove } from '../domain/history.ts';
import type { AccessCodeId, DeviceId } from '../domain/ids.ts';
import type { Verb, Via } from '../domain/move.ts';
import { type FailureReason, type Outcome, type Refusal, unreachable } from '../domain/outcome.ts';
import { plain } from '../slack/mrkdwn.ts';
import { vendorWords } from './outcome.ts';

/** What the reader's doors and the codes on them are called now. */
export interface Names {
  readonly doors: ReadonlyMap<DeviceId, string>;
  readonly codes: ReadonlyMap<AccessCodeId, string>;
}

/** The door of one thing of the past, in one line; null for what is about none. */
export function pastDoor(past: Past, { doors }: Names): string | null {
  if (past.kind === 'pause') return null;
  const id = past.kind === 'move' ? past.deviceId : past.happening.deviceId;
  const then = past.kind === 'move' ? past.doorName : null;
  return plain(doors.get(id) ?? then ?? 'A door');
}

/** What happened, without a mark at its end. */
export function pastWhat(past: Past): string {
  switch (past.kind) {
    case 'move':
      return moved(past);
    case 'happening':
      return HAPPENED[past.happening.kind];
    case 'pause':
      return past.what === 'paused'
        ? 'Opening doors from Slack was paused'
        : 'Opening doors from Slack was resumed';
    default:
      return unreachable(past);
  }
}

/** Why it ended as it did, to stand within a sentence; null where there is nothing to say. */
export function pastWhy(past: Past): string | null {
  return past.kind === 'move' && past.outcome !== null ? whyOf(past.outcome, past.verb) : null;
}

/** In which way, to stand within a sentence; null where nobody knows. */
export function pastHow(past: Past, names: Names): string | null {
  switch (past.kind) {
    case 'move':
      return VIA[past.via];
    case 'happening':
      return howOf(past, names);
    case 'pause':
      return null;
    default:
      return unreachable(past);
  }
}

/** From where something was asked for here, to stand after who did. */
export const VIA: Readonly<Record<Via, string>> = {
  message: 'with a button in Slack',
  home: 'with a button in the app’s Home',
  name: 'with a command in Slack',
  shortcut: 'with a shortcut in Slack',
  workflow: 'with a workflow',
  timer: 'with a timer',
};

/** What a lock told. */
export const HAPPENED: Readonly<Record<HappeningKind, string>> = {
  locked: 'Locked',
  unlocked: 'Unlocked',
  denied: 'Somebody was not let in',
  offline: 'The lock went offline',
  online: 'The lock came online',
  battery_low: 'The battery was low',
  tampered: 'Somebody may have tampered with the lock',
  removed: 'The lock was removed from its account',
};

/** How a bolt was moved that was not moved from here; null where nobody knows. */
export const HOW: Readonly<Record<How, string | null>> = {
  remote: 'from another app',
  keypad: 'at the keypad',
  card: 'with a card or a phone at the lock',
  by_hand: 'by hand or with a key',
  by_itself: 'by itself',
  unknown: null,
};

function howOf({ happening: { how, codeId } }: PastHappening, { codes }: Names): string | null {
  const way = how === null ? null : HOW[how];
  if (codeId === null) return way;
  const name = codes.get(codeId);
  const code = name === undefined ? 'with a code' : `with the code “${plain(name)}”`;
  return way === null ? code : `${way} ${code}`;
}

function moved({ verb, outcome }: PastMove): string {
  if (outcome === null) return verb === 'lock' ? 'Locking' : 'Unlocking';
  switch (outcome.kind) {
    case 'unlocked':
      return 'Unlocked';
    case 'locked':
      return 'Locked';
    case 'sent':
      return verb === 'lock' ? 'Asked to lock' : 'Asked to unlock';
    case 'failed':
    case 'refused':
      return verb === 'lock' ? 'Not locked' : 'Not unlocked';
    case 'unknown':
      return verb === 'lock' ? 'Perhaps locked' : 'Perhaps unlocked';
    default:
      return unreachable(outcome);
  }
}

function whyOf(outcome: Outcome, verb: Verb): string | null {
  switch (outcome.kind) {
    case 'unlocked':
    case 'locked':
      return null;
    case 'sent':
      return 'the lock did not confirm it';
    case 'failed': {
      const said = vendorWords(outcome.said ?? '');
      if (outcome.reason === 'lock_refused' && said !== '') return `the lock refused: “${said}”`;
      return FAILED[outcome.reason](verb);
    }
    case 'unknown':
      return UNKNOWN[outcome.why];
    case 'refused':
      return REFUSED[outcome.why];
    default:
      return unreachable(outcome);
  }
}

const SEAM = 'the service that speaks to the locks';

const FAILED: Readonly<Record<FailureReason, (verb: Verb) => string>> = {
  offline: () => 'the lock was offline',
  low_battery: () => 'the battery was too low',
  sign_in_again: () => 'its account needed signing in again',
  jammed: () => 'the bolt was jammed',
  privacy_mode: () => 'privacy mode was on',
  not_remote: (verb) => `the lock takes no ${verb} from afar`,
  not_permitted: () => 'its account was not allowed to',
  gone: () => 'the lock was no longer in its account',
  lock_refused: () => 'the lock refused',
  seam_unreachable: () => `${SEAM} could not be reached`,
  seam_slow: () => `${SEAM} took too long`,
  seam_busy: () => `${SEAM} got too many requests`,
  seam_fault: () => `${SEAM} had a fault`,
  seam_key: () => `${SEAM} did not let Latchbolt in`,
  not_recorded: () => 'it could not be written down',
  not_sent: () => 'Latchbolt was restarted before it asked',
  crossed: (verb) => `it was being ${verb === 'lock' ? 'unlocked' : 'locked'} at that moment`,
  door_limit: () => 'there were too many of this door within a minute',
  person_limit: () => 'there were too many by one person within a minute',
};

const UNKNOWN: Readonly<Record<Extract<Outcome, { kind: 'unknown' }>['why'], string>> = {
  timeout: 'the lock did not answer',
  lost: 'the answer got lost',
  interrupted: 'Latchbolt was restarted in the middle',
};

const REFUSED: Readonly<Record<Refusal, string>> = {
  not_yours: 'it was not among the doors of whoever asked',
  other_workspace: 'whoever asked was of another workspace',
  guest: 'whoever asked was a guest',
  deactivated: 'whoever asked was deactivated',
  bot: 'a bot asked',
  copy: 'the button was in a copy of a message',
  old: 'the message was more than 12 hours old',
  paused: 'opening doors was paused for everybody',
  paused_by_you: 'whoever asked had paused opening doors',
};
