import { describe, expect, test } from 'vitest';
import type { CodeRefusal, CodeStanding, CodeTrouble } from '../../src/domain/code.ts';
import type { Door } from '../../src/domain/door.ts';
import { slackUserId } from '../../src/domain/ids.ts';
import * as codes from '../../src/features/codes/view.ts';
import { codesLeftMessage } from '../../src/features/disconnect/view.ts';
import { checkBlocks, checkModal } from '../../src/sandbox/slack/check.ts';
import type { Message } from '../../src/slack/message.ts';
import { codeLine, codeMessage, pinMessage, whenFact } from '../../src/views/code.ts';
import { unclearLine } from '../../src/views/time-words.ts';
import { buttonsIn, textsIn } from '../support/blocks.ts';
import { aCode, aDoor, START } from '../support/sights.ts';

const AGAIN = 'Try again in 5 seconds.';
const troubles: Record<CodeTrouble, string> = {
  duplicate: 'Not set: the lock already has another code with the same PIN. Press New PIN.',
  no_room:
    'Not set: the lock has no room for another code. Revoke one, or remove one in the lock’s own app, then press New PIN.',
  constraints: 'Not set: the lock does not take this PIN. Press New PIN.',
  changed_elsewhere:
    'Somebody changed or removed this code in the lock’s own app, so the PIN may not open the door any more. Press New PIN.',
  sign_in_again: 'Not set: the account of this lock needs signing in again. Type /locks connect.',
  not_permitted:
    'Not set: your account is not allowed to make codes on this lock. Ask the person who manages it.',
  gone: 'Not set: the lock is no longer in its account.',
  lock_refused: 'Not set: the lock did not take the PIN. Press New PIN to try again.',
};
const SEAM = 'Seam, the service that speaks to the locks,';
const refusals: Record<CodeRefusal, string> = {
  not_yours: 'This door is not one of yours. Type /locks to see your doors.',
  paused:
    'The person who set up Latchbolt has paused opening doors for everybody, so no PIN is made or shown.',
  paused_by_you:
    'You have paused opening doors from Slack, so no PIN is made or shown. Type /locks resume to end that.',
  no_codes: 'This lock takes no codes from afar.',
  door_limit: `Many codes were made for this lock within a minute. ${AGAIN}`,
  person_limit: `You have made many codes within a minute. ${AGAIN}`,
  not_sent: 'Latchbolt was restarted before it could ask for it. Try again.',
  not_recorded: 'Latchbolt could not write it down, and makes no code without that. Try again in a minute.',
  times: 'The maker of this lock makes none for these times. Choose another start.',
  sign_in_again: 'The account of this lock needs signing in again. Type /locks connect.',
  not_permitted: 'Your account is not allowed to make codes on this lock. Ask the person who manages it.',
  offline: 'The lock is offline. Check its Wi-Fi or its bridge, then try again.',
  gone: 'The lock is no longer in your account. Type /locks to see your doors.',
  lock_refused: 'The lock or its maker refused. Try other times, or try again in a moment.',
  seam_unreachable: `${SEAM} cannot be reached. ${AGAIN}`,
  seam_slow: `${SEAM} takes too long to answer. ${AGAIN}`,
  seam_busy: `${SEAM} gets too many requests right now. ${AGAIN}`,
  seam_fault: `${SEAM} has a fault right now. ${AGAIN}`,
  seam_key: `${SEAM} does not let Latchbolt in. Tell the person who set up Latchbolt.`,
};

test.each(Object.entries(troubles))('a lock that has the trouble %s', (why, line) => {
  expect(codeLine({ kind: 'failed', why: why as CodeTrouble })).toBe(line);
});

test.each(Object.entries(refusals))('no code, for %s', (why, line) => {
  expect(codeLine({ kind: 'refused', why: why as CodeRefusal, waitMs: 5_000 })).toBe(
    `No code was made. ${line}`,
  );
});

const STANDINGS: readonly (readonly [CodeStanding, readonly string[]])[] = [
  [{ kind: 'asking' }, []],
  [{ kind: 'unknown' }, []],
  [{ kind: 'setting', delayed: false }, ['codes:pin', 'codes:revoke']],
  [{ kind: 'setting', delayed: true }, ['codes:pin', 'codes:revoke']],
  [{ kind: 'scheduled' }, ['codes:pin', 'codes:revoke']],
  [{ kind: 'set' }, ['codes:pin', 'codes:revoke']],
  [{ kind: 'failed', why: 'duplicate' }, ['codes:again', 'codes:revoke']],
  [{ kind: 'removing', delayed: false }, ['codes:pin']],
  [{ kind: 'removing', delayed: true }, ['codes:pin']],
  [{ kind: 'not_removed', why: 'lock_refused' }, ['codes:pin', 'codes:revoke']],
  [{ kind: 'out_of_reach' }, []],
  [{ kind: 'ended', why: 'revoked' }, []],
  [{ kind: 'ended', why: 'expired' }, []],
  [{ kind: 'ended', why: 'removed_elsewhere' }, []],
  [{ kind: 'ended', why: 'not_made' }, []],
  [{ kind: 'refused', why: 'not_yours', waitMs: null }, []],
];

test.each(STANDINGS)('a code that stands as %j has the buttons %j', (standing, labels) => {
  const isKnown = standing.kind !== 'asking' && standing.kind !== 'unknown';
  const code = aCode({ standing, ...(isKnown ? {} : { accessCodeId: null }) });
  expect(buttonsIn(codeMessage(code).blocks).map(({ action_id }) => action_id)).toEqual(labels);
  const offline = buttonsIn(codeMessage({ ...code, offline: true }).blocks).map(({ action_id }) => action_id);
  expect(offline).toEqual(labels.filter((label) => label !== 'codes:revoke'));
});

