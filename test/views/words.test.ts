import { describe, expect, test } from 'vitest';
import type { Account, Door, Sighting } from '../../src/domain/door.ts';
import {
  connectedAccountId,
  connectId,
  deviceId,
  moveId,
  type SlackUserId,
  slackUserId,
} from '../../src/domain/ids.ts';
import { MOST_ALIASES } from '../../src/domain/limits.ts';
import type { FailureReason, Outcome } from '../../src/domain/outcome.ts';
import * as alias from '../../src/features/alias/view.ts';
import * as autolock from '../../src/features/autolock/view.ts';
import * as connect from '../../src/features/connect/view.ts';
import * as disconnect from '../../src/features/disconnect/view.ts';
import * as door from '../../src/features/door/view.ts';
import * as favourite from '../../src/features/favourite/view.ts';
import * as following from '../../src/features/follow/view.ts';
import * as help from '../../src/features/help/view.ts';
import { features } from '../../src/features/index.ts';
import * as list from '../../src/features/list/view.ts';
import * as moving from '../../src/moving/view.ts';
import { checkBlocks } from '../../src/sandbox/slack/check.ts';
import { SeamError, type SeamErrorKind } from '../../src/seam/errors.ts';
import { MembersError } from '../../src/slack/errors.ts';
import type { Message } from '../../src/slack/message.ts';
import { StoreError, type StoreErrorKind } from '../../src/store/errors.ts';
import type { Follow } from '../../src/store/follow-row.ts';
import { nameMissingMessage } from '../../src/views/called.ts';
import { doorsMessage } from '../../src/views/doors.ts';
import { outcomeLine } from '../../src/views/outcome.ts';
import {
  failureMessage,
  oldButtonMessage,
  tooMuchMessage,
  turnedAwayMessage,
} from '../../src/views/trouble.ts';
import { noDoorsMessage, welcomeMessage } from '../../src/views/welcome.ts';
import { buttonsIn, textsIn } from '../support/blocks.ts';
import { aDoor, aListing, aMove, START, someone } from '../support/sights.ts';

const SEAM = 'Seam, the service that speaks to the locks,';
const SETUP = 'Tell the person who set up Latchbolt.';

const failures: Record<FailureReason, string> = {
  offline: 'The lock is offline. Check its Wi-Fi or its bridge, then try again.',
  low_battery: 'The battery of the lock is too low. Use a key, and change the battery.',
  sign_in_again: 'The account of this lock needs signing in again. Type /locks connect.',
  jammed: 'The bolt is jammed. Pull or push the door a little, then try again.',
  privacy_mode: 'Someone inside has switched on privacy mode, which blocks every unlock from afar.',
  not_remote: 'This lock cannot be unlocked from afar. Use its keypad or a key.',
  not_permitted: 'Your account is not allowed to unlock it. Ask the person who manages this lock.',
  gone: 'The lock is no longer in your account. Type /locks to see your doors.',
  lock_refused: 'The lock refused, and did not say why. Try again in a moment.',
  seam_unreachable: `${SEAM} cannot be reached. Try again in a minute.`,
  seam_slow: `${SEAM} takes too long to answer. Try again in a minute.`,
  seam_busy: `${SEAM} gets too many requests right now. Try again in a minute.`,
  seam_fault: `${SEAM} has a fault right now. Try again in a minute.`,
  seam_key: `${SEAM} does not let Latchbolt in. ${SETUP}`,
  not_recorded:
    'Latchbolt could not write this unlock down, and opens no door without that. Try again in a minute.',
  crossed: 'It is being locked right now. Try again when that has ended.',
  not_sent: 'Latchbolt was restarted before it could ask the lock. Try again.',
  door_limit: 'This door has been unlocked many times within a minute. Try again in a minute.',
  person_limit: 'You have unlocked many doors within a minute. Try again in a minute.',
};
const failed = (
  reason: FailureReason,
  said: string | null = null,
  waitMs: number | null = null,
): Outcome => ({
  kind: 'failed',
  reason,
  said,
  waitMs,
});
const others: [Outcome, string][] = [
  [{ kind: 'unlocked' }, 'Unlocked. The lock has confirmed it.'],
  [{ kind: 'locked' }, 'Locked. The lock has confirmed it.'],
  [{ kind: 'sent' }, 'Sent, but the lock has not confirmed it. Try the door.'],
  [
    { kind: 'unknown', why: 'timeout' },
    'Nobody can say yet whether it unlocked: the lock has not answered. Check the door.',
  ],
  [
    { kind: 'unknown', why: 'lost' },
    'Nobody can say whether it unlocked: the answer got lost on its way back. Check the door.',
  ],
  [
    { kind: 'unknown', why: 'interrupted' },
    'Nobody can say whether it unlocked: Latchbolt was restarted in the middle. Check the door.',
  ],
  [
    { kind: 'refused', why: 'not_yours' },
    'This door is not one of yours, so nothing was opened. Type /locks to see your doors.',
  ],
  [
    { kind: 'refused', why: 'other_workspace' },
    'These doors belong to people of another workspace, so nothing was opened or changed.',
  ],
  [
    { kind: 'refused', why: 'guest' },
    'Guests cannot use Latchbolt here, so nothing was opened or changed. The person who set up Latchbolt can allow it.',
  ],
  [
    { kind: 'refused', why: 'deactivated' },
    'Your account in this workspace is deactivated, so nothing was opened or changed.',
  ],
  [{ kind: 'refused', why: 'bot' }, 'Only people can use Latchbolt, so nothing was opened or changed.'],
  [
    { kind: 'refused', why: 'copy' },
    'This is a copy of a message, so nothing was opened or changed. Type /locks to see your doors.',
  ],
  [
    { kind: 'refused', why: 'old' },
    'This was shown more than 12 hours ago, so nothing was opened. Type /locks to see your doors as they are now.',
  ],
  [
    { kind: 'refused', why: 'paused' },
    'Not unlocked. Opening doors is paused for everybody by the person who set up Latchbolt.',
  ],
  [
    { kind: 'refused', why: 'paused_by_you' },
    'Not unlocked. You have paused opening doors from Slack. Type /locks resume to end that.',
  ],
];

