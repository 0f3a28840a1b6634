import type { Verb } from '../domain/move.ts';
import { type Outcome, type Refusal, type SeamReason, unreachable } from '../domain/outcome.ts';
import { plain } from '../slack/mrkdwn.ts';

/** How long a vendor's own words may be. */
const LONGEST_SAID = 200;

/** What is said while a bolt is on its way, without a mark at its end. */
export function underWayLine(verb: Verb): string {
  return verb === 'lock' ? 'Locking' : 'Unlocking';
}

/** What happened and what to do now, without the door's name. Plain text. */
export function outcomeLine(verb: Verb, outcome: Outcome): string {
  switch (outcome.kind) {
    case 'unlocked':
      return 'Unlocked. The lock has confirmed it.';
    case 'locked':
      return 'Locked. The lock has confirmed it.';
    case 'sent':
      return `Sent, but the lock has not confirmed it. ${verb === 'lock' ? 'Check the door.' : 'Try the door.'}`;
    case 'failed':
      return `Not ${past(verb)}. ${failureLine(verb, outcome)}`;
    case 'unknown':
      return unknownLine(verb, outcome.why);
    case 'refused':
      return refusalLine(outcome.why, verb);
    default:
      return unreachable(outcome);
  }
}

/** What a bolt did that was asked for. */
export function past(verb: Verb): 'locked' | 'unlocked' {
  return verb === 'lock' ? 'locked' : 'unlocked';
}

function unknownLine(verb: Verb, why: 'timeout' | 'lost' | 'interrupted'): string {
  switch (why) {
    case 'timeout':
      return `Nobody can say yet whether it ${past(verb)}: the lock has not answered. Check the door.`;
    case 'lost':
      return `Nobody can say whether it ${past(verb)}: the answer got lost on its way back. Check the door.`;
    case 'interrupted':
      return `Nobody can say whether it ${past(verb)}: Latchbolt was restarted in the middle. Check the door.`;
    default:
      return unreachable(why);
  }
}

/**
 * The same words for a door of somebody else and for one that does not exist: they tell nothing of any door. `verb` is
 * what was asked for; for what is neither, unlocking is what matters.
 */
export function refusalLine(why: Refusal, verb: Verb = 'unlock'): string {
  const nothing = verb === 'lock' ? 'nothing was locked' : 'nothing was opened';
  switch (why) {
    case 'not_yours':
      return `This door is not one of yours, so ${nothing}. Type /locks to see your doors.`;
    case 'other_workspace':
      return `These doors belong to people of another workspace, so ${nothing} or changed.`;
    case 'guest':
      return `Guests cannot use Latchbolt here, so ${nothing} or changed. The person who set up Latchbolt can allow it.`;
    case 'deactivated':
      return `Your account in this workspace is deactivated, so ${nothing} or changed.`;
    case 'bot':
      return `Only people can use Latchbolt, so ${nothing} or changed.`;
    case 'copy':
      return `This is a copy of a message, so ${nothing} or changed. Type /locks to see your doors.`;
    case 'old':
      return `This was shown more than 12 hours ago, so ${nothing}. Type /locks to see your doors as they are now.`;
    case 'paused':
      return 'Not unlocked. Opening doors is paused for everybody by the person who set up Latchbolt.';
    case 'paused_by_you':
      return 'Not unlocked. You have paused opening doors from Slack. Type /locks resume to end that.';
    default:
      return unreachable(why);
  }
}

function failureLine(verb: Verb, { reason, said, waitMs }: Extract<Outcome, { kind: 'failed' }>): string {
  const isLock = verb === 'lock';
  switch (reason) {
    case 'offline':
      return 'The lock is offline. Check its Wi-Fi or its bridge, then try again.';
    case 'low_battery':
      return 'The battery of the lock is too low. Use a key, and change the battery.';
    case 'sign_in_again':
      return 'The account of this lock needs signing in again. Type /locks connect.';
    case 'jammed':
      return 'The bolt is jammed. Pull or push the door a little, then try again.';
    case 'privacy_mode':
      return `Someone inside has switched on privacy mode, which blocks every ${verb} from afar.`;
    case 'not_remote':
      return `This lock cannot be ${past(verb)} from afar. ${isLock ? 'Lock it by hand.' : 'Use its keypad or a key.'}`;
    case 'not_permitted':
      return `Your account is not allowed to ${verb} it. Ask the person who manages this lock.`;
    case 'gone':
      return 'The lock is no longer in your account. Type /locks to see your doors.';
    case 'lock_refused':
      return refusedLine(vendorWords(said ?? ''));
    case 'not_recorded':
      return `Latchbolt could not write this ${verb} down, and ${isLock ? 'moves no lock' : 'opens no door'} without that. Try again in a minute.`;
    case 'not_sent':
      return 'Latchbolt was restarted before it could ask the lock. Try again.';
    case 'crossed':
      return `It is being ${isLock ? 'unlocked' : 'locked'} right now. Try again when that has ended.`;
    case 'door_limit':
      return `This door has been ${past(verb)} many times within a minute. ${againLine(waitMs)}`;
    case 'person_limit':
      return `You have ${past(verb)} many doors within a minute. ${againLine(waitMs)}`;
    default:
      return seamLine(reason, waitMs);
  }
}

/** A vendor's own sentence, cut and without its end, to stand within one of ours. Not escaped. */
export function vendorWords(said: string): string {
  return plain(said, LONGEST_SAID).replace(/[.!\s]+$/, '');
}

function refusedLine(said: string): string {
  return said === ''
    ? 'The lock refused, and did not say why. Try again in a moment.'
    : `The lock refused: “${said}”.`;
}

const SEAM = 'Seam, the service that speaks to the locks,';

/** Why that service could not be asked, and what to do. */
export function seamLine(reason: SeamReason, waitMs: number | null): string {
  switch (reason) {
    case 'seam_unreachable':
      return `${SEAM} cannot be reached. ${againLine(waitMs)}`;
    case 'seam_slow':
      return `${SEAM} takes too long to answer. ${againLine(waitMs)}`;
    case 'seam_busy':
      return `${SEAM} gets too many requests right now. ${againLine(waitMs)}`;
    case 'seam_fault':
      return `${SEAM} has a fault right now. ${againLine(waitMs)}`;
    case 'seam_key':
      return `${SEAM} does not let Latchbolt in. Tell the person who set up Latchbolt.`;
    default:
      return unreachable(reason);
  }
}

/** When another try makes sense: as it was said, else soon. */
export function againLine(waitMs: number | null): string {
  if (waitMs === null) return 'Try again in a minute.';
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  if (seconds > 3_600) return 'Try again later.';
  if (seconds < 120) return `Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`;
  return `Try again in ${Math.ceil(seconds / 60)} minutes.`;
}
