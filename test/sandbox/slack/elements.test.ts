import { describe, expect, test } from 'vitest';
import { common, posted, user } from './click-scene.ts';
import { buttonBlock, plain, rig } from './support.ts';

const option = (value: string) => ({ text: plain(`Option ${value}`), value });
/** [the element, what is picked, what the action says, what is held after; null when nothing is] */
const picks: [object, string | string[], object, object | null][] = [
  [{ type: 'overflow', options: [option('1'), option('2')] }, '2', { selected_option: option('2') }, null],
  ...['static_select', 'radio_buttons'].map((type): [object, string, object, object] => [
    { type, options: [option('1'), option('2')] },
    '1',
    { selected_option: option('1') },
    { selected_option: option('1') },
  ]),
  ...['multi_static_select', 'checkboxes'].map((type): [object, string[], object, object] => [
    { type, options: [option('1'), option('2')] },
    ['2', '1'],
    { selected_options: [option('2'), option('1')] },
    { selected_options: [option('2'), option('1')] },
  ]),
  ...(
    [
      ['datepicker', '2026-05-01', { selected_date: '2026-05-01' }],
      ['timepicker', '17:30', { selected_time: '17:30' }],
      ['datetimepicker', '1800000000', { selected_date_time: 1_800_000_000 }],
      ['users_select', 'U0GWEN', { selected_user: 'U0GWEN' }],
      ['multi_users_select', ['U0GWEN'], { selected_users: ['U0GWEN'] }],
      ['conversations_select', 'D0BEN', { selected_conversation: 'D0BEN' }],
      ['multi_conversations_select', ['D0BEN'], { selected_conversations: ['D0BEN'] }],
      ['channels_select', 'C0GENERAL', { selected_channel: 'C0GENERAL' }],
      ['multi_channels_select', ['C0GENERAL'], { selected_channels: ['C0GENERAL'] }],
    ] as const
  ).map(([type, picked, value]): [object, string | string[], object, object] => [
    { type },
    typeof picked === 'string' ? picked : [...picked],
    value,
    value,
  ]),
];

describe('an element that picks', () => {
  test.each(picks)('%o', async (element, picked, action, held) => {
    const made = await rig();
    const one = { ...element, action_id: 'a' };
    const { click } = await posted(made, [{ type: 'actions', block_id: 'b', elements: [one] }]);
    const body = await click('b', 'a', picked);
    const type = 'type' in element ? element.type : '';
    expect({ actions: body.actions, state: body.state }).toEqual({
      actions: [{ type, action_id: 'a', block_id: 'b', ...action, action_ts: expect.any(String) }],
      state: { values: held === null ? {} : { b: { a: { type, ...held } } } },
    });
  });

  test('holds for the one who picked, beside what others hold', async () => {
    const made = await rig();
    const select = { type: 'static_select', action_id: 'when', options: [option('1'), option('2')] };
    const { click, message } = await posted(made, [
      { type: 'actions', block_id: 'b', elements: [select, { ...buttonBlock.elements[0] }] },
    ]);
    await click('b', 'when', '2');
    expect((await click('b', 'door:unlock')).state).toEqual({
      values: { b: { when: { type: 'static_select', selected_option: option('2') } } },
    });
    const { delivered } = await made.drive.click({
      as: 'U0OLIVIA',
      in: { message: message.id },
      block_id: 'b',
      action_id: 'door:unlock',
    });
    expect(delivered.body.state).toEqual({
      values: { b: { when: { type: 'static_select', selected_option: null } } },
    });
  });

  test('keeps what it holds when the message changes around it', async () => {
    const made = await rig();
    const picker = { type: 'datepicker', action_id: 'day', initial_date: '2026-01-01' };
    const block = { type: 'actions', block_id: 'b', elements: [picker] };
    const { click, message } = await posted(made, [block]);
    await click('b', 'day', '2026-05-01');
    const args = { channel: 'C0GENERAL', ts: message.ts, text: 'a door' };
    await made.api('chat.update', { ...args, blocks: [block, { ...buttonBlock, block_id: 'c' }] });
    expect((await click('c', 'door:unlock')).state).toEqual({
      values: { b: { day: { type: 'datepicker', selected_date: '2026-05-01' } } },
    });
  });

  test('in an input block that dispatches nothing only holds', async () => {
    const made = await rig();
    const input = {
      type: 'input',
      block_id: 'i',
      label: plain('Why'),
      element: { type: 'plain_text_input', action_id: 'why' },
    };
    const { click } = await posted(made, [input, buttonBlock]);
    expect(await click('i', 'why', 'parcel')).toEqual({});
    expect((await click('b', 'door:unlock')).state).toEqual({
      values: { i: { why: { type: 'plain_text_input', value: 'parcel' } } },
    });
  });
});

describe('suggestions', () => {
  const external = { type: 'external_select', action_id: 'who', min_query_length: 2 };
  const block = { type: 'actions', block_id: 'b', elements: [external] };
  const suggesting = (answer: unknown) =>
    rig({}, ({ body }) => (body.type === 'block_suggestion' ? { body: JSON.stringify(answer) } : {}));

  test('are asked for, and can be picked', async () => {
    const made = await suggesting({ options: [option('front'), option('back')] });
    const { where, click, message } = await posted(made, [block]);
    const act = { ...where, block_id: 'b', action_id: 'who' };
    expect((await made.drive.suggest({ ...act, query: 'f' })).delivered.body).toEqual({});
    const ack = await made.drive.suggest({ ...act, query: 'fr' });
    const { trigger_id: _, response_url: __, ...rest } = common;
    expect(ack).toEqual({
      ok: true,
      ms: expect.any(Number),
      response: { options: [option('front'), option('back')] },
      delivered: {
        kind: 'interactive',
        body: {
          ...rest,
          type: 'block_suggestion',
          user,
          container: {
            type: 'message',
            message_ts: message.ts,
            channel_id: 'C0GENERAL',
            is_ephemeral: false,
          },
          message: expect.objectContaining({ ts: message.ts }),
          block_id: 'b',
          action_id: 'who',
          value: 'fr',
        },
      },
    });
    expect((await click('b', 'who', 'back')).actions).toEqual([
      {
        type: 'external_select',
        action_id: 'who',
        block_id: 'b',
        selected_option: option('back'),
        action_ts: expect.any(String),
      },
    ]);
  });

  test('that Slack cannot show are none', async () => {
    const made = await suggesting({ options: [{ text: plain('x'.repeat(76)), value: 'v' }] });
    const { where } = await posted(made, [block]);
    const ack = await made.drive.suggest({ ...where, block_id: 'b', action_id: 'who', query: 'fr' });
    expect(ack.ok).toBe(false);
    expect((await made.drive.calls()).at(-1)).toMatchObject({
      method: 'ack',
      ok: false,
      error: 'invalid_options',
    });
    expect((await made.drive.view('U0BEN')).notices).toEqual([
      { id: 'N1', channelId: 'C0GENERAL', text: 'Latchbolt could not be reached (dispatch_failed)' },
    ]);
  });
});
