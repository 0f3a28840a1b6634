import { describe, expect, test } from 'vitest';
import { checkHome, checkModal } from '../../../src/sandbox/slack/check.ts';
import { actions, divider, input, many, modal } from './samples.ts';
import { long, plain } from './support.ts';

/** [what, made at a size, the most, where and what Slack says just over it] */
const viewLimits: [string, (size: number) => object, number, string][] = [
  [
    'title',
    (n) => modal({ title: plain(long(n)) }),
    24,
    'must be less than 25 characters [json-pointer:/view/title/text]',
  ],
  [
    'submit',
    (n) => modal({ submit: plain(long(n)) }),
    24,
    'must be less than 25 characters [json-pointer:/view/submit/text]',
  ],
  [
    'close',
    (n) => modal({ close: plain(long(n)) }),
    24,
    'must be less than 25 characters [json-pointer:/view/close/text]',
  ],
  [
    'private_metadata',
    (n) => modal({ private_metadata: long(n) }),
    3000,
    'must be less than 3001 characters [json-pointer:/view/private_metadata]',
  ],
  [
    'callback_id',
    (n) => modal({ callback_id: long(n) }),
    255,
    'must be less than 256 characters [json-pointer:/view/callback_id]',
  ],
  [
    'external_id',
    (n) => modal({ external_id: long(n) }),
    255,
    'must be less than 256 characters [json-pointer:/view/external_id]',
  ],
  [
    'blocks',
    (n) => modal({ blocks: many(n, () => divider) }),
    100,
    'no more than 100 items allowed [json-pointer:/view/blocks]',
  ],
];

describe('views', () => {
  test.each(viewLimits)('%s of a modal', (_what, make, most, words) => {
    expect(checkModal(make(most))).toMatchObject({ ok: true });
    expect(checkModal(make(most + 1))).toEqual({ ok: false, messages: [`[ERROR] ${words}`] });
  });

  test('blocks of a Home', () => {
    const home = (n: number) => ({ type: 'home', blocks: many(n, () => divider) });
    expect(checkHome(home(100))).toMatchObject({ ok: true });
    expect(checkHome(home(101))).toEqual({
      ok: false,
      messages: ['[ERROR] no more than 100 items allowed [json-pointer:/view/blocks]'],
    });
  });

  const wrong: [string, unknown, string][] = [
    [
      'an input without a submit button',
      modal({ blocks: [input({ type: 'plain_text_input' })] }),
      'missing required field: submit [json-pointer:/view]',
    ],
    ['no title', { type: 'modal', blocks: [] }, 'missing required field: title [json-pointer:/view]'],
    [
      'no blocks',
      { type: 'modal', title: plain('x') },
      'missing required field: blocks [json-pointer:/view]',
    ],
    ['a Home as a modal', { type: 'home', blocks: [] }, 'must be modal [json-pointer:/view/type]'],
    ['what Slack adds itself', modal({ id: 'V1' }), 'invalid additional property: id [json-pointer:/view]'],
    [
      'a message’s block',
      modal({ blocks: [{ type: 'markdown', text: 'x' }] }),
      'unsupported type: markdown [json-pointer:/view/blocks/0/type]',
    ],
    [
      'focus on two',
      modal({
        blocks: [
          actions({ type: 'datepicker', focus_on_load: true }),
          actions({ type: 'timepicker', focus_on_load: true }),
        ],
      }),
      'only one element can have focus_on_load set to true [json-pointer:/view/blocks/1/elements/0/focus_on_load]',
    ],
  ];
  test.each(wrong)('a modal with %s', (_what, view, words) => {
    const checked = checkModal(view);
    expect(checked.ok ? [] : checked.messages).toContain(`[ERROR] ${words}`);
  });
});
