import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkBlocks, checkHome, checkModal } from '../../../src/sandbox/slack/check.ts';
import { buttonBlock, plain } from './support.ts';

const types = [
  'section',
  'actions',
  'button',
  'input',
  'static_select',
  'plain_text',
  'mrkdwn',
  'image',
  'modal',
  'home',
];
const keys = [
  'type',
  'text',
  'blocks',
  'elements',
  'element',
  'accessory',
  'options',
  'value',
  'block_id',
  'title',
];

/** Things that look like blocks from afar. */
const blocklike = fc.letrec((tie) => ({
  thing: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(...types),
    fc.jsonValue(),
    fc.constant(plain('x')),
    fc.constant(buttonBlock),
    fc.array(tie('thing'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...keys), tie('thing'), { maxKeys: 6 }),
  ),
})).thing;

test('whatever the app sends is judged, in Slack’s words with a place', () => {
  const message = /^\[ERROR\] .+ \[json-pointer:(\/.*)?\]$/s;
  fc.assert(
    fc.property(blocklike, (sent) => {
      for (const checked of [checkBlocks(sent), checkModal(sent), checkHome(sent)]) {
        if (checked.ok) continue;
        expect(checked.messages.length).toBeGreaterThan(0);
        for (const one of checked.messages) expect(one).toMatch(message);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('what was taken is taken again, as it was', () => {
  const text = fc.string({ minLength: 1, maxLength: 75 }).map(plain);
  const id = fc.string({ minLength: 1, maxLength: 255 });
  const button = fc.record(
    { type: fc.constant('button'), text, action_id: id, value: fc.string() },
    { requiredKeys: ['type', 'text'] },
  );
  const block = fc.oneof(
    fc.record({ type: fc.constant('header'), text, block_id: id }, { requiredKeys: ['type', 'text'] }),
    fc.record(
      { type: fc.constant('section'), text, accessory: button, block_id: id },
      { requiredKeys: ['type', 'text'] },
    ),
    fc.record({ type: fc.constant('actions'), elements: fc.array(button, { minLength: 1, maxLength: 25 }) }),
  );
  fc.assert(
    fc.property(fc.array(block, { maxLength: 50 }), (sent) => {
      const first = checkBlocks(sent);
      if (first.ok) expect(checkBlocks(structuredClone(first.value))).toEqual(first);
    }),
  );
});
