import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Happening } from '../../src/domain/happening.ts';
import {
  accessCodeId,
  actionAttemptId,
  connectedAccountId,
  deviceId,
  slackUserId,
} from '../../src/domain/ids.ts';
import { checkHome } from '../../src/sandbox/slack/check.ts';
import type { Move } from '../../src/store/move-row.ts';
import { activityRows } from '../../src/views/activity.ts';
import { type HomeSight, homeView } from '../../src/views/home.ts';
import { awayHome, failureHome, welcomeHome } from '../../src/views/home-instead.ts';
import { textsIn } from '../support/blocks.ts';
import { aDoor, aHappening, aHome, aMove, START, someone } from '../support/sights.ts';

const OWNER = slackUserId('U0OLIVIA');
const MOMENT = '<!date^1780300800^{date_short_pretty} at {time}|2026-06-01 08:00 UTC>';
const HOUR_MS = 60 * 60 * 1000;

const sight = (facts: Partial<HomeSight> = {}): HomeSight => ({
  listing: aHome(),
  sightings: new Map(),
  moves: new Map(),
  locking: new Map(),
  sent: [],
  happenings: [],
  codes: new Map(),
  paused: false,
  pausedAt: null,
  trouble: null,
  now: START,
  ...facts,
});
const said = (facts: Partial<HomeSight>) => textsIn(homeView(sight(facts))).map(({ text }) => text);

const sentMove = (facts: Partial<Move> = {}) =>
  aMove({ state: 'ended', outcome: { kind: 'unlocked' }, sentAt: START, endedAt: START, ...facts });
const lines = (moves: readonly Move[], happenings: readonly Happening[] = []) =>
  activityRows({ owner: OWNER, doors: [aDoor()], moves, happenings, codes: new Map() }).map(({ elements }) =>
    elements.map((element) => ('text' in element ? element.text : '')).join(' | '),
  );

