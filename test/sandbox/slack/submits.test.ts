import { describe, expect, test } from 'vitest';
import { form, input, modal, opened, titles, trigger } from './modal-scene.ts';
import { plain, type Rig, rig } from './support.ts';

describe('a submit', () => {
  const answering = (body: object | null) =>
    rig({}, ({ body: sent }) =>
      sent.type === 'view_submission' && body !== null ? { body: JSON.stringify(body) } : {},
    );
  const submit = (made: Rig, viewId: string, text = 'Front door') =>
    made.drive.submit({ as: 'U0OLIVIA', viewId, values: { name: { text } } });

  test('carries the view with its state, and closes it', async () => {
    const made = await answering(null);
    const viewId = await opened(made);
    const ack = await submit(made, viewId);
    expect(ack.delivered.body).toEqual({
      type: 'view_submission',
      team: { id: 'T0ACME', domain: 'acme' },
      enterprise: null,
      is_enterprise_install: false,
      user: { id: 'U0OLIVIA', username: 'olivia.reyes', name: 'olivia.reyes', team_id: 'T0ACME' },
      api_app_id: 'A0LATCHBOLT',
      token: 'local-verification-token',
      trigger_id: expect.any(String),
      view: expect.objectContaining({
        id: viewId,
        callback_id: 'form',
        private_metadata: 'kept',
        state: { values: { name: { text: { type: 'plain_text_input', value: 'Front door' } } } },
      }),
      response_urls: [],
    });
    expect(made.received.at(-1)?.body).toEqual(ack.delivered.body);
    expect(await titles(made)).toEqual([]);
  });

  test('that Slack itself refuses is not sent', async () => {
    const made = await answering(null);
    const viewId = await opened(made);
    const errors = async () => (await made.drive.view('U0OLIVIA')).modals[0]?.errors;
    expect((await submit(made, viewId, '')).delivered.body).toEqual({});
    expect(await errors()).toEqual({ name: 'Please complete this required field.' });
    expect((await submit(made, viewId, 'ab')).delivered.body).toEqual({});
    expect(await errors()).toEqual({ name: 'Please enter at least 3 characters.' });
    expect(made.received).toHaveLength(1);
  });

  test('answered with errors stays and shows them', async () => {
    const made = await answering({ response_action: 'errors', errors: { name: 'Taken.' } });
    await submit(made, await opened(made));
    expect((await made.drive.view('U0OLIVIA')).modals).toEqual([
      {
        viewId: 'V01',
        title: 'Form',
        submit: 'Save',
        close: null,
        blocks: [input],
        errors: { name: 'Taken.' },
      },
    ]);
  });

  test.each([
    ['update', { response_action: 'update', view: modal('Done') }, ['One', 'Done']],
    ['push', { response_action: 'push', view: modal('More') }, ['One', 'Form', 'More']],
    ['clear', { response_action: 'clear' }, []],
  ])('answered with %s', async (_what, answer, left) => {
    const made = await answering(answer);
    await opened(made, modal('One'));
    await made.api('views.push', { trigger_id: await trigger(made), view: form });
    await submit(made, (await made.drive.view('U0OLIVIA')).modals.at(-1)?.viewId ?? '');
    expect(await titles(made)).toEqual(left);
  });

  test.each([
    [
      'an unknown block',
      { response_action: 'errors', errors: { nope: 'x' } },
      '[ERROR] no input block [json-pointer:/errors/nope]',
    ],
    [
      'an unfit view',
      { response_action: 'update', view: { type: 'modal', blocks: [] } },
      '[ERROR] missing required field: title [json-pointer:/view]',
    ],
  ])('answered with errors of %s shows Slack’s trouble', async (_what, answer, detail) => {
    const made = await answering(answer);
    await submit(made, await opened(made));
    const { notices } = await made.drive.view('U0OLIVIA');
    expect({ titles: await titles(made), notices }).toEqual({
      titles: ['Form'],
      notices: [{ id: 'N1', channelId: 'D0OLIVIA', text: 'We had some trouble connecting. Try again?' }],
    });
    expect((await made.drive.calls()).at(-1)).toMatchObject({
      method: 'ack',
      ok: false,
      error: 'invalid_arguments',
      detail,
    });
  });

  test('of a picked conversation brings a response_url for it', async () => {
    const made = await answering(null);
    const element = { type: 'conversations_select', action_id: 'where', response_url_enabled: true };
    const block = { type: 'input', block_id: 'to', label: plain('Tell'), element };
    const viewId = await opened(made, modal('Share', { submit: plain('Share'), blocks: [block] }));
    const ack = await made.drive.submit({ as: 'U0OLIVIA', viewId, values: { to: { where: 'C0FRONTDESK' } } });
    const urls = ack.delivered.body.response_urls;
    expect(urls).toEqual([
      { block_id: 'to', action_id: 'where', channel_id: 'C0FRONTDESK', response_url: expect.any(String) },
    ]);
  });
});