/** Of a lock, where the words differ. */
const ofLocks: [Outcome, string][] = [
  [{ kind: 'locked' }, 'Locked. The lock has confirmed it.'],
  [{ kind: 'sent' }, 'Sent, but the lock has not confirmed it. Check the door.'],
  [
    { kind: 'unknown', why: 'timeout' },
    'Nobody can say yet whether it locked: the lock has not answered. Check the door.',
  ],
  [
    { kind: 'refused', why: 'not_yours' },
    'This door is not one of yours, so nothing was locked. Type /locks to see your doors.',
  ],
  [
    { kind: 'refused', why: 'old' },
    'This was shown more than 12 hours ago, so nothing was locked. Type /locks to see your doors as they are now.',
  ],
  [failed('not_remote'), 'Not locked. This lock cannot be locked from afar. Lock it by hand.'],
  [failed('crossed'), 'Not locked. It is being unlocked right now. Try again when that has ended.'],
  [
    failed('not_recorded'),
    'Not locked. Latchbolt could not write this lock down, and moves no lock without that. Try again in a minute.',
  ],
];
const reasons = Object.keys(failures) as FailureReason[];
const outcomes: Outcome[] = [
  ...reasons.map((reason) => failed(reason)),
  ...others.map(([outcome]) => outcome),
  failed('lock_refused', 'The bolt says no'),
  failed('seam_busy', null, 1_000),
];

