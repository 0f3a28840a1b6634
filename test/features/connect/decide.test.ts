import { expect, test } from 'vitest';
import { connectId, connectWebviewId } from '../../../src/domain/ids.ts';
import { isForgotten, pauseBefore } from '../../../src/features/connect/decide.ts';
import type { Connect } from '../../../src/store/connects.ts';
import { START, someone } from '../../support/sights.ts';

const LIFE_MS = 29.5 * 60_000;
const link: Connect = {
  id: connectId('connect-1'),
  who: someone(),
  webviewId: connectWebviewId('webview-1'),
  createdAt: START,
  expiresAt: START + LIFE_MS,
  responseUrl: null,
  end: null,
  endedAt: null,
  told: false,
};

test.each([
  [0, 1_500],
  [30_000, 1_500],
  [60_000, 3_000],
  [200_000, 10_000],
  [400_000, 20_000],
  [LIFE_MS - 5_000, 5_000],
  [LIFE_MS, 20_000],
  [LIFE_MS * 10, 20_000],
])('without webhooks a link that is %i ms old is looked at after %i ms', (ageMs, pause) => {
  expect(pauseBefore(link, START + ageMs, false)).toBe(pause);
});

test('with webhooks a look is only a safety net, and the withdrawal on time', () => {
  const pauses = [0, 60_000, LIFE_MS - 5_000, LIFE_MS].map((ageMs) => pauseBefore(link, START + ageMs, true));
  expect(pauses).toEqual([60_000, 60_000, 5_000, 60_000]);
});

test('after a day nobody waits any more', () => {
  expect([0, 86_400_000, 86_400_001].map((ageMs) => isForgotten(link, START + ageMs))).toEqual([
    false,
    false,
    true,
  ]);
});
