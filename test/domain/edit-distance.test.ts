import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance } from '../../src/domain/edit-distance.ts';

test.each([
  ['', '', 0],
  ['door', 'door', 0],
  ['', 'door', 4],
  ['', '🚪', 1],
  ['door', 'dor', 1],
  ['door', 'doors', 1],
  ['door', 'boor', 1],
  ['🚪', '🔑', 1],
  ['kitten', 'sitting', 3],
])('from %j to %j: %d', (from, to, edits) => {
  expect(editDistance(from, to)).toBe(edits);
  expect(editDistance(to, from)).toBe(edits);
});

test('is a distance: no way round is shorter', () => {
  const aWord = fc.string({ unit: fc.constantFrom(...'ab🚪'), maxLength: 8 });
  fc.assert(
    fc.property(aWord, aWord, aWord, (one, two, three) => {
      expect(editDistance(one, two)).toBe(editDistance(two, one));
      expect(editDistance(one, two) === 0).toBe(one === two);
      expect(editDistance(one, three)).toBeLessThanOrEqual(editDistance(one, two) + editDistance(two, three));
    }),
  );
});
