import { describe, expect, test } from 'vitest';
import { connectedAccountId, userIdentifierKey } from '../../src/domain/ids.ts';
import { MESSAGE_LIFE_MS } from '../../src/domain/message-age.ts';
import {
  changeableUntil,
  latePauseAfter,
  mayMove,
  mayNotAsk,
  PATIENCE_MS,
  pauseAfter,
} from '../../src/moving/decide.ts';
import { aDoor, aMove, START, someone } from '../support/sights.ts';

describe('an unlock', () => {
  const theirs = new Set([aDoor().accountId]);
  const notYours = { kind: 'no', outcome: { kind: 'refused', why: 'not_yours' } };

  test('is allowed for a door that Seam and we know to be theirs', () => {
    expect(mayMove(aDoor(), 'unlock', theirs)).toEqual({ kind: 'yes', door: aDoor() });
  });

  test('is allowed for a door that is offline as far as Seam knows', () => {
    const door = aDoor({ online: false, problems: [{ kind: 'error', code: 'device_offline', message: '' }] });
    expect(mayMove(door, 'unlock', theirs)).toEqual({ kind: 'yes', door });
  });

  test.each([
    ['Seam does not list it', null, theirs],
    ['we know of no account', aDoor(), new Set<never>()],
    ['its account is another', aDoor({ accountId: connectedAccountId('account-2') }), theirs],
  ])('is refused, in the same words, when %s', (_, door, connected) => {
    expect(mayMove(door, 'unlock', connected)).toEqual(notYours);
  });

  test('fails for a door that cannot be unlocked from afar, if it is theirs at all', () => {
    const door = aDoor({ canUnlock: false });
    expect(mayMove(door, 'unlock', theirs)).toEqual({
      kind: 'no',
      outcome: { kind: 'failed', reason: 'not_remote', said: null, waitMs: null },
    });
    expect(mayMove(door, 'unlock', new Set())).toEqual(notYours);
  });
});

describe('a lock', () => {
  const theirs = new Set([aDoor().accountId]);

  test('needs a lock that can be locked from afar, whether or not it can be unlocked', () => {
    const bolt = aDoor({ canUnlock: false });
    expect(mayMove(bolt, 'lock', theirs)).toEqual({ kind: 'yes', door: bolt });
    expect(mayMove(aDoor({ canLock: false }), 'lock', theirs)).toEqual({
      kind: 'no',
      outcome: { kind: 'failed', reason: 'not_remote', said: null, waitMs: null },
    });
  });
});

describe('what stops the opening of doors', () => {
  const person = {
    ...someone(),
    key: userIdentifierKey('key-1'),
    clientSessionExpiresAt: null,
    standing: null,
    tz: null,
  };
  const asked = (verb: 'unlock' | 'lock', pausedAt: number | null) =>
    ({ verb, madeAt: START, person: { ...person, pausedAt } }) as const;

  test.each([
    ['unlock', false, null, null],
    ['unlock', true, null, 'paused'],
    ['unlock', false, START, 'paused_by_you'],
    ['unlock', true, START, 'paused'],
    ['lock', true, START, null],
  ] as const)('%s, paused for all: %s, by the person: %s', (verb, paused, pausedAt, why) => {
    expect(mayNotAsk(asked(verb, pausedAt), { now: START, paused })).toBe(why);
  });

  test('does not make an old button new', () => {
    const now = START + MESSAGE_LIFE_MS + 1;
    for (const verb of ['unlock', 'lock'] as const) {
      expect(mayNotAsk(asked(verb, START), { now, paused: true })).toBe('old');
    }
  });
});

describe('looking at an attempt', () => {
  test('is soon at first, then slower, and never too often', () => {
    const looks: number[] = [];
    for (let at = pauseAfter(0); at <= PATIENCE_MS; at += pauseAfter(at)) looks.push(at);
    expect(looks.slice(0, 4)).toEqual([60, 200, 340, 480]);
    expect(looks.length).toBeLessThan(60);
    // A lock that is done within 3 s is seen to be at most 150 ms later.
    expect(Math.max(...looks.filter((at) => at < 3_000).map((at) => pauseAfter(at)))).toBeLessThanOrEqual(
      150,
    );
    const pauses = looks.map(pauseAfter);
    expect(pauses).toEqual(pauses.toSorted((left, right) => left - right));
    expect(pauses.at(-1)).toBe(1_000);
  });

  test('of an unknown is rare', () => {
    expect([0, 59_999, 60_000, 1_800_000].map(latePauseAfter)).toEqual([3_000, 3_000, 15_000, 15_000]);
  });
});

describe('what a person sees of a move', () => {
  test.each([
    ['a message, as long as its way to change it lives', {}, START + 1_800_000],
    ['a Home, for half an hour', { via: 'home', responseUrl: null }, START + 1_800_000],
    ['a click in Home that is shown in no Home', { via: 'home', responseUrl: null, listingId: null }, null],
    ['a move of a timer', { via: 'timer', responseUrl: null }, null],
  ] as const)('can be changed: %s', (_, facts, until) => {
    expect(changeableUntil(aMove(facts))).toBe(until);
  });
});
