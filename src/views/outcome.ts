import { type Outcome, type Refusal, type SeamReason, unreachable } from '../domain/outcome.ts';
import { plain } from '../slack/mrkdwn.ts';

/** How long a vendor's own words may be. */
const LONGEST_SAID = 200;

/** What happened and what to do now, without the door's name. Plain text. */
export function outcomeLine(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'unlocked':
      return 'Unlocked. The lock has confirmed it.';
    case 'sent':
      return 'Sent, but the lock has not confirmed it. Try the door.';
    case 'failed':
      return `Not unlocked. ${failureLine(outcome)}`;
    case 'unknown':
      return unknownLine(outcome.why);
    case 'refused':
      return refusalLine(outcome.why);
    default:
      return unreachable(outcome);
  }
}

function unknownLine(why: 'timeout' | 'lost' | 'interrupted'): string {
  switch (why) {
    case 'timeout':
      return 'Nobody can say yet whether it unlocked: the lock has not answered. Check the door.';
    case 'lost':
      return 'Nobody can say whether it unlocked: the answer got lost on its way back. Check the door.';
    case 'interrupted':
      return 'Nobody can say whether it unlocked: Latchbolt was restarted in the middle. Check the door.';
    default:
      return unreachable(why);
  }
}

/** The same words for a door of somebody else and for one that does not exist: they tell nothing of any door. */
export function refusalLine(why: Refusal): string {
  switch (why) {
    case 'not_yours':
      return 'This door is not one of yours, so nothing was opened. Type /locks to see your doors.';
    case 'other_workspace':
      return 'These doors belong to people of another workspace, so nothing was opened or changed.';
    case 'guest':
      return 'Guests cannot use Latchbolt here, so nothing was opened or changed. The person who set up Latchbolt can allow it.';
    case 'deactivated':
      return 'Your account in this workspace is deactivated, so nothing was opened or changed.';
    case 'bot':
      return 'Only people can use Latchbolt, so nothing was opened or changed.';
    case 'copy':
      return 'This is a copy of a message, so nothing was opened or changed. Type /locks to see your doors.';
    case 'old':
      return 'This message is more than 12 hours old, so nothing was opened. Type /locks for a new one.';
    case 'paused':
      return 'Not unlocked. Opening doors is paused for everybody by the person who set up Latchbolt.';
    default:
      return unreachable(why);
  }
}

function failureLine({ reason, said, waitMs }: Extract<Outcome, { kind: 'failed' }>): string {
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
      return 'Someone inside has switched on privacy mode, which blocks every unlock from afar.';
    case 'not_remote':
      return 'This lock cannot be unlocked from afar. Use its keypad or a key.';
    case 'not_permitted':
      return 'Your account is not allowed to unlock it. Ask the person who manages this lock.';
    case 'gone':
      return 'The lock is no longer in your account. Type /locks to see your doors.';
    case 'lock_refused':
      return refusedLine(vendorWords(said ?? ''));
    case 'not_recorded':
      return 'Latchbolt could not write this unlock down, and opens no door without that. Try again in a minute.';
    case 'not_sent':
      return 'Latchbolt was restarted before it could ask the lock. Try again.';
    case 'door_limit':
      return `This door has been unlocked many times within a minute. ${againLine(waitMs)}`;
    case 'person_limit':
      return `You have unlocked many doors within a minute. ${againLine(waitMs)}`;
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