describe('Home', () => {
  test('fits into Slack’s 100 blocks however much there is', () => {
    const numbers = Array.from({ length: 15 }, (_, index) => index);
    const doors = numbers.map((n) => aDoor({ id: deviceId(`door-${n}`), state: 'unlocked' }));
    const accounts = numbers.map((n) => ({
      id: connectedAccountId(`account-${n}`),
      name: `August ${n}`,
      healthy: n % 2 === 0,
    }));
    const view = homeView(
      sight({
        listing: aHome({ doors, accounts, cursors: [null, 'two'], next: 'three' }),
        sent: numbers.map((n) => sentMove({ deviceId: deviceId(`door-${n}`) })),
        paused: true,
        pausedAt: START,
        trouble: 'That did not work.',
      }),
    );
    expect(checkHome(view)).toMatchObject({ ok: true });
    expect(view.blocks).toHaveLength(83);
  });

  test('says that the person has paused opening doors, where they look first and in the settings', () => {
    expect(said({ pausedAt: START }).filter((text) => text.includes('paused'))).toEqual([
      `*You paused opening doors ${MOMENT}.* Type \`/locks resume\` to end that.`,
      'Opening your doors from Slack is paused.',
    ]);
  });

  test('calls a state of long ago unknown, unless the door was seen since', () => {
    const sightings = new Map([
      [aDoor().id, { deviceId: aDoor().id, state: 'unlocked', how: 'by_hand', at: START } as const],
    ]);
    expect(said({ now: START + 12 * HOUR_MS })).toContain(':lock: *Locked* · Online');
    const late = { now: START + 12 * HOUR_MS + 1 };
    expect(said(late)).toContain(':grey_question: *Nobody knows whether it is locked* · Online');
    expect(said({ ...late, sightings })).toContain(`:unlock: *Unlocked* since ${MOMENT} · Online`);
  });

  test('shows what was heard of a door since Seam was asked', () => {
    expect(said({ happenings: [aHappening({ kind: 'offline' })] })).toContain(
      ':lock: *Locked* when it was last online · *Offline*',
    );
  });

  test('says what an account without locks, and a page without doors, mean', () => {
    expect(said({ listing: aHome({ doors: [] }) })[1]).toContain('no locks are in it right now');
    expect(said({ listing: aHome({ doors: [], cursors: [null, 'two'] }) }).slice(0, 2)).toEqual([
      'Your doors, page 2',
      'There are no doors on this page.',
    ]);
  });

  test('is taken by Slack whatever things are called, and nobody’s words are more than words', async () => {
    const name = fc.oneof(fc.string({ minLength: 1, maxLength: 200 }), fc.constant('<!channel> *x* <@U1>'));
    await fc.assert(
      fc.property(name, name, (door, account) => {
        const named = `${door}x`;
        const view = homeView(
          sight({
            listing: aHome({
              doors: [aDoor({ name: named })],
              accounts: [{ id: connectedAccountId('a'), name: `${account}y`, healthy: false }],
            }),
            sent: [sentMove({ deviceId: deviceId('gone'), doorName: named })],
            happenings: [aHappening()],
          }),
        );
        expect(checkHome(view)).toMatchObject({ ok: true });
        const formatted = textsIn(view).filter(({ type }) => type === 'mrkdwn');
        expect(formatted.filter(({ text }) => /<(?!!date\^|@U0OLIVIA)/.test(text))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ['somebody new', welcomeHome(OWNER)],
    ['a guest', awayHome('guest')],
    ['somebody who left', awayHome('deactivated')],
    ['nobody knows what', failureHome(OWNER, 'That did not work.')],
  ])('is taken by Slack for %s', (_, view) => {
    expect(checkHome(view)).toMatchObject({ ok: true });
  });
});

describe('recent activity', () => {
  const ben = someone('U0BEN');

  test.each([
    [{}, '*Unlocked* by you, with a button in Slack'],
    [{ verb: 'lock', outcome: { kind: 'locked' }, via: 'name' }, '*Locked* by you, with a command in Slack'],
    [{ outcome: { kind: 'sent' } }, '*Unlocked* (not confirmed by the lock) by you, with a button in Slack'],
    [
      { outcome: { kind: 'failed', reason: 'jammed', said: null, waitMs: null }, via: 'workflow' },
      'Not unlocked, though asked for by you, with a workflow',
    ],
    [
      { verb: 'lock', outcome: { kind: 'unknown', why: 'timeout' }, via: 'timer' },
      'Perhaps locked (nobody can say), as asked for by you, with a timer',
    ],
    [{ who: ben }, '*Unlocked* by <@U0BEN>, with a button in Slack'],
  ] as const)('of a move %j', (facts, words) => {
    expect(lines([sentMove(facts)])).toEqual([`Front Door | ${words} | ${MOMENT}`]);
  });

  test('tells nothing of what is under way, nor of what others asked for in vain', () => {
    const failed = { kind: 'failed', reason: 'offline', said: null, waitMs: null } as const;
    expect(
      lines([sentMove({ outcome: null, endedAt: null }), sentMove({ who: ben, outcome: failed })]),
    ).toEqual([]);
  });

  test.each([
    [{ how: 'keypad' }, '*Unlocked* at the keypad'],
    [{ how: 'remote' }, '*Unlocked* from another app'],
    [{ how: 'by_hand' }, '*Unlocked* by hand or with a key'],
    [{ kind: 'locked', how: 'by_itself' }, '*Locked* by itself'],
    [{ how: 'card' }, '*Unlocked* with a card or a phone at the lock'],
    [{ how: 'unknown' }, '*Unlocked*'],
    [{ kind: 'denied', how: null }, 'Somebody was not let in'],
    [{ kind: 'offline', how: null }, 'The lock went offline'],
    [{ kind: 'battery_low', how: null }, 'The battery was low'],
    [{ kind: 'tampered', how: null }, 'Somebody may have tampered with the lock'],
    [{ kind: 'removed', how: null }, 'The lock was removed from its account'],
  ] as const)('of what was heard: %j', (facts, words) => {
    expect(lines([], [aHappening(facts)])).toEqual([`Front Door | ${words} | ${MOMENT}`]);
  });

  test('names the code that was typed as its owner did, letter by letter', () => {
    const typed = (codeId: string) => [aHappening({ how: 'keypad', codeId: accessCodeId(codeId) })];
    const codes = new Map([[accessCodeId('seam-1'), '*Anna* <!here>']]);
    const [row] = activityRows({
      owner: OWNER,
      doors: [aDoor()],
      moves: [],
      happenings: typed('seam-1'),
      codes,
    });
    expect(row?.elements).toEqual([
      { type: 'plain_text', text: 'Front Door', emoji: false },
      { type: 'mrkdwn', text: '*Unlocked* at the keypad with the code' },
      { type: 'plain_text', text: '“*Anna* <!here>”', emoji: false },
      { type: 'mrkdwn', text: MOMENT },
    ]);
    expect(lines([], typed('seam-2'))).toEqual([
      `Front Door | *Unlocked* at the keypad with a code | ${MOMENT}`,
    ]);
  });

  test('tells that a lock is online again only after it was away', () => {
    const online = aHappening({ kind: 'online', how: null, at: START + 1 });
    expect(lines([], [online])).toEqual([]);
    expect(lines([], [online, aHappening({ kind: 'offline', how: null })])).toHaveLength(2);
  });

  test.each([
    ['by its attempt', { attemptId: actionAttemptId('attempt-1'), how: 'by_hand' }],
    ['by its moment, where the lock does not say', { attemptId: null, how: 'remote', at: START + 59_000 }],
  ] as const)('tells once what was asked for here and heard of too: known %s', (_, facts) => {
    const move = sentMove({ attemptId: actionAttemptId('attempt-1') });
    expect(lines([move], [aHappening(facts)])).toHaveLength(1);
    // While it is under way, what was heard is told with who asked for it.
    expect(lines([{ ...move, who: ben, outcome: null, endedAt: null }], [aHappening(facts)])).toEqual([
      expect.stringContaining('*Unlocked* by <@U0BEN>, with a button in Slack'),
    ]);
  });

  test.each([
    ['another attempt', { attemptId: actionAttemptId('attempt-2'), how: 'remote' }],
    ['the other way', { kind: 'locked', how: 'remote' }],
    ['by hand at the same moment', { how: 'by_hand' }],
    ['long after', { how: 'remote', at: START + 61_000 }],
  ] as const)('takes nothing else for it: %s', (_, facts) => {
    const move = sentMove({ attemptId: actionAttemptId('attempt-1') });
    expect(lines([move], [aHappening(facts)])).toHaveLength(2);
  });

  test('shows the ten newest, newest first', () => {
    const all = Array.from({ length: 12 }, (_, n) => aHappening({ id: `e${n}`, at: START + n * 60_000 }));
    const shown = lines([], all);
    expect(shown).toHaveLength(10);
    expect(shown[0]).toContain('08:11 UTC');
  });
});
