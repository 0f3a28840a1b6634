import { expect, test } from 'vitest';
import { closest } from '../../../src/features/help/decide.ts';

const words = ['list', 'connect', 'disconnect', 'help'];

test.each([
  ['conect', 'connect'],
  ['connectt', 'connect'],
  ['cnonect', 'connect'],
  ['con', 'connect'],
  ['dis', 'disconnect'],
  ['disconect', 'disconnect'],
  ['lst', 'list'],
  ['hlep', 'help'],
  ['hel', 'help'],
  ['help', 'help'],
  ['unlock', null],
  ['c', null],
  ['open the door', null],
  ['connect me please', null],
  ['🚪', null],
] as const)('"%s" was probably meant as %s', (word, meant) => {
  expect(closest(word, words)).toBe(meant);
});

test('where nothing is, nothing is near', () => {
  expect(closest('list', [])).toBeNull();
  expect(closest('', words)).toBeNull();
});

test('a very long word takes no time', () => {
  const begun = performance.now();
  expect(closest('x'.repeat(3_000), words)).toBeNull();
  expect(performance.now() - begun).toBeLessThan(500);
});