test('a window is said in moments that Slack shows on each reader’s own wall', () => {
  expect(whenFact({ startsAt: null, endsAt: START })).toMatch(/^Until <!date\^1780300800\^/);
  expect(whenFact({ startsAt: START, endsAt: START })).toMatch(/^From <!date\S+ at .*> until <!date/);
});

test('a PIN stands in its message alone, digit by digit, and never in what is said of it', () => {
  const { text, blocks } = pinMessage(aCode(), '471192', true);
  expect(textsIn(blocks).map((one) => one.text)).toContain('4 7 1 1 9 2');
  expect(text.replaceAll(' ', '')).not.toContain('471192');
  expect(text).toContain('It must be used for the first time within 24 hours of its start.');
});

const owner = slackUserId('U0OLIVIA');
const ODD = '<!channel> & *Anna* \u202e _x_ '.repeat(20);
const odd = aCode({ doorName: ODD, guest: ODD });
const door = aDoor({ name: ODD });
const hotel = Array.from({ length: 200 }, () => door);
const several = (doors: Door[]) => ({ kind: 'several', doors, complete: true }) as const;
const near = (doors: Door[]) => ({ kind: 'none', near: doors, complete: true, gone: false }) as const;
const pageOf = (count: number) => ({ page: 1, pages: 3, shown: Array.from({ length: count }, () => odd) });
const many = Array.from({ length: 40 }, () => odd);

const messages: [string, Message][] = [
  ...STANDINGS.map(([standing]): [string, Message] => [
    JSON.stringify(standing),
    codeMessage(aCode({ doorName: ODD, guest: ODD, standing })),
  ]),
  ['a PIN', pinMessage(odd, '471192', true)],
  ['no codes', codes.codesMessage(owner, { page: 0, pages: 1, shown: [] })],
  ['a page of codes', codes.codesMessage(owner, pageOf(8))],
  ['unclear', codes.unclearMessage(owner, door, ODD, unclearLine({ kind: 'not_understood', word: ODD }))],
  ['which zone', codes.whichZoneMessage(owner, door)],
  ['several doors', codes.whichDoorMessage(owner, ODD, several([door, door]), ODD)],
  ['as many doors of one name as a hotel has', codes.whichDoorMessage(owner, ODD, several(hotel), ODD)],
  ['near doors', codes.whichDoorMessage(owner, ODD, near([door, door]), ODD)],
  ['no door is near', codes.whichDoorMessage(owner, ODD, near([]), '')],
  ['no door was said', codes.whichDoorMessage(owner, '', near([door]), 'for 2h')],
  ['no codes here', codes.takesNoCodes(door)],
  ['cannot be revoked', codes.cannotRevoke(odd, whenFact(odd))],
  [
    'codes left',
    codesLeftMessage(
      owner,
      { id: odd.accountId ?? aCode().accountId ?? never(), name: ODD, healthy: true },
      many,
    ),
  ],
  ['try the button', codes.tryTheButton(owner)],
  ['not yours', codes.notYourCode],
  ['not your door', codes.notYourDoor],
  ['old', codes.oldMessage],
  ['no PIN', codes.noPin(odd)],
  ['PIN elsewhere', codes.pinElsewhere(odd)],
  ['time is over', codes.timeIsOver(odd)],
  ['no PIN while it is paused', codes.stoppedMessage(odd, 'not_shown', 'paused_by_you')],
];

function never(): never {
  throw new TypeError('a code of a test has its account');
}

describe.each(messages)('the message "%s"', (_, { text, blocks }) => {
  test('is one that Slack takes, and makes nothing of what people wrote', () => {
    expect(checkBlocks(JSON.parse(JSON.stringify(blocks)))).toMatchObject({ ok: true });
    expect(text).not.toContain('<!channel>');
    expect(text).not.toContain('\u202e');
    expect(text).toMatch(/[.…]$/);
    for (const { type, text: words } of textsIn(blocks))
      if (type === 'mrkdwn') expect(words).not.toContain('channel');
  });

  test('has buttons that say first whose message it is', () => {
    for (const { value } of buttonsIn(blocks)) expect(value).toMatch(/^U0OLIVIA( |$)/);
  });
});

test.each([null, door])('the form is one that Slack takes, with the door %j', (known) => {
  expect(checkModal(JSON.parse(JSON.stringify(codes.makeModal(known, START))))).toMatchObject({ ok: true });
});

test.each([
  [{ kind: 'no_such_time', word: '25:00' }, 'No clock shows “25:00”.'],
  [{ kind: 'no_such_date', word: '31 feb' }, 'There is no “31 feb” in the calendar.'],
  [{ kind: 'not_positive', word: '0h' }, '“0h” is no time at all.'],
  [{ kind: 'said_twice', word: 'until' }, '“until” is one time too many.'],
  [{ kind: 'unfinished', word: 'until' }, 'Something is missing after “until”.'],
  [
    { kind: 'skipped_time', word: '2:30' },
    '“2:30” does not exist on that day: clocks are set forward over it.',
  ],
  [{ kind: 'which_week', word: 'fri' }, '“fri”: today, or in a week? Say “today”, or add a time or a date.'],
  [{ kind: 'past', which: 'start', at: START }, 'That start is over already.'],
  [{ kind: 'past', which: 'end', at: START }, 'That end is over already.'],
  [{ kind: 'ends_before_start', startsAt: START, endsAt: START }, 'It would end before it starts.'],
  [
    { kind: 'which_midnight', word: 'fri midnight' },
    '“fri midnight”: at the beginning or at the end of that day? Say the day alone for all of it, or another time.',
  ],
] as const)('what is not clear is asked again: %j', (why, line) => {
  expect(unclearLine(why)).toBe(line);
});
