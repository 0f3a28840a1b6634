import { describe, expect, test } from 'vitest';
import { common, posted, user } from './click-scene.ts';
import { buttonBlock, only, rig } from './support.ts';

const unlock = { block_id: 'b', action_id: 'door:unlock' };
const action = { ...buttonBlock.elements[0], block_id: 'b', action_ts: expect.any(String) };

describe('a button in a copy of a message', () => {
  test('arrives as one in an attachment, at a message of the person who shared it', async () => {
    const made = await rig();
    const { message } = await posted(made, [buttonBlock]);
    const copy = await made.drive.share({ as: 'U0OLIVIA', message: message.id, channel: 'C0FRONTDESK' });
    const shown = (await made.drive.view('U0BEN')).messages.find(({ id }) => id === copy.message);
    const { delivered } = await made.drive.click({ as: 'U0BEN', in: copy, ...unlock });
    const link = `https://acme.slack.com/archives/C0GENERAL/p${message.ts.replace('.', '')}`;
    expect(delivered).toEqual({
      kind: 'interactive',
      body: {
        ...common,
        user,
        channel: { id: 'C0FRONTDESK', name: 'front-desk' },
        container: {
          type: 'message_attachment',
          message_ts: shown?.ts,
          attachment_id: 1,
          channel_id: 'C0FRONTDESK',
          is_ephemeral: false,
          is_app_unfurl: false,
        },
        message: {
          type: 'message',
          user: 'U0OLIVIA',
          ts: shown?.ts,
          text: '',
          team: 'T0ACME',
          attachments: [
            {
              id: 1,
              ts: message.ts,
              author_id: 'U0LATCHBOLT',
              author_name: 'Latchbolt',
              channel_id: 'C0GENERAL',
              channel_team: 'T0ACME',
              is_msg_unfurl: true,
              is_share: true,
              message_blocks: [
                {
                  team: 'T0ACME',
                  channel: 'C0GENERAL',
                  ts: message.ts,
                  message: { blocks: message.blocks },
                },
              ],
              original_url: link,
              from_url: link,
              fallback: `[${message.ts}] Latchbolt: a door`,
              text: 'a door',
              mrkdwn_in: ['text'],
              footer: 'Posted in #general',
            },
          ],
        },
        state: { values: {} },
        actions: [action],
      },
    });
    expect(only(made.received).body).toEqual(delivered.body);
  });

  test('lets the app speak, but not change the copy', async () => {
    const made = await rig();
    const { message } = await posted(made, [buttonBlock]);
    const copy = await made.drive.share({ as: 'U0BEN', message: message.id, channel: 'C0GENERAL' });
    const { delivered } = await made.drive.click({ as: 'U0BEN', in: copy, ...unlock });
    const answer = { text: 'no', replace_original: true };
    expect((await made.respond(delivered.body.response_url, answer)).status).toBe(200);
    const { messages } = await made.drive.view('U0BEN');
    expect(messages.map(({ text, ephemeral, shared }) => ({ text, ephemeral, copy: shared?.text }))).toEqual([
      { text: 'a door', ephemeral: false, copy: undefined },
      { text: '', ephemeral: false, copy: 'a door' },
      { text: 'no', ephemeral: true, copy: undefined },
    ]);
  });

  test('is a copy of what was there when it was made', async () => {
    const made = await rig();
    const { message } = await posted(made, [buttonBlock]);
    const copy = await made.drive.share({ as: 'U0BEN', message: message.id, channel: 'C0GENERAL' });
    await made.api('chat.update', { channel: 'C0GENERAL', ts: message.ts, text: 'done', blocks: [] });
    expect((await made.drive.click({ as: 'U0BEN', in: copy, ...unlock })).ok).toBe(true);
  });

  test('is made only of what one sees, where one is', async () => {
    const made = await rig();
    const { message } = await posted(made, [buttonBlock], true);
    const share = { message: message.id, channel: 'C0GENERAL' };
    await expect(made.drive.share({ as: 'U0OLIVIA', ...share })).rejects.toThrow(
      `Olivia Reyes sees no message ${message.id}`,
    );
    await expect(made.drive.share({ as: 'U0BEN', ...share, channel: 'D0OLIVIA' })).rejects.toThrow(
      'Ben Carter is not in D0OLIVIA',
    );
  });
});

describe('a click in a message of any age', () => {
  const at = 1_700_000_000_000;
  const twelveHours = 12 * 3_600_000;

  test('says when the message was posted, and still changes it', async () => {
    const made = await rig({ clock: () => at });
    const { where } = await posted(made, [buttonBlock]);
    const { delivered } = await made.drive.click({ ...where, ...unlock, postedMsAgo: twelveHours + 1 });
    expect(delivered.body).toMatchObject({
      container: { type: 'message', message_ts: '1699956799.999000' },
      message: { ts: '1699956799.999000' },
    });
    await made.respond(delivered.body.response_url, { text: 'too old', replace_original: true });
    expect((await made.drive.view('U0BEN')).messages.map(({ text }) => text)).toEqual(['too old']);
  });

  test('so it does of an ephemeral one', async () => {
    const made = await rig({ clock: () => at });
    const { where } = await posted(made, [buttonBlock], true);
    const { delivered } = await made.drive.click({ ...where, ...unlock, postedMsAgo: twelveHours });
    expect(delivered.body.container).toEqual({
      type: 'message',
      message_ts: '1699956800.000000',
      channel_id: 'C0GENERAL',
      is_ephemeral: true,
    });
    expect(delivered.body).not.toHaveProperty('message');
  });

  test('and a message ages by the clock', async () => {
    const made = await rig({ clock: () => at });
    const { message, where } = await posted(made, [buttonBlock]);
    await made.drive.clock({ advanceMs: twelveHours });
    const { delivered } = await made.drive.click({ ...where, ...unlock });
    expect(delivered.body).toMatchObject({
      container: { message_ts: message.ts },
      actions: [{ action_ts: '1700043200.000000' }],
    });
  });
});
