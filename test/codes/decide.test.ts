import { describe, expect, test } from 'vitest';
import {
  isTimedOut,
  newsOf,
  nextLook,
  standingWhenGone,
  standingWhenNotFound,
} from '../../src/codes/decide.ts';
import type { CodeStanding } from '../../src/domain/code.ts';
import { aCode, START } from '../support/sights.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test('a code that Seam does not know any more was revoked, expired, or removed by somebody else', () => {
  const gone = (facts: Parameters<typeof aCode>[0], after: number) =>
    standingWhenGone(aCode({ endsAt: START + HOUR, ...facts }), START + after);
  expect(gone({ revokedAt: START }, MINUTE)).toEqual({ kind: 'ended', why: 'revoked' });
  expect(gone({ revokedAt: START }, 2 * HOUR)).toEqual({ kind: 'ended', why: 'revoked' });
  expect(gone({}, HOUR)).toEqual({ kind: 'ended', why: 'expired' });
  expect(gone({}, HOUR - 1)).toEqual({ kind: 'ended', why: 'removed_elsewhere' });
});

test('a code that is not found is looked for for two minutes', () => {
  const kindAfter = (ms: number) => standingWhenNotFound(aCode({ sentAt: START }), START + ms).kind;
  expect([kindAfter(0), kindAfter(2 * MINUTE), kindAfter(2 * MINUTE + 1)]).toEqual([
    'unknown',
    'unknown',
    'ended',
  ]);
});

test('time alone ends what cannot be asked about, and a week what never lets go', () => {
  const ends = (facts: Parameters<typeof aCode>[0], after: number) =>
    isTimedOut(aCode({ endsAt: START, ...facts }), START + after);
  expect([ends({ offline: true }, 0), ends({ offline: true }, -1)]).toEqual([true, false]);
  expect(ends({ standing: { kind: 'out_of_reach' } }, 0)).toBe(true);
  expect([ends({}, 7 * DAY - 1), ends({}, 7 * DAY)]).toEqual([false, true]);
});

describe('a code is looked at', () => {
  const pauseOf = (
    standing: CodeStanding,
    ageMs: number,
    webhooks = false,
    facts: Parameters<typeof aCode>[0] = {},
  ) => {
    const now = START + ageMs;
    const next = nextLook(
      aCode({ standing, changedAt: START, endsAt: START + 10 * DAY, ...facts }),
      now,
      webhooks,
    );
    return next === null ? null : next - now;
  };

  test.each<[CodeStanding, number, number, number]>([
    [{ kind: 'setting', delayed: false }, 0, 1.5 * SECOND, 4 * SECOND],
    [{ kind: 'setting', delayed: false }, 20 * SECOND, 5 * SECOND, 30 * SECOND],
    [{ kind: 'setting', delayed: false }, 2 * MINUTE, MINUTE, 30 * MINUTE],
    [{ kind: 'removing', delayed: false }, 0, 1.5 * SECOND, 4 * SECOND],
    [{ kind: 'removing', delayed: true }, 0, MINUTE, 30 * MINUTE],
    [{ kind: 'setting', delayed: true }, HOUR, 5 * MINUTE, 30 * MINUTE],
    [{ kind: 'failed', why: 'no_room' }, 3 * HOUR, 30 * MINUTE, 30 * MINUTE],
    [{ kind: 'unknown' }, 0, 10 * SECOND, 10 * SECOND],
    [{ kind: 'set' }, 0, 10 * DAY + 30 * SECOND, 10 * DAY + 30 * SECOND],
    [{ kind: 'set' }, 10 * DAY, MINUTE, 30 * MINUTE],
    [{ kind: 'out_of_reach' }, 0, 10 * DAY, 10 * DAY],
  ])('%j after %s ms: in %s ms, or %s where Seam tells by itself', (standing, age, without, withWebhooks) => {
    expect([pauseOf(standing, age), pauseOf(standing, age, true)]).toEqual([without, withWebhooks]);
  });

  test('when it begins, when it is over, and never again once it is', () => {
    const scheduled = { kind: 'scheduled' } as const;
    expect(pauseOf(scheduled, 0, false, { startsAt: START + DAY })).toBe(DAY + 30 * SECOND);
    expect(pauseOf(scheduled, DAY, false, { startsAt: START + DAY })).toBe(1.5 * SECOND);
    expect(pauseOf({ kind: 'set' }, 0, false, { offline: true })).toBe(10 * DAY);
    // Somebody wanted it gone before it was known, and its lock is still to be asked for that.
    expect(pauseOf({ kind: 'set' }, HOUR, true, { revokedAt: START + HOUR })).toBe(4 * SECOND);
    expect(pauseOf({ kind: 'set' }, 0, true, { revokedAt: START, offline: true })).toBe(10 * DAY);
    expect(pauseOf({ kind: 'ended', why: 'expired' }, 0)).toBeNull();
    expect(pauseOf({ kind: 'refused', why: 'gone', waitMs: null }, 0)).toBeNull();
  });
});

describe('news', () => {
  const news = (standing: CodeStanding, told: CodeStanding | null = null, ageMs = 0) =>
    newsOf(
      aCode({ standing, changedAt: START, told: told === null ? null : { standing: told, at: START } }),
      START + ageMs,
    );

  test.each<[CodeStanding, 'none' | 'quiet' | 'loud']>([
    [{ kind: 'asking' }, 'none'],
    [{ kind: 'unknown' }, 'loud'],
    [{ kind: 'setting', delayed: false }, 'quiet'],
    [{ kind: 'setting', delayed: true }, 'loud'],
    [{ kind: 'scheduled' }, 'loud'],
    [{ kind: 'set' }, 'loud'],
    [{ kind: 'failed', why: 'duplicate' }, 'loud'],
    [{ kind: 'removing', delayed: false }, 'quiet'],
    [{ kind: 'removing', delayed: true }, 'loud'],
    [{ kind: 'not_removed', why: 'lock_refused' }, 'loud'],
    [{ kind: 'out_of_reach' }, 'none'],
    [{ kind: 'ended', why: 'expired' }, 'quiet'],
    [{ kind: 'ended', why: 'removed_elsewhere' }, 'loud'],
    [{ kind: 'refused', why: 'gone', waitMs: null }, 'loud'],
  ])('%j is %s, once, and not after a day', (standing, expected) => {
    expect(news(standing)).toBe(expected);
    expect(news(standing, standing)).toBe('none');
    expect(news(standing, null, DAY + 1)).toBe('none');
  });

  test('of a code that begins was told before', () => {
    expect(news({ kind: 'set' }, { kind: 'scheduled' })).toBe('quiet');
    expect(news({ kind: 'set' }, { kind: 'setting', delayed: true })).toBe('loud');
  });
});
