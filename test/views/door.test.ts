import { describe, expect, test } from 'vitest';
import type { Battery, Door, Problem } from '../../src/domain/door.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import { type DoorSight, doorRows, doorSpoken } from '../../src/views/door.ts';
import { aDoor, aHome, aListing, aMove, START } from '../support/sights.ts';

const MOMENT = '<!date^1780300800^{date_short_pretty} at {time}|2026-06-01 08:00 UTC>';

const sight = (facts: Partial<DoorSight> = {}): DoorSight => ({
  door: aDoor(),
  sighting: null,
  move: null,
  locksAgain: null,
  ...facts,
});
const rows = (facts: Partial<DoorSight> = {}) => doorRows(sight(facts), aListing());
const verbatim = (text: string) => ({ type: 'plain_text', text, emoji: false });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });

const unlockButton = (name: string) => ({
  type: 'button',
  text: verbatim('Unlock'),
  action_id: 'door:unlock',
  value: 'U0OLIVIA listing-1 door-1',
  accessibility_label: `Unlock ${name}`,
  confirm: {
    title: verbatim(`Unlock ${name}?`),
    text: verbatim('Anyone who stands in front of this door can then open it.'),
    confirm: verbatim('Unlock'),
    deny: verbatim('Cancel'),
  },
});

describe('the rows of a door', () => {
  test('are its name with the button, and what is known of it', () => {
    expect(rows()).toEqual([
      { type: 'section', text: verbatim('Front Door'), accessory: unlockButton('Front Door') },
      { type: 'context', elements: [mrkdwn(':lock: *Locked*, as Seam reports it now · Online')] },
    ]);
    expect(doorSpoken(sight())).toBe('Front Door: locked.');
  });

  test('have no button while it is being unlocked', () => {
    const facts = { move: aMove() };
    expect(rows(facts)).toEqual([
      { type: 'section', text: verbatim('Front Door') },
      { type: 'context', elements: [mrkdwn(':hourglass_flowing_sand: *Unlocking…*')] },
    ]);
    expect(doorSpoken(sight(facts))).toBe('Front Door: unlocking.');
  });

  test('have no button where there is nothing to press', () => {
    const facts = { door: aDoor({ canUnlock: false }) };
    expect(rows(facts)).toEqual([
      { type: 'section', text: verbatim('Front Door') },
      {
        type: 'context',
        elements: [mrkdwn(':lock: *Locked*, as Seam reports it now · Online · Cannot be unlocked from afar')],
      },
    ]);
    expect(doorSpoken(sight(facts))).toBe('Front Door: locked, cannot be unlocked from afar.');
  });

  test.each<[Outcome, string, string]>([
    [{ kind: 'unlocked' }, ':unlock:', 'Unlocked. The lock has confirmed it.'],
    [{ kind: 'sent' }, ':unlock:', 'Sent, but the lock has not confirmed it. Try the door.'],
    [
      { kind: 'failed', reason: 'lock_refused', said: '*No* <!channel>', waitMs: null },
      ':warning:',
      'Not unlocked. The lock refused: “*No* <!channel>”.',
    ],
    [
      { kind: 'unknown', why: 'lost' },
      ':warning:',
      'Nobody can say whether it unlocked: the answer got lost on its way back. Check the door.',
    ],
  ])('show the outcome %j letter by letter, with its moment and the button again', (outcome, sign, words) => {
    const facts = { move: aMove({ state: 'ended', outcome, endedAt: START }) };
    expect(rows(facts)).toEqual([
      { type: 'section', text: verbatim('Front Door'), accessory: unlockButton('Front Door') },
      { type: 'context', elements: [mrkdwn(`${sign} ${MOMENT}`), verbatim(words)] },
    ]);
    expect(doorSpoken(sight(facts))).toBe(`Front Door: ${words}`);
  });

  test('cut a name where Slack would, and show nothing that hides in it', () => {
    const name = `\u202eLong\n${'corridor '.repeat(20)}`;
    const shown = `Long ${'corridor '.repeat(20)}`.slice(0, 119);
    const [section] = rows({ door: aDoor({ name }) });
    expect(section).toEqual({
      type: 'section',
      text: verbatim(`${shown}…`),
      accessory: {
        ...unlockButton(''),
        accessibility_label: `${`Unlock ${shown}`.slice(0, 74)}…`,
        confirm: { ...unlockButton('').confirm, title: verbatim(`${`Unlock ${shown}`.slice(0, 99)}…`) },
      },
    });
  });
});

