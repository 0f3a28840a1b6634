import { describe, expect, test } from 'vitest';
import { connectedAccountId, deviceId, noticeId } from '../../../src/domain/ids.ts';
import { type NoticeAbout, type NoticeSettings, USUAL_SETTINGS } from '../../../src/domain/notice.ts';
import {
  conditionOver,
  type Facts,
  isStillSo,
  isTooLate,
  nextTry,
  waitsUntil,
  whenTold,
} from '../../../src/features/notices/decide.ts';
import type { WaitingNotice } from '../../../src/store/notices.ts';
import { aDoor, START, someone } from '../../support/sights.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const of = { accountId: connectedAccountId('account-1'), deviceId: deviceId('door-1') };
const battery: NoticeAbout = { kind: 'battery', ...of };
const tamper: NoticeAbout = { kind: 'tamper', ...of };
const denied: NoticeAbout = { kind: 'denied', ...of };
const AT_NIGHT: NoticeSettings = { ...USUAL_SETTINGS, quiet: { fromMinute: 22 * 60, toMinute: 7 * 60 } };
const BERLIN = 'Europe/Berlin';
const waiting = (about: NoticeAbout, dueAt = START): WaitingNotice => ({
  id: noticeId('notice-1'),
  who: someone(),
  about,
  at: START,
  dueAt,
});

describe('a notice is told', () => {
  const when = (about: NoticeAbout, tellings: readonly number[] = [], settings = USUAL_SETTINGS) => {
    const { soonest, due } = whenTold(about, settings, BERLIN, tellings, START);
    return [soonest - START, due - START];
  };

  test('in a moment, with what comes at the same time; wrong PINs within a minute; an alarm at once', () => {
    expect(when(battery)).toEqual([0, 3_000]);
    expect(when(denied)).toEqual([0, MINUTE_MS]);
    expect(when(tamper)).toEqual([-2_000, 0]);
  });

  test('when ten minutes are over, after three messages within them; an alarm all the same', () => {
    const tellings = [START - 9 * MINUTE_MS, START - 5 * MINUTE_MS, START - MINUTE_MS];
    expect(when(battery, tellings.slice(1))).toEqual([0, 3_000]);
    expect(when(battery, tellings)).toEqual([0, MINUTE_MS]);
    expect(when(denied, [START - 1, START - 1, START - 1])).toEqual([0, 10 * MINUTE_MS - 1]);
    expect(when(tamper, tellings)).toEqual([-2_000, 0]);
  });
});

describe('quiet hours from 22:00 to 07:00 in Berlin', () => {
  test.each([
    ['in the evening', '2026-06-01T21:59:00+02:00', null],
    ['from their beginning', '2026-06-01T22:00:00+02:00', '2026-06-02T07:00:00+02:00'],
    ['after midnight', '2026-06-02T00:30:00+02:00', '2026-06-02T07:00:00+02:00'],
    ['in their last minute', '2026-06-02T06:59:59+02:00', '2026-06-02T07:00:00+02:00'],
    ['at their end', '2026-06-02T07:00:00+02:00', null],
    ['in the night that is an hour shorter', '2026-03-28T23:00:00+01:00', '2026-03-29T07:00:00+02:00'],
    ['in the night that is an hour longer', '2026-10-24T23:00:00+02:00', '2026-10-25T07:00:00+01:00'],
  ])('%s', (_, now, end) => {
    const at = Date.parse(now);
    const { soonest, due } = whenTold(battery, AT_NIGHT, BERLIN, [], at);
    const expected = end === null ? [at, at + 3_000] : [Date.parse(end), Date.parse(end)];
    expect([soonest, due]).toEqual(expected);
    expect(waitsUntil([waiting(battery)], AT_NIGHT, BERLIN, at)).toBe(end === null ? null : Date.parse(end));
    expect(whenTold(tamper, AT_NIGHT, BERLIN, [], at)).toEqual({ soonest: at - 2_000, due: at });
    expect(waitsUntil([waiting(battery), waiting(tamper)], AT_NIGHT, BERLIN, at)).toBeNull();
  });
});

test('what could not be told is tried again soon, then every quarter of an hour, for a day', () => {
  const batch = [waiting(battery, START + 5_000), waiting(battery)];
  const tries = [0, 40_000, 10 * MINUTE_MS, 5 * HOUR_MS].map(
    (age) => nextTry(batch, START + age) - START - age,
  );
  expect(tries).toEqual([15_000, 20_000, 5 * MINUTE_MS, 15 * MINUTE_MS]);
  const late = [24 * HOUR_MS, 24 * HOUR_MS + 1].map((age) => isTooLate(waiting(battery), START + age));
  expect(late).toEqual([false, true]);
});