describe('the words of an outcome', () => {
  test.each(reasons)('for a failure of %s', (reason) => {
    expect(outcomeLine('unlock', failed(reason))).toBe(`Not unlocked. ${failures[reason]}`);
  });

  test.each(ofLocks)('of a lock, for %j', (outcome, words) => {
    expect(outcomeLine('lock', outcome)).toBe(words);
  });

  test.each(others)('for %j', (outcome, words) => {
    expect(outcomeLine('unlock', outcome)).toBe(words);
  });

  test.each([
    ['It is stuck', '“It is stuck”.'],
    ['It is stuck.', '“It is stuck”.'],
    ['It is stuck!!\n', '“It is stuck”.'],
    ['Really?', '“Really?”.'],
    ['\u202e<!channel> *x*', '“<!channel> *x*”.'],
    ['w'.repeat(300), `“${'w'.repeat(199)}…”.`],
  ])('give back what the lock said: %j', (said, quoted) => {
    expect(outcomeLine('unlock', failed('lock_refused', said))).toBe(
      `Not unlocked. The lock refused: ${quoted}`,
    );
  });

  test.each(['', ' \n', '\u200b', '...', '!'])('do not give back what says nothing: %j', (said) => {
    expect(outcomeLine('unlock', failed('lock_refused', said))).toBe(
      `Not unlocked. ${failures.lock_refused}`,
    );
  });

  test.each([
    [-5, '1 second'],
    [0, '1 second'],
    [1_000, '1 second'],
    [1_001, '2 seconds'],
    [119_000, '119 seconds'],
    [119_001, '2 minutes'],
    [120_001, '3 minutes'],
    [3_600_000, '60 minutes'],
    [3_600_001, null],
  ])('say when to try again, once: after %i ms', (waitMs, when) => {
    for (const reason of ['seam_unreachable', 'seam_slow', 'seam_busy', 'seam_fault'] as const) {
      const again = when === null ? 'Try again later.' : `Try again in ${when}.`;
      const words = failures[reason].replace('Try again in a minute.', again);
      expect(outcomeLine('unlock', failed(reason, null, waitMs))).toBe(`Not unlocked. ${words}`);
    }
    expect(outcomeLine('unlock', failed('offline', null, waitMs))).toBe(`Not unlocked. ${failures.offline}`);
    expect(outcomeLine('unlock', failed('seam_key', null, waitMs))).toBe(
      `Not unlocked. ${failures.seam_key}`,
    );
  });
});

describe('the words of a failure that has none of its own', () => {
  const seam: Record<SeamErrorKind, FailureReason> = {
    unreachable: 'seam_unreachable',
    lost: 'seam_unreachable',
    timeout: 'seam_slow',
    busy: 'seam_busy',
    key: 'seam_key',
    rejected: 'seam_fault',
    fault: 'seam_fault',
  };
  const store: Record<StoreErrorKind, string> = {
    busy: 'Latchbolt’s own records are busy right now. Try again in a minute.',
    full: `Latchbolt has no room left for its records. ${SETUP}`,
    broken: `Latchbolt cannot read its own records. ${SETUP}`,
  };

  test.each(Object.entries(seam))('of Seam: %s', (kind, reason) => {
    const error = new SeamError({ kind: kind as SeamErrorKind, code: 'x' });
    expect(failureMessage(error).text).toBe(`That did not work. ${failures[reason]}`);
  });

  test('of Seam that says how long to wait', () => {
    const error = new SeamError({ kind: 'busy', code: 'x', waitMs: 5_000 });
    expect(failureMessage(error).text).toBe(
      `That did not work. ${SEAM} gets too many requests right now. Try again in 5 seconds.`,
    );
  });

  test.each(Object.entries(store))('of the store: %s', (kind, words) => {
    const error = new StoreError(kind as StoreErrorKind, 'x');
    expect(failureMessage(error).text).toBe(`That did not work. ${words}`);
  });

  test.each([new TypeError('secret'), 'secret', null, undefined])(
    'of anything else, without its words',
    (error) => {
      expect(failureMessage(error).text).toBe(
        'That did not work, because of a mistake in Latchbolt itself. ' +
          `Try again; if it happens again, tell the person who set up Latchbolt.`,
      );
    },
  );
});

test('buttons carry what they are about, after whose message they are in', () => {
  const olivia = slackUserId('U0OLIVIA');
  const account: Account = { id: connectedAccountId('a1'), name: 'August', healthy: true };
  const link = { id: connectId('connect-1'), url: 'https://connect.example.com/x' };
  const carried = (message: Message) => buttonsIn(message.blocks).map((one) => [one.action_id, one.value]);
  expect(carried(connect.linkMessage(olivia, link))).toEqual([['connect:open', 'U0OLIVIA connect-1']]);
  expect(carried(connect.failedMessage(olivia, link))).toEqual([['connect:open', 'U0OLIVIA connect-1']]);
  expect(carried(connect.withdrawnMessage(olivia))).toEqual([['connect:start', 'U0OLIVIA']]);
  expect(carried(connect.connectedMessage(olivia, account, [], false))).toEqual([['list:show', 'U0OLIVIA']]);
  expect(carried(disconnect.accountsMessage(olivia, [account]))).toEqual([
    ['disconnect:account', 'U0OLIVIA a1'],
  ]);
});

