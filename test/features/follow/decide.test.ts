import { describe, expect, test } from 'vitest';
import type { Sighting } from '../../../src/domain/door.ts';
import { isLockedSince, isNews } from '../../../src/domain/follow.ts';
import type { Outcome } from '../../../src/domain/outcome.ts';
import { nextLook, postsLeft } from '../../../src/features/follow/decide.ts';
import { aDoor, aMove, START } from '../../support/sights.ts';

const seen = (state: 'locked' | 'unlocked', how: Sighting['how'], at = START + 5): Sighting => ({
  deviceId: aDoor().id,
  state,
  how,
  at,
});
const ended = (verb: 'unlock' | 'lock', outcome: Outcome) =>
  aMove({ verb, state: 'ended', outcome, endedAt: START });

describe('news after a move', () => {
  test.each<[string, Sighting, Outcome, boolean]>([
    ['locked by hand', seen('locked', 'by_hand'), { kind: 'unlocked' }, true],
    ['locked from afar', seen('locked', 'remote'), { kind: 'unlocked' }, true],
    ['opened at the keypad', seen('unlocked', 'keypad'), { kind: 'unlocked' }, true],
    ['the echo of what the lock confirmed', seen('unlocked', 'remote'), { kind: 'unlocked' }, false],
    ['the same, seen', seen('unlocked', 'seen'), { kind: 'unlocked' }, false],
    ['what the lock had not confirmed', seen('unlocked', 'remote'), { kind: 'sent' }, true],
    ['what nobody could say', seen('unlocked', 'remote'), { kind: 'unknown', why: 'timeout' }, true],
    ['seen locked after what the lock confirmed', seen('locked', 'seen'), { kind: 'unlocked' }, true],
    ['the same after what it had not', seen('locked', 'seen'), { kind: 'sent' }, false],
    ['the same after what nobody could say', seen('locked', 'seen'), { kind: 'unknown', why: 'lost' }, false],
    ['locked by hand after what it had not', seen('locked', 'by_hand'), { kind: 'sent' }, true],
    ['what came before', seen('locked', 'by_hand', START - 1), { kind: 'unlocked' }, false],
    ['its own moment', seen('unlocked', 'asked', START), { kind: 'unlocked' }, false],
  ])('%s', (_, sighting, outcome, expected) => {
    expect(isNews(ended('unlock', outcome), sighting)).toBe(expected);
  });

  test('are none of what has not ended', () => {
    expect(isNews(aMove(), seen('locked', 'by_hand'))).toBe(false);
  });
});

describe('locked again', () => {
  const unlocked = ended('unlock', { kind: 'unlocked' });
  test.each<[string, Sighting | null, ReturnType<typeof ended>, boolean]>([
    ['nothing is known', null, unlocked, false],
    ['by hand', seen('locked', 'by_hand'), unlocked, true],
    ['before', seen('locked', 'by_hand', START), unlocked, false],
    ['seen, after what the lock confirmed', seen('locked', 'seen'), unlocked, true],
    ['seen, after what it had not', seen('locked', 'seen'), ended('unlock', { kind: 'sent' }), false],
    ['by hand, after what it had not', seen('locked', 'by_hand'), ended('unlock', { kind: 'sent' }), true],
    ['seen, after a lock', seen('locked', 'seen'), ended('lock', { kind: 'sent' }), true],
    ['opened', seen('unlocked', 'keypad'), unlocked, false],
    [
      'by the person, confirmed',
      seen('locked', 'asked'),
      { ...ended('lock', { kind: 'locked' }), endedAt: START + 5 },
      true,
    ],
    [
      'by the person, not confirmed',
      seen('locked', 'asked'),
      { ...ended('lock', { kind: 'sent' }), endedAt: START + 5 },
      false,
    ],
  ])('%s', (_, sighting, last, expected) => {
    expect(isLockedSince(START, sighting, last)).toBe(expected);
  });
});

test('looks come ever more seldom, and end within half an hour', () => {
  const at: number[] = [];
  for (let look = nextLook(START, START); look !== null; look = nextLook(START, look.at)) {
    expect(look.n).toBe(at.length);
    at.push(look.at);
  }
  const gaps = at.map((moment, index) => moment - (at[index - 1] ?? START));
  expect(gaps).toEqual(gaps.toSorted((one, other) => one - other));
  expect(gaps[0]).toBe(15_000);
  expect(at).toHaveLength(7);
  expect(at.at(-1)).toBeLessThan(START + 30 * 60_000);
  // Those that were missed are not made up for.
  expect(nextLook(START, START + 100_000)).toEqual({ n: 2, at: START + 105_000 });
});

test('a post is left over for an outcome that may still come', () => {
  expect(postsLeft({ kind: 'unlocked' })).toBe(3);
  expect(postsLeft({ kind: 'unknown', why: 'timeout' })).toBe(2);
});
