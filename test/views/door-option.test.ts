import { expect, test } from 'vitest';
import { deviceId } from '../../src/domain/ids.ts';
import { doorOption } from '../../src/views/door-option.ts';
import { aDoor } from '../support/sights.ts';

const words = (text: string) => ({ type: 'plain_text', text, emoji: false });

test('an option holds a door and the words of its owner, within what Slack takes', () => {
  expect(doorOption(aDoor(), [])).toEqual({ text: words('Front Door'), value: 'door-1' });
  const long = aDoor({ name: `Tür <!channel> ${'x'.repeat(100)}` });
  const aliases = [
    { word: 'hq', deviceId: long.id },
    { word: 'y'.repeat(80), deviceId: long.id },
    { word: 'other', deviceId: deviceId('door-2') },
  ];
  expect(doorOption(long, aliases)).toEqual({
    text: words(`Tür <!channel> ${'x'.repeat(59)}…`),
    value: 'door-1',
    description: words(`hq, ${'y'.repeat(70)}…`),
  });
});