/** What is said of names, favourites and what was typed for a door. */
function naming(olivia: SlackUserId): [string, Message][] {
  const near = [aDoor({ name: 'Back & <Gate>' }), aDoor({ id: deviceId('door-2'), name: 'Studio' })];
  const several = { kind: 'several', doors: near, complete: true } as const;
  const none = { kind: 'none', near: [], complete: false, gone: true } as const;
  const word = 'h & <q>';
  const aliases = Array.from({ length: MOST_ALIASES }, (_, index) => ({
    word: `${word} ${index}`,
    deviceId: deviceId(index % 2 === 0 ? 'door-2' : 'door-gone'),
  }));
  return [
    ['gone list', list.goneMessage],
    ['a name is missing', nameMissingMessage('unlock')],
    ['no aliases', alias.aliasesMessage(olivia, [], [])],
    ['aliases', alias.aliasesMessage(olivia, aliases, near)],
    ['called', alias.calledMessage(aDoor(), word, null)],
    ['called, and was another', alias.calledMessage(aDoor(), word, aDoor({ name: 'Back & <Gate>' }))],
    ['called, and was one that is gone', alias.calledMessage(aDoor(), word, 'gone')],
    ['word missing', alias.wordMissingMessage('Front & <Door>')],
    ['unclosed quote', alias.unclosedMessage('“Front & <Door> hq')],
    ['choose to call', alias.chooseMessage(olivia, several, 'x & <y>', word)],
    ['call, of none', alias.chooseMessage(olivia, none, 'x & <y>', '')],
    ['too long a word', alias.unfitMessage('too_long', 'x'.repeat(80))],
    ['no word', alias.unfitMessage('empty', '')],
    ['a name that is taken', alias.takenMessage(word, aDoor())],
    ['as many aliases as can be', alias.fullMessage],
    ['call a door that is not theirs', alias.notYoursMessage],
    ['old alias button', alias.staleMessage],
    ['no favourites', favourite.favouritesMessage(olivia, [], [])],
    ['favourites', favourite.favouritesMessage(olivia, [deviceId('door-1'), deviceId('gone')], near)],
    ['favourite', favourite.addedMessage(olivia, aDoor({ name: 'Back & <Gate>' }))],
    ['no favourite any more', favourite.removedMessage(olivia, aDoor({ name: 'Back & <Gate>' }))],
    ['choose a favourite', favourite.chooseMessage(olivia, several, 'x & <y>')],
    ['a favourite, of none', favourite.chooseMessage(olivia, { ...none, near, gone: false }, 'x & <y>')],
    ['as many favourites as can be', favourite.fullMessage],
    ['a favourite that is not theirs', favourite.notYoursMessage],
    ['old favourite button', favourite.staleMessage],
  ];
}