describe('it is still so', () => {
  const offline: NoticeAbout = { kind: 'offline', ...of };
  const removed: NoticeAbout = { kind: 'removed', ...of };
  const signIn: NoticeAbout = { kind: 'sign_in', accountId: of.accountId };
  const problem = (code: string) => [{ kind: 'error' as const, code, message: '' }];
  const withDoor = (facts: Parameters<typeof aDoor>[0] | null): Facts => ({
    doors: new Map(facts === null ? [] : [[of.deviceId, aDoor(facts)]]),
    accounts: new Map(),
    codes: new Map(),
  });

  test.each<[string, NoticeAbout, Parameters<typeof aDoor>[0] | null, boolean]>([
    ['a battery that is low', battery, { battery: { level: 0.1, status: 'low' } }, true],
    ['a battery of which nothing is said', battery, { battery: null }, true],
    ['a battery that was changed', battery, { battery: { level: 1, status: 'full' } }, false],
    ['a lock that is offline', offline, { online: false }, true],
    ['a lock that is back', offline, { online: true }, false],
    ['a lock of which nothing is said', offline, { online: null }, false],
    [
      'a lock whose account is signed out',
      offline,
      { online: false, problems: problem('account_disconnected') },
      false,
    ],
    [
      'a lock that is offline since it was removed',
      offline,
      { online: false, problems: problem('device_removed') },
      false,
    ],
    ['a lock that was removed', removed, { problems: problem('device_removed') }, true],
    ['a lock that is not listed any more', removed, null, true],
    ['a lock that is back in its account', removed, {}, false],
    ['a door that is theirs', tamper, {}, true],
    ['a door that is not theirs', tamper, null, false],
  ])('%s', (_, about, facts, still) => {
    expect(isStillSo(about, withDoor(facts))).toBe(still);
  });

  test.each([
    [signIn, { healthy: false }, true],
    [signIn, { healthy: true }, false],
    [signIn, null, false],
    [
      { kind: 'shared', accountId: of.accountId, colleague: someone().userId, came: 'after' },
      { healthy: true },
      true,
    ],
    [{ kind: 'shared', accountId: of.accountId, colleague: someone().userId, came: 'after' }, null, false],
  ] as const)('%j with an account that is %j: %s', (about, account, still) => {
    const accounts = new Map(
      account === null ? [] : [[of.accountId, { id: of.accountId, name: 'August', ...account }]],
    );
    expect(isStillSo(about, { doors: new Map(), accounts, codes: new Map() })).toBe(still);
  });
});

describe('what goes on by our own record is over', () => {
  const account = { id: of.accountId, name: 'August', healthy: true };
  const facts = (door: Parameters<typeof aDoor>[0] | null, ...accounts: (typeof account)[]): Facts => ({
    doors: new Map(door === null ? [] : [[of.deviceId, aDoor(door)]]),
    accounts: new Map(accounts.map((one) => [one.id, one])),
    codes: new Map(),
  });
  const signIn: NoticeAbout = { kind: 'sign_in', accountId: of.accountId };
  const offline: NoticeAbout = { kind: 'offline', ...of };
  const full = { battery: { level: 1, status: 'full' } } as const;
  const low = { battery: { level: 0.1, status: 'low' } } as const;

  test.each<[string, NoticeAbout, Facts, ReturnType<typeof conditionOver>]>([
    [
      'an account that is signed in',
      signIn,
      facts(null, account),
      { kind: 'sign_in', subject: of.accountId },
    ],
    ['an account that is not', signIn, facts(null, { ...account, healthy: false }), null],
    ['an account that is not theirs', signIn, facts(null), null],
    ['a lock that is online', offline, facts({ online: true }), { kind: 'offline', subject: of.deviceId }],
    ['a lock that is offline', offline, facts({ online: false }), null],
    ['a lock that is not theirs', offline, facts(null), null],
    ['a battery that is full', battery, facts(full), { kind: 'battery', subject: of.deviceId }],
    ['a battery that is low', battery, facts(low), null],
    ['a battery that is not theirs', battery, facts(null), null],
    ['what happened once', tamper, facts(null), null],
  ])('%s', (_, about, said, over) => {
    expect(conditionOver(about, said)).toEqual(over);
  });
});
