import { describe, expect, test } from 'vitest';
import {
  actions,
  button,
  confirming,
  divider,
  input,
  many,
  mrkdwn,
  option,
  section,
  select,
  wrongWith,
} from './samples.ts';
import { long, plain } from './support.ts';

/** [what, made at a size, the most, where and what Slack says just over it] */
const limits: [string, (size: number) => object | object[], number, string][] = [
  [
    'blocks in a message',
    (n) => many(n, () => divider),
    50,
    'no more than 50 items allowed [json-pointer:/blocks]',
  ],
  [
    'block_id',
    (n) => ({ ...divider, block_id: long(n) }),
    255,
    'must be less than 256 characters [json-pointer:/blocks/0/block_id]',
  ],
  [
    'section text',
    (n) => section({ text: mrkdwn(long(n)) }),
    3000,
    'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'section text, plain',
    (n) => section({ text: plain(long(n)) }),
    3000,
    'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'section fields',
    (n) => ({ type: 'section', fields: many(n, () => mrkdwn('x')) }),
    10,
    'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
  ],
  [
    'a field',
    (n) => ({ type: 'section', fields: [mrkdwn(long(n))] }),
    2000,
    'must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]',
  ],
  [
    'header',
    (n) => ({ type: 'header', text: plain(long(n)) }),
    150,
    'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'context elements',
    (n) => ({ type: 'context', elements: many(n, () => mrkdwn('x')) }),
    10,
    'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
  ],
  [
    'actions elements',
    (n) => actions(...many(n, () => button())),
    25,
    'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
  ],
  [
    'markdown',
    (n) => ({ type: 'markdown', text: long(n) }),
    12_000,
    'must be less than 12001 characters [json-pointer:/blocks/0/text]',
  ],
  [
    'image alt_text',
    (n) => ({ type: 'image', image_url: 'https://a.b/c.png', alt_text: long(n) }),
    2000,
    'must be less than 2001 characters [json-pointer:/blocks/0/alt_text]',
  ],
  [
    'image title',
    (n) => ({ type: 'image', image_url: 'https://a.b/c.png', alt_text: 'x', title: plain(long(n)) }),
    2000,
    'must be less than 2001 characters [json-pointer:/blocks/0/title/text]',
  ],
  [
    'image_url',
    (n) => ({ type: 'image', image_url: `https://a.b/${long(n - 12)}`, alt_text: 'x' }),
    3000,
    'must be less than 3001 characters [json-pointer:/blocks/0/image_url]',
  ],
  [
    'table rows',
    (n) => ({ type: 'table', rows: many(n, () => [{ type: 'raw_text', text: 'x' }]) }),
    100,
    'no more than 100 items allowed [json-pointer:/blocks/0/rows]',
  ],
  [
    'table cells',
    (n) => ({ type: 'table', rows: [many(n, () => ({ type: 'raw_text', text: 'x' }))] }),
    20,
    'no more than 20 items allowed [json-pointer:/blocks/0/rows/0]',
  ],
  [
    'button text',
    (n) => actions(button({ text: plain(long(n)) })),
    75,
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
  ],
  [
    'button value',
    (n) => actions(button({ value: long(n) })),
    2000,
    'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
  ],
  [
    'button url',
    (n) => actions(button({ url: `https://a.b/${long(n - 12)}` })),
    3000,
    'must be less than 3001 characters [json-pointer:/blocks/0/elements/0/url]',
  ],
  [
    'button accessibility_label',
    (n) => actions(button({ accessibility_label: long(n) })),
    75,
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/accessibility_label]',
  ],
  [
    'action_id',
    (n) => actions(button({ action_id: long(n) })),
    255,
    'must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]',
  ],
  [
    'confirm title',
    (n) => confirming({ title: plain(long(n)) }),
    100,
    'must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]',
  ],
  [
    'confirm text',
    (n) => confirming({ text: mrkdwn(long(n)) }),
    300,
    'must be less than 301 characters [json-pointer:/blocks/0/elements/0/confirm/text/text]',
  ],
  [
    'confirm button',
    (n) => confirming({ confirm: plain(long(n)) }),
    30,
    'must be less than 31 characters [json-pointer:/blocks/0/elements/0/confirm/confirm/text]',
  ],
  [
    'deny button',
    (n) => confirming({ deny: plain(long(n)) }),
    30,
    'must be less than 31 characters [json-pointer:/blocks/0/elements/0/confirm/deny/text]',
  ],
  [
    'overflow options',
    (n) => actions({ type: 'overflow', options: many(n, option) }),
    5,
    'no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    'select options',
    (n) => actions(select({ options: many(n, option) })),
    100,
    'no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    'option groups',
    (n) => actions(select({ option_groups: many(n, (g) => ({ label: plain('G'), options: [option(g)] })) })),
    100,
    'no more than 100 items allowed [json-pointer:/blocks/0/elements/0/option_groups]',
  ],
  [
    'options of a group',
    (n) => actions(select({ option_groups: [{ label: plain('G'), options: many(n, option) }] })),
    100,
    'no more than 100 items allowed [json-pointer:/blocks/0/elements/0/option_groups/0/options]',
  ],
  [
    'group label',
    (n) => actions(select({ option_groups: [{ label: plain(long(n)), options: [option(1)] }] })),
    75,
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/option_groups/0/label/text]',
  ],
  [
    'option text',
    (n) => actions(select({ options: [{ text: plain(long(n)), value: 'v' }] })),
    75,
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]',
  ],
  [
    'option value',
    (n) => actions(select({ options: [{ text: plain('x'), value: long(n) }] })),
    150,
    'must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]',
  ],
  [
    'option description',
    (n) => actions(select({ options: [{ ...option(1), description: plain(long(n)) }] })),
    75,
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/description/text]',
  ],
  [
    'placeholder',
    (n) => actions(select({ options: [option(1)], placeholder: plain(long(n)) })),
    150,
    'must be less than 151 characters [json-pointer:/blocks/0/elements/0/placeholder/text]',
  ],
  [
    'checkbox options',
    (n) => actions({ type: 'checkboxes', options: many(n, option) }),
    10,
    'no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    'radio options',
    (n) => actions({ type: 'radio_buttons', options: many(n, option) }),
    10,
    'no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    'input label',
    (n) => input({ type: 'plain_text_input' }, { label: plain(long(n)) }),
    2000,
    'must be less than 2001 characters [json-pointer:/blocks/0/label/text]',
  ],
  [
    'input hint',
    (n) => input({ type: 'plain_text_input' }, { hint: plain(long(n)) }),
    2000,
    'must be less than 2001 characters [json-pointer:/blocks/0/hint/text]',
  ],
];

describe('limits of blocks', () => {
  test.each(limits)('%s', (_what, make, most, words) => {
    expect(wrongWith(...[make(most)].flat())).toBeNull();
    expect(wrongWith(...[make(most + 1)].flat())).toEqual([`[ERROR] ${words}`]);
  });
});