/** What is said of a door after an unlock. */
function followed(): [string, Message][] {
  const olivia = slackUserId('U0OLIVIA');
  const follow: Follow = {
    moveId: moveId('unlock-1'),
    who: someone(),
    deviceId: aDoor().id,
    doorName: 'Front Door',
    canLock: true,
    place: 'card',
    unlockedAt: START,
    shownAt: START,
    postsLeft: 0,
    locksAt: START + 300_000,
    lockTries: 0,
    card: null,
    note: null,
  };
  const hows = ['remote', 'keypad', 'card', 'by_hand', 'by_itself', 'unknown', 'asked', 'seen'] as const;
  const sightings = (['locked', 'unlocked'] as const).flatMap((state) =>
    hows.map((how): Sighting => ({ deviceId: aDoor().id, state, how, at: START + 1 })),
  );
  const last = aMove({ state: 'ended', outcome: { kind: 'unlocked' }, endedAt: START });
  const byTimer = aMove({
    ...last,
    verb: 'lock',
    via: 'timer',
    outcome: { kind: 'locked' },
    endedAt: START + 1,
  });
  const sight = { follow, last, asOf: null, isOver: false };
  return [
    ['card', following.cardMessage({ ...sight, sighting: null })],
    ['card as of', following.cardMessage({ ...sight, sighting: null, asOf: START })],
    ['card that is over', following.cardMessage({ ...sight, sighting: null, asOf: START, isOver: true })],
    ...sightings.flatMap((sighting): [string, Message][] => [
      [`card: ${sighting.state} ${sighting.how}`, following.cardMessage({ ...sight, sighting })],
      [`settled: ${sighting.state} ${sighting.how}`, following.settledMessage(follow, sighting, last)],
      [
        `list: ${sighting.state} ${sighting.how}`,
        doorsMessage({
          listing: aListing(),
          sightings: new Map([[sighting.deviceId, sighting]]),
          moves: new Map([[last.deviceId, last]]),
          locking: new Map([[last.deviceId, { at: START, moveId: last.id }]]),
          favourites: [],
          pausedByOwner: true,
          paused: true,
          asOf: START,
        }),
      ],
      [`settled by a timer ${sighting.how}`, following.settledMessage(follow, sighting, byTimer)],
    ]),
    ['nudge', following.nudgeMessage(follow, 'unlocked')],
    [
      'nudge of a door that nobody knows of',
      following.nudgeMessage({ ...follow, canLock: false }, 'unknown'),
    ],
    ...outcomes.map((outcome): [string, Message] => [
      `did not lock: ${JSON.stringify(outcome)}`,
      following.notLockedMessage(follow, outcome, START),
    ]),
    ['did not lock twice', following.notLockedMessage({ ...follow, lockTries: 1 }, failed('offline'), null)],
    ['too late', following.tooLateMessage(follow, START)],
    ['unlocked again', following.closedMessage(follow, 'unlocked_again')],
    ['an old note', following.closedMessage(follow, 'old')],
    ['not opened', following.notOpenedMessage(follow, failed('offline'))],
    ['kept', following.keptMessage(follow)],
    ['too late to keep', following.tooLateToKeepMessage(follow)],
    ['nothing to call off', following.overMessage],
    ['saved', autolock.savedMessage('Front Door', { nudgeAfterMs: null, lockAfterMs: null })],
    ['saved both', autolock.savedMessage('Front Door', { nudgeAfterMs: 3_600_000, lockAfterMs: 60_000 })],
    [
      'which of many',
      autolock.whichMessage(
        olivia,
        autolock.which.any,
        Array.from({ length: 30 }, () => aDoor()),
      ),
    ],
    [
      'which of several',
      autolock.whichMessage(
        olivia,
        autolock.which.several({ doors: [aDoor(), aDoor()], complete: true }, 'front'),
        [aDoor(), aDoor()],
      ),
    ],
    [
      'which of near',
      autolock.whichMessage(olivia, autolock.which.none(noneFound([aDoor()]), 'frnt'), [aDoor()]),
    ],
    ['which, late', autolock.whichMessage(olivia, autolock.which.late, [aDoor()])],
    ['none', autolock.whichMessage(olivia, autolock.which.none(noneFound([]), 'zzz'), [])],
    ['not yours to set', autolock.notYoursMessage],
  ];
}

