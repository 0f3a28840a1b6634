import type { Button, ContextBlock, KnownBlock } from '@slack/types';
import { type Code, type CodeRefusal, type CodeStanding, type CodeTrouble, isOver } from '../domain/code.ts';
import { unreachable } from '../domain/outcome.ts';
import type { Message } from '../slack/message.ts';
import { cut, escapeMrkdwn, moment, plain } from '../slack/mrkdwn.ts';
import { actions } from './actions.ts';
import { button, buttons, confirmation, ownedBy, plainText, sentences, verbatim } from './blocks.ts';
import { againLine, seamLine } from './outcome.ts';

/** Which code it is: the door, and for whom. Plain text. */
export function codeTitle({ doorName, guest }: Pick<Code, 'doorName' | 'guest'>): string {
  const door = plain(doorName ?? 'A door');
  return guest === null ? door : `${door}, for ${plain(guest)}`;
}

/** When it works, in mrkdwn: Slack shows moments in each reader's own time zone. */
export function whenFact({ startsAt, endsAt }: Pick<Code, 'startsAt' | 'endsAt'>): string {
  return startsAt === null ? `Until ${moment(endsAt)}` : `From ${moment(startsAt)} until ${moment(endsAt)}`;
}

/** How it stands, and what to do. Plain text. */
export function codeLine(standing: CodeStanding): string {
  switch (standing.kind) {
    case 'asking':
      return 'The code is being made.';
    case 'unknown':
      return (
        'Nobody can say yet whether the code was made: the answer got lost on its way back. ' +
        'Latchbolt looks for it; check /locks codes in a few minutes.'
      );
    case 'setting':
      return standing.delayed
        ? 'The lock is offline. It learns the PIN as soon as it is back, and you are told then.'
        : 'The lock is learning the PIN.';
    case 'scheduled':
      return 'Ready. The PIN works from the beginning of its time.';
    case 'set':
      return 'The PIN works.';
    case 'failed':
      return troubleLine(standing.why);
    case 'removing':
      return standing.delayed
        ? 'Not removed yet: the lock is offline. The PIN may open the door until the lock is back, or until its time is over.'
        : 'The lock is forgetting the PIN. Until then it may still open the door.';
    case 'not_removed':
      return 'Not removed: the lock does not let go of the PIN, which may still open the door. Press Revoke to try again, or remove it in the lock’s own app.';
    case 'out_of_reach':
      return 'The account of this lock was disconnected. The PIN may open the door until its time is over, and Latchbolt cannot revoke it.';
    case 'ended':
      return endLine(standing.why);
    case 'refused':
      return `No code was made. ${codeRefusalLine(standing.why, standing.waitMs)}`;
    default:
      return unreachable(standing);
  }
}

function endLine(why: Extract<CodeStanding, { kind: 'ended' }>['why']): string {
  switch (why) {
    case 'revoked':
      return 'Revoked. The PIN no longer opens the door.';
    case 'expired':
      return 'Its time is over. The PIN no longer opens the door.';
    case 'removed_elsewhere':
      return 'Somebody removed this code without Latchbolt. The PIN no longer opens the door.';
    case 'not_made':
      return 'No code was made: the answer got lost, and the lock has no such code. You can make a new one.';
    default:
      return unreachable(why);
  }
}

function troubleLine(why: CodeTrouble): string {
  switch (why) {
    case 'duplicate':
      return 'Not set: the lock already has another code with the same PIN. Press New PIN.';
    case 'no_room':
      return 'Not set: the lock has no room for another code. Revoke one, or remove one in the lock’s own app, then press New PIN.';
    case 'constraints':
      return 'Not set: the lock does not take this PIN. Press New PIN.';
    case 'changed_elsewhere':
      return 'Somebody changed or removed this code in the lock’s own app, so the PIN may not open the door any more. Press New PIN.';
    case 'sign_in_again':
      return 'Not set: the account of this lock needs signing in again. Type /locks connect.';
    case 'not_permitted':
      return 'Not set: your account is not allowed to make codes on this lock. Ask the person who manages it.';
    case 'gone':
      return 'Not set: the lock is no longer in its account.';
    case 'lock_refused':
      return 'Not set: the lock did not take the PIN. Press New PIN to try again.';
    default:
      return unreachable(why);
  }
}

/** Why there is no code, and what to do now. */
export function codeRefusalLine(why: CodeRefusal, waitMs: number | null): string {
  switch (why) {
    case 'not_yours':
      return 'This door is not one of yours. Type /locks to see your doors.';
    case 'paused':
      return 'The person who set up Latchbolt has paused opening doors for everybody, so no PIN is made or shown.';
    case 'paused_by_you':
      return 'You have paused opening doors from Slack, so no PIN is made or shown. Type /locks resume to end that.';
    case 'no_codes':
      return 'This lock takes no codes from afar.';
    case 'door_limit':
      return `Many codes were made for this lock within a minute. ${againLine(waitMs)}`;
    case 'person_limit':
      return `You have made many codes within a minute. ${againLine(waitMs)}`;
    case 'not_sent':
      return 'Latchbolt was restarted before it could ask for it. Try again.';
    case 'not_recorded':
      return 'Latchbolt could not write it down, and makes no code without that. Try again in a minute.';
    case 'times':
      return 'The maker of this lock makes none for these times. Choose another start.';
    case 'sign_in_again':
      return 'The account of this lock needs signing in again. Type /locks connect.';
    case 'not_permitted':
      return 'Your account is not allowed to make codes on this lock. Ask the person who manages it.';
    case 'offline':
      return 'The lock is offline. Check its Wi-Fi or its bridge, then try again.';
    case 'gone':
      return 'The lock is no longer in your account. Type /locks to see your doors.';
    case 'lock_refused':
      return 'The lock or its maker refused. Try other times, or try again in a moment.';
    default:
      return seamLine(why, waitMs);
  }
}

