import { describe, expect, test } from 'vitest';
import { slackUserId } from '../../../src/domain/ids.ts';
import {
  chooseModal,
  failureModal,
  nothingModal,
  welcomeModal,
} from '../../../src/features/shortcut/view.ts';
import { checkBlocks } from '../../../src/sandbox/slack/check.ts';
import { textsIn } from '../../support/blocks.ts';
import { aDoor, START } from '../../support/sights.ts';

const olivia = slackUserId('U0OLIVIA');

test('says why there is nothing to choose from', () => {
  expect(nothingModal(olivia, [aDoor({ canUnlock: false }), aDoor()])).toBeNull();
  const texts = (doors: Parameters<typeof nothingModal>[1]) =>
    textsIn(nothingModal(olivia, doors)?.blocks).map(({ text }) => text);
  expect(texts([aDoor({ canUnlock: false })])).toEqual([
    'None of your doors can be unlocked from afar. Use their keypads or keys.',
  ]);
  expect(texts([])[0]).toBe(
    'Your account is connected, but no locks are in it right now. A new lock can take a few minutes to appear. ' +
      'If it stays like this, connect the account again.',
  );
});

describe.each([
  ['to choose', chooseModal(START)],
  ['to connect', welcomeModal(olivia)],
  ['of no doors', nothingModal(olivia, [])],
  ['of a failure', failureModal(null)],
])('the modal %s', (_, modal) => {
  test('is one that Slack takes', () => {
    expect(checkBlocks(JSON.parse(JSON.stringify(modal?.blocks)))).toMatchObject({ ok: true });
    expect(modal?.title.text.length).toBeLessThanOrEqual(24);
  });
});
