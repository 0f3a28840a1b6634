import { expect, test } from 'vitest';
import { headingOf } from '../../../src/features/named/view.ts';
import { aDoor } from '../../support/sights.ts';

test.each([
  [{ kind: 'one', door: aDoor() }, 'unlock', 'Press Unlock to open this door.'],
  [{ kind: 'one', door: aDoor({ canUnlock: false }) }, 'unlock', 'Your door.'],
  [{ kind: 'one', door: aDoor() }, 'lock', 'Your door.'],
  [
    { kind: 'several', doors: [aDoor()], complete: false },
    'lock',
    'This door is called “x”, and there may be others. You have more doors than could be looked through. Choose the one that you mean.',
  ],
  [
    { kind: 'none', near: [], complete: false, gone: false },
    'status',
    'None of your doors is called “x”. You have more doors than could be looked through. Type /locks to see your doors, then for example: /locks status front door.',
  ],
] as const)('%j after %s is said as %s', (found, word, heading) => {
  expect(headingOf(found, 'x', word)).toBe(heading);
});