describe('what is known of a door', () => {
  const facts = (door: Partial<Door>, sighting: DoorSight['sighting'] = null, shownAt = START + 1) => {
    const row = doorRows(sight({ door: aDoor(door), sighting }), aListing({ shownAt }))[1];
    return row?.type === 'context' ? row.elements : null;
  };
  const seen = (state: 'locked' | 'unlocked') => ({
    deviceId: aDoor().id,
    state,
    how: 'asked' as const,
    at: START,
  });

  test.each([
    ['locked', seen('locked'), `:lock: *Locked* since ${MOMENT} · Online`],
    ['unlocked', seen('unlocked'), `:unlock: *Unlocked* since ${MOMENT} · Online`],
    ['locked', seen('unlocked'), ':lock: *Locked*, as Seam reports it now · Online'],
    ['unlocked', null, ':unlock: *Unlocked*, as Seam reports it now · Online'],
    ['unknown', null, ':grey_question: *Nobody knows whether it is locked* · Online'],
    [
      'unknown',
      seen('unlocked'),
      `:grey_question: *Nobody knows whether it is locked* · last unlocked ${MOMENT} · Online`,
    ],
  ] as const)('%s, last seen %j', (state, sighting, line) => {
    expect(facts({ state }, sighting)).toEqual([mrkdwn(line)]);
  });

  test.each(['locked', 'unlocked', 'unknown'] as const)(
    'what was seen after the list was made is newer than a state of %s',
    (state) => {
      expect(facts({ state }, seen('unlocked'), START)).toEqual([
        mrkdwn(`:unlock: *Unlocked* since ${MOMENT} · Online`),
      ]);
    },
  );

  test('says nothing of now in a Home, which says itself when Seam was asked', () => {
    const [, row] = doorRows(sight({ door: aDoor() }), aHome());
    expect(row).toEqual({ type: 'context', elements: [mrkdwn(':lock: *Locked* · Online')] });
  });

  test.each<[Battery | null, string]>([
    [null, ''],
    [{ level: null, status: null }, ''],
    [{ level: 0.25, status: 'good' }, ''],
    [{ level: 0.249, status: null }, ' · Battery low (25%)'],
    [{ level: 0, status: null }, ' · Battery low (0%)'],
    [{ level: null, status: 'low' }, ' · Battery low'],
    [{ level: 0.05, status: 'critical' }, ' · Battery almost empty (5%)'],
    [{ level: null, status: 'critical' }, ' · Battery almost empty'],
  ])('a battery is worth a word when it is low: %j', (battery, words) => {
    const line = `:lock: *Locked*, as Seam reports it now · Online${words}`;
    expect(facts({ battery })).toEqual([mrkdwn(line)]);
  });

  test('nothing is said of whether it is online where Seam does not say', () => {
    expect(facts({ online: null })).toEqual([mrkdwn(':lock: *Locked*, as Seam reports it now')]);
    expect(doorSpoken(sight({ door: aDoor({ online: null }) }))).toBe('Front Door: locked.');
  });

  const error = (code: string, message = '<!channel> device API'): Problem => ({
    kind: 'error',
    code,
    message,
  });
  const warning = (code: string): Problem => ({ ...error(code), kind: 'warning' });

  test.each<[Problem[], string]>([
    [[error('device_offline')], ''],
    [[error('privacy_mode')], ' · Privacy mode is on: nobody can unlock it from afar'],
    [
      [warning('privacy_mode'), warning('salto_ks_privacy_mode')],
      ' · Privacy mode is on: nobody can unlock it from afar',
    ],
    [
      [warning('many_active_backup_codes'), warning('time_zone_unknown'), error('auxiliary_heat_running')],
      '',
    ],
    [
      [error('something_new', ''), error('__proto__', ' ')],
      ' · Something is wrong with this lock: see its own app',
    ],
    [[{ ...warning('something_new'), message: '' }], ''],
    [
      [
        error('account_disconnected'),
        error('device_removed'),
        error('hub_disconnected'),
        error('subscription_required'),
      ],
      ' · The account needs signing in again: /locks connect · The lock was removed from its account' +
        ' · Its bridge or hub is not connected',
    ],
  ])('the problems %j are told in our own words, three at most', (problems, words) => {
    const line = `:lock: *Locked* when it was last online · *Offline*${words}`;
    expect(facts({ online: false, problems })).toEqual([mrkdwn(line)]);
  });

  test('problems without words of ours are told in Seam’s, letter by letter and cut', () => {
    const problems = [
      warning('constructor'),
      error('something_new', `A *long* story: ${'x'.repeat(500)}`),
      error('another', '<!channel> device API!'),
    ];
    const told = ['<!channel> device API', `A *long* story: ${'x'.repeat(183)}…`];
    expect(facts({ problems })).toEqual([
      mrkdwn(':lock: *Locked*, as Seam reports it now · Online'),
      verbatim(told.join(' · ')),
    ]);
    expect(doorSpoken(sight({ door: aDoor({ problems: [warning('new')] }) }))).toBe(
      'Front Door: locked, <!channel> device API.',
    );
  });

  test.each([
    'device_offline',
    'device_disconnected',
    'low_battery',
    'max_access_codes_reached',
    'time_zone_mismatch',
    'accessory_keypad_low_battery',
  ])('nothing is told of %s, which is said elsewhere or is not about opening the door', (code) => {
    const problems = [error(code), warning(code)];
    expect(facts({ problems })).toEqual([mrkdwn(':lock: *Locked*, as Seam reports it now · Online')]);
    expect(doorSpoken(sight({ door: aDoor({ problems }) }))).toBe('Front Door: locked.');
  });

  test('of all problems three are told, each once, and those in our words come first', () => {
    const problems = [
      warning('low_battery'),
      error('new', 'It hums'),
      error('hub_disconnected'),
      warning('bridge_disconnected'),
      error('new_too', 'It hums.'),
      error('device_removed'),
      error('new_also', 'It hisses'),
    ];
    const ours = 'Its bridge or hub is not connected · The lock was removed from its account';
    expect(facts({ problems })).toEqual([
      mrkdwn(`:lock: *Locked*, as Seam reports it now · Online · ${ours}`),
      verbatim('It hums'),
    ]);
    expect(doorSpoken(sight({ door: aDoor({ problems }) }))).toBe(
      'Front Door: locked, its bridge or hub is not connected, the lock was removed from its account, it hums.',
    );
  });

  test('is heard in the same order as it is read', () => {
    const door = aDoor({
      state: 'unknown',
      online: false,
      battery: { level: 0.1, status: 'low' },
      problems: [error('hub_disconnected')],
    });
    expect(doorSpoken(sight({ door }))).toBe(
      'Front Door: nobody knows whether it is locked, offline, battery low (10%), its bridge or hub is not connected.',
    );
  });
});