/** What is worth knowing about a code that the lock's maker computed; null for any other. */
function offlineLine({ offline }: Code): string | null {
  return offline
    ? 'This lock takes its codes without a connection: they are for whole hours, and nobody can revoke them.'
    : null;
}

/** The rows of a code, with its buttons. `page`: of the list that it stands in; null for a message of its own. */
export function codeRows(code: Code, page: number | null): KnownBlock[] {
  const offered = offers(code, page);
  return [verbatim(codeTitle(code)), codeFacts(code), ...(offered.length === 0 ? [] : [buttons(...offered)])];
}

/** The same for someone who hears the message; mrkdwn. */
export function codeSpoken(code: Code): string {
  const offline = offlineLine(code);
  const words = [codeLine(code.standing), ...(offline === null ? [] : [offline])].join(' ');
  const spoken = escapeMrkdwn(`${codeTitle(code)}: ${words}`);
  return isOver(code.standing) ? spoken : `${spoken} ${whenFact(code)}.`;
}

/** A message about one code, without its PIN. */
export function codeMessage(code: Code): Message {
  if (code.standing.kind === 'refused') {
    const line = codeLine(code.standing);
    return sentences(code.doorName === null ? line : `${codeTitle(code)}: ${line}`);
  }
  return { text: codeSpoken(code), blocks: codeRows(code, null) };
}

/**
 * A message with the PIN, for its owner's eyes only. What is said of it elsewhere, as in a notification, is without it.
 * `useSoon`: it must be used within a day of its start.
 */
export function pinMessage(code: Code, pin: string, useSoon: boolean): Message {
  const soon = useSoon ? ['It must be used for the first time within 24 hours of its start.'] : [];
  const pass = ['Read it out, or pass it on yourself: only you see this message.', ...soon].join(' ');
  return {
    text: `${codeSpoken(code)} ${escapeMrkdwn(`The PIN is in this message. ${pass}`)}`,
    blocks: [
      verbatim(codeTitle(code)),
      { type: 'header', text: plainText([...pin].join(' ')) },
      verbatim(pass),
      codeFacts(code),
      ...(mayRevoke(code) ? [buttons(revokeButton(code, null))] : []),
    ],
  };
}

/** When a code works, how it stands, and what is worth knowing of it. */
export function codeFacts(code: Code): ContextBlock {
  const offline = offlineLine(code);
  return {
    type: 'context',
    elements: [
      // When it would have worked is of no use any more.
      ...(isOver(code.standing) ? [] : [{ type: 'mrkdwn' as const, text: whenFact(code) }]),
      plainText(codeLine(code.standing)),
      ...(offline === null ? [] : [plainText(offline)]),
    ],
  };
}

function offers(code: Code, page: number | null): Button[] {
  return [
    ...(hasPin(code) ? [pinButton(code)] : []),
    ...(code.standing.kind === 'failed' ? [againButton(code)] : []),
    ...(mayRevoke(code) ? [revokeButton(code, page)] : []),
  ];
}

/** Whether it has a PIN that is worth showing. */
function hasPin({ accessCodeId, standing }: Code): boolean {
  const kinds: readonly CodeStanding['kind'][] = ['setting', 'scheduled', 'set', 'removing', 'not_removed'];
  return accessCodeId !== null && kinds.includes(standing.kind);
}

function mayRevoke({ accessCodeId, offline, standing }: Code): boolean {
  const kinds: readonly CodeStanding['kind'][] = ['setting', 'scheduled', 'set', 'failed', 'not_removed'];
  return accessCodeId !== null && !offline && kinds.includes(standing.kind);
}

function pinButton(code: Code): Button {
  return button('Show PIN', actions.codesPin, {
    ...ownedBy(code.who.userId, code.id),
    accessibility_label: cut(`Show the PIN of ${codeTitle(code)}`, 75),
  });
}

function againButton(code: Code): Button {
  return button('New PIN', actions.codesAgain, {
    ...ownedBy(code.who.userId, code.id),
    style: 'primary',
    accessibility_label: cut(`Make a new PIN for ${codeTitle(code)}`, 75),
  });
}

function revokeButton(code: Code, page: number | null): Button {
  const title = codeTitle(code);
  return button('Revoke', actions.codesRevoke, {
    ...ownedBy(code.who.userId, code.id, ...(page === null ? [] : [String(page)])),
    style: 'danger',
    accessibility_label: cut(`Revoke the code of ${title}`, 75),
    confirm: confirmation(
      `Revoke: ${title}?`,
      'Its PIN then no longer opens the door. You can make a new code at any time.',
      { yes: 'Revoke', danger: true },
    ),
  });
}
