import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { connectedAccountId } from '../../../src/domain/ids.ts';
import {
  latePauseAfter,
  mayUnlock,
  PATIENCE_MS,
  pauseAfter,
  readButton,
} from '../../../src/features/unlock/decide.ts';
import { aDoor } from '../../support/sights.ts';

describe('an unlock button', () => {
  test('says what we wrote into it', async () => {
    const id = fc.stringMatching(/^[\w-]{1,64}$/);
    await fc.assert(
      fc.property(id, id, (listing, door) => {
        expect(readButton([listing, door])).toEqual({ listingId: listing, deviceId: door });
      }),
    );
  });

  test.each([
    '',
    ' ',
    'listing-1',
    'listing-1 ',
    ' door-1',
    'listing-1 door-1 more',
    'listing-1  door-1',
    'listing-1\tdoor-1',
    'listing-1 door-1\n',
    `listing-1 ${'d'.repeat(65)}`,
    'listing-1 door/1',
    "listing-1 door-1' or 1=1",
    'listing-1 dööר',
  ])('that we did not write says nothing: %j', (value) => {
    expect(readButton(value.split(' '))).toBeNull();
  });

  test('that carries nothing says nothing', () => {
    expect(readButton([])).toBeNull();
  });
});

describe('an unlock', () => {
  const theirs = new Set([aDoor().accountId]);
  const notYours = { kind: 'no', outcome: { kind: 'refused', why: 'not_yours' } };

  test('is allowed for a door that Seam and we know to be theirs', () => {
    expect(mayUnlock(aDoor(), theirs)).toEqual({ kind: 'yes', door: aDoor() });
  });

  test('is allowed for a door that is offline as far as Seam knows', () => {
    const door = aDoor({ online: false, problems: [{ kind: 'error', code: 'device_offline', message: '' }] });
    expect(mayUnlock(door, theirs)).toEqual({ kind: 'yes', door });
  });

  test.each([
    ['Seam does not list it', null, theirs],
    ['we know of no account', aDoor(), new Set<never>()],
    ['its account is another', aDoor({ accountId: connectedAccountId('account-2') }), theirs],
  ])('is refused, in the same words, when %s', (_, door, connected) => {
    expect(mayUnlock(door, connected)).toEqual(notYours);
  });

  test('fails for a door that cannot be unlocked from afar, if it is theirs at all', () => {
    const door = aDoor({ canUnlock: false });
    expect(mayUnlock(door, theirs)).toEqual({
      kind: 'no',
      outcome: { kind: 'failed', reason: 'not_remote', said: null, waitMs: null },
    });
    expect(mayUnlock(door, new Set())).toEqual(notYours);
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
