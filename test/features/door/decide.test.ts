import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readButton } from '../../../src/features/door/decide.ts';

describe('a button of a door', () => {
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
