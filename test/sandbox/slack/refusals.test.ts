import { describe, expect, test } from 'vitest';
import { checkBlocks } from '../../../src/sandbox/slack/check.ts';
import {
  actions,
  button,
  confirm,
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

/** [what, a block that Slack refuses, in its words] */
const refusals: [string, object | object[], string[]][] = [
  ['an unknown block', { type: 'sectoin' }, ['unsupported type: sectoin [json-pointer:/blocks/0/type]']],
  ['a block without type', { text: plain('x') }, ['missing required field: type [json-pointer:/blocks/0]']],
  ['no object', 'divider' as unknown as object, ['must provide an object [json-pointer:/blocks/0]']],
  [
    'an unknown field',
    { ...divider, colour: 'red', size: 2 },
    [
      'invalid additional property: colour [json-pointer:/blocks/0]',
      'invalid additional property: size [json-pointer:/blocks/0]',
    ],
  ],
  [
    'a section without anything',
    { type: 'section' },
    ['missing required field: text [json-pointer:/blocks/0]'],
  ],
  [
    'no fields',
    { type: 'section', fields: [] },
    ['no fewer than 1 items allowed [json-pointer:/blocks/0/fields]'],
  ],
  [
    'empty text',
    section({ text: mrkdwn('') }),
    ['must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
  ],
  [
    'text of another kind',
    section({ text: { type: 'html', text: 'x' } }),
    ['unsupported type: html [json-pointer:/blocks/0/text/type]'],
  ],
  ['text as a string', section({ text: 'hello' }), ['must provide an object [json-pointer:/blocks/0/text]']],
  [
    'emoji in mrkdwn',
    section({ text: { ...mrkdwn('x'), emoji: true } }),
    ['invalid additional property: emoji [json-pointer:/blocks/0/text]'],
  ],
  [
    'markdown in a header',
    { type: 'header', text: mrkdwn('x') },
    ['must be plain_text [json-pointer:/blocks/0/text/type]'],
  ],
  [
    'markdown on a button',
    actions(button({ text: mrkdwn('x') })),
    ['must be plain_text [json-pointer:/blocks/0/elements/0/text/type]'],
  ],
  [
    'markdown in a select option',
    actions(select({ options: [{ text: mrkdwn('x'), value: 'v' }] })),
    ['must be plain_text [json-pointer:/blocks/0/elements/0/options/0/text/type]'],
  ],
  [
    'an unknown style',
    actions(button({ style: 'warning' })),
    ['must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]'],
  ],
  [
    'no address',
    actions(button({ url: 'door 1' })),
    ['must be a valid URL [json-pointer:/blocks/0/elements/0/url]'],
  ],
  [
    'a picture from nowhere',
    { type: 'image', image_url: 'file:///etc/passwd', alt_text: 'x' },
    ['must be a valid URL [json-pointer:/blocks/0/image_url]'],
  ],
  [
    'a picture without alt_text',
    { type: 'image', image_url: 'https://a.b/c.png' },
    ['missing required field: alt_text [json-pointer:/blocks/0]'],
  ],
  [
    'half a confirm dialog',
    actions(button({ confirm: { title: plain('Sure?'), text: plain('?') } })),
    [
      'missing required field: confirm [json-pointer:/blocks/0/elements/0/confirm]',
      'missing required field: deny [json-pointer:/blocks/0/elements/0/confirm]',
    ],
  ],
  [
    'a picture among actions',
    actions({ type: 'image', image_url: 'https://a.b/c.png', alt_text: 'x' }),
    ['unsupported type: image [json-pointer:/blocks/0/elements/0/type]'],
  ],
  [
    'a text input as accessory',
    section({ accessory: { type: 'plain_text_input' } }),
    ['unsupported type: plain_text_input [json-pointer:/blocks/0/accessory/type]'],
  ],
  ['a button as input', input(button()), ['unsupported type: button [json-pointer:/blocks/0/element/type]']],
  ['no actions', actions(), ['no fewer than 1 items allowed [json-pointer:/blocks/0/elements]']],
  [
    'both options and groups',
    actions(select({ options: [option(1)], option_groups: [{ label: plain('G'), options: [option(1)] }] })),
    ['invalid additional property: options [json-pointer:/blocks/0/elements/0]'],
  ],
  [
    'neither options nor groups',
    actions(select({})),
    ['missing required field: options [json-pointer:/blocks/0/elements/0]'],
  ],
  [
    'an initial option that is none',
    actions(select({ options: [option(1)], initial_option: option(2) })),
    ['initial option was not found in the options [json-pointer:/blocks/0/elements/0/initial_option]'],
  ],
  [
    'a date that is none',
    actions({ type: 'datepicker', initial_date: '1 May' }),
    ['must be a date as YYYY-MM-DD [json-pointer:/blocks/0/elements/0/initial_date]'],
  ],
  [
    'a link on a select option',
    actions(select({ options: [{ ...option(1), url: 'https://a.b' }] })),
    ['invalid additional property: url [json-pointer:/blocks/0/elements/0/options/0]'],
  ],
  [
    'a modal’s block in a message',
    { type: 'alert', text: plain('x') },
    ['unsupported type: alert [json-pointer:/blocks/0/type]'],
  ],
  [
    'one block_id twice',
    [
      { ...divider, block_id: 'a' },
      { ...divider, block_id: 'a' },
    ],
    ['`block_id` a already exists [json-pointer:/blocks/1/block_id]'],
  ],
  [
    'one action_id twice in a block',
    actions(button({ action_id: 'a' }), button({ action_id: 'a' })),
    ['`action_id` a already exists [json-pointer:/blocks/0/elements/1/action_id]'],
  ],
  [
    'focus in a message',
    actions({ type: 'datepicker', focus_on_load: true }),
    ['focus_on_load is only supported in views [json-pointer:/blocks/0/elements/0/focus_on_load]'],
  ],
  [
    'two tables',
    many(2, () => ({ type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] })),
    ['only one table allowed [json-pointer:/blocks/1]'],
  ],
  [
    'too much markdown in all',
    many(2, () => ({ type: 'markdown', text: long(6001) })),
    ['markdown blocks must be less than 12001 characters [json-pointer:/blocks]'],
  ],
  [
    'lengths the wrong way round',
    input({ type: 'plain_text_input', min_length: 5, max_length: 4 }),
    ['min_length must be at most max_length [json-pointer:/blocks/0/element/min_length]'],
  ],
];

describe('what Slack refuses', () => {
  test.each(refusals)('%s', (_what, blocks, words) => {
    expect(wrongWith(...[blocks].flat())).toEqual(words.map((one) => `[ERROR] ${one}`));
  });

  test('every mistake is told at once', () => {
    expect(wrongWith(section({ text: mrkdwn('') }), { type: 'nope' }, actions(button({ value: 3 })))).toEqual(
      [
        '[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]',
        '[ERROR] unsupported type: nope [json-pointer:/blocks/1/type]',
        '[ERROR] must provide a string [json-pointer:/blocks/2/elements/0/value]',
      ],
    );
  });
});

/** As a block is called that the app left nameless. */
const NAMED = expect.stringMatching(/^=[\w-]{8}$/);

test('one of everything is taken, and gets the ids that it lacks', () => {
  const overflow = { type: 'overflow', options: [{ ...option(1), url: 'https://a.b' }] };
  const checked = checkBlocks([
    section({ block_id: '=1', accessory: overflow }),
    actions(button({ action_id: '=1' }), button({ style: 'danger', confirm: confirm({ style: 'danger' }) })),
    {
      type: 'context',
      elements: [mrkdwn('x'), { type: 'image', image_url: 'https://a.b/c.png', alt_text: 'x' }],
    },
    { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] }] },
    input({ type: 'checkboxes', options: [{ text: mrkdwn('x'), value: 'v' }] }),
  ]);
  expect(checked).toEqual({
    ok: true,
    value: [
      { type: 'section', text: mrkdwn('hello'), block_id: '=1', accessory: { ...overflow, action_id: '=0' } },
      {
        type: 'actions',
        block_id: NAMED,
        elements: [
          button({ action_id: '=1' }),
          button({ style: 'danger', confirm: confirm({ style: 'danger' }), action_id: '==1' }),
        ],
      },
      {
        type: 'context',
        block_id: NAMED,
        elements: [mrkdwn('x'), { type: 'image', image_url: 'https://a.b/c.png', alt_text: 'x' }],
      },
      {
        type: 'rich_text',
        block_id: NAMED,
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] }],
      },
      {
        type: 'input',
        block_id: NAMED,
        label: plain('Name'),
        element: { type: 'checkboxes', action_id: '=0', options: [{ text: mrkdwn('x'), value: 'v' }] },
      },
    ],
  });
});

test('a block keeps its name wherever it moves to, and no other block gets it', () => {
  const named = (...texts: string[]) => {
    const checked = checkBlocks(texts.map((text) => section({ text: mrkdwn(text) })));
    if (!checked.ok) throw new Error(checked.messages.join());
    return checked.value.map(({ block_id }) => block_id);
  };
  const [one, two] = named('one', 'two');
  expect(named('new', 'one', 'two').slice(1)).toEqual([one, two]);
  expect(new Set(named('one', 'one', 'two', 'changed')).size).toBe(4);
});
