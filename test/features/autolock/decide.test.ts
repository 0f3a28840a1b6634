import { expect, test } from 'vitest';
import { choiceOf, readSetting } from '../../../src/features/autolock/decide.ts';

test.each([
  [
    { nudge: ['off'], lock: ['off'] },
    { nudgeAfterMs: null, lockAfterMs: null },
  ],
  [
    { nudge: ['30'], lock: ['1'] },
    { nudgeAfterMs: 1_800_000, lockAfterMs: 60_000 },
  ],
  [{ nudge: ['60'] }, { nudgeAfterMs: 3_600_000, lockAfterMs: null }],
  [{ nudge: ['7'] }, null],
  [{ nudge: ['5', '10'] }, null],
  [{ nudge: ['5'], lock: ['0'] }, null],
  [{ nudge: ['5'], lock: ['-1'] }, null],
  [{ nudge: ['05'] }, null],
])('%j is %j', (values, setting) => {
  expect(readSetting(values)).toEqual(setting);
});

test('a choice is read back as it was written', () => {
  expect(choiceOf(null)).toBe('off');
  expect(choiceOf(300_000)).toBe('5');
});