/** Every message that the bot can show, in each of its forms. */
function everyMessage(): [string, Message][] {
  const olivia = slackUserId('U0OLIVIA');
  const account: Account = { id: connectedAccountId('a1'), name: 'August, o@example.com', healthy: true };
  const link = { id: connectId('connect-1'), url: 'https://connect.example.com/x' };
  const subcommands = features.flatMap((feature) => feature.subcommands);
  const doors = Array.from({ length: 9 }, () => aDoor());
  const endings = outcomes.map((outcome) => aMove({ state: 'ended', outcome, endedAt: START }));
  return [
    ['welcome', welcomeMessage(olivia)],
    ['no doors', noDoorsMessage(olivia)],
    ['old list', list.oldListMessage],
    ['link', connect.linkMessage(olivia, link)],
    ['link failed', connect.failedMessage(olivia, link)],
    ['link failed, and no other', connect.failedMessage(olivia, null)],
    ['link withdrawn', connect.withdrawnMessage(olivia)],
    ['connected: no account', connect.connectedMessage(olivia, null, [], false)],
    ['connected: one door', connect.connectedMessage(olivia, account, [aDoor()], false)],
    ['connected: nine doors', connect.connectedMessage(olivia, account, doors, false)],
    ['connected: many doors', connect.connectedMessage(olivia, account, doors, true)],
    ['accounts', disconnect.accountsMessage(olivia, [account, { ...account, healthy: false }])],
    [
      'sixty accounts',
      disconnect.accountsMessage(
        olivia,
        Array.from({ length: 60 }, () => account),
      ),
    ],
    ['no accounts', disconnect.noAccountsMessage(olivia)],
    ['disconnected', disconnect.disconnectedMessage(olivia, account.name, { shared: false, revoked: 0 })],
    ['left', disconnect.disconnectedMessage(olivia, account.name, { shared: true, revoked: 0 })],
    ['half disconnected', disconnect.halfDoneMessage(account.name)],
    ['disconnected already', disconnect.disconnectedAlready(account.name)],
    ['not your account', disconnect.notYourAccount],
    ['help', help.helpMessage(subcommands)],
    ['unknown word', help.unknownWordMessage('unlok', null, subcommands)],
    ['unknown word with a suggestion', help.unknownWordMessage('conect', 'connect', subcommands)],
    ['unlocking', moving.underWayMessage('unlock', 'Front Door')],
    ['locking', moving.underWayMessage('lock', 'Front Door')],
    ['unlocking a door without a name', moving.underWayMessage('unlock', null)],
    ...followed(),
    ['stale button', door.staleButton],
    ['not here', turnedAwayMessage('other_workspace')],
    ['too much', tooMuchMessage(12_000)],
    ['too many links', connect.tooManyLinksMessage(300_000)],
    ['old message with accounts', disconnect.oldMessage],
    ['Slack does not say who', failureMessage(new MembersError('not reached', null))],
    ['old button', oldButtonMessage],
    ['a mistake', failureMessage(null)],
    ['busy records', failureMessage(new StoreError('busy', 'x'))],
    ['full records', failureMessage(new StoreError('full', 'x'))],
    ['broken records', failureMessage(new StoreError('broken', 'x'))],
    ...outcomes.map((one): [string, Message] => [
      JSON.stringify(one),
      moving.outcomeMessage('unlock', 'Front Door', one),
    ]),
    ...[aMove(), ...endings].map((one): [string, Message] => [
      `doors with ${JSON.stringify(one.outcome)}`,
      doorsMessage({
        listing: aListing(),
        sightings: new Map(),
        moves: new Map([[one.deviceId, one]]),
        locking: new Map(),
        favourites: [],
        paused: false,
        pausedByOwner: false,
        asOf: null,
      }),
    ]),
    ...naming(olivia),
  ];
}

describe.each(everyMessage())('the message "%s"', (_, { text, blocks }) => {
  const shown = textsIn(blocks).map((one) => one.text);

  test('is one that Slack takes', () => {
    expect(checkBlocks(JSON.parse(JSON.stringify(blocks)))).toMatchObject({ ok: true });
  });

  test('has buttons that say first whose message it is', () => {
    for (const { action_id, value } of buttonsIn(blocks)) {
      expect({ action_id, value }).toEqual({
        action_id,
        value: expect.stringMatching(/^U0OLIVIA( [\w-]+)*$/),
      });
    }
  });

  test('is in whole sentences, calm, and in words of people who open doors', () => {
    const JARGON =
      /\b(devices?|API|web ?views?|null|undefined|NaN|object|errors?|exceptions?|sessions?|tokens?|HTTP|JSON|timeouts?|endpoints?)\b/i;
    for (const words of [text, ...shown]) {
      expect(words).not.toMatch(JARGON);
      expect(words).not.toMatch(/!(?!date\^)/);
    }
    expect(text).toMatch(/[.…]$/);
    // What stands alone in a row and has a verb is a sentence: it begins and ends as one.
    for (const words of shown.filter(
      (one) => / (is|was|are|has|can|did|you) /.test(one) && !/[·*`]/.test(one),
    )) {
      expect(words).toMatch(/^[A-Z].*[.?…]$/s);
    }
  });
});

function noneFound(near: readonly Door[]) {
  return { kind: 'none', near, complete: true, gone: false } as const;
}
