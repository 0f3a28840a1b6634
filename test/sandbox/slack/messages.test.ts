import { describe, expect, test } from 'vitest';
import { buttonBlock, long, only, plain, type Rig, rig } from './support.ts';

test('an ephemeral is in its one reader’s view, and out of the Web API’s reach', async () => {
  const made = await rig();
  const sent = { channel: 'C0GENERAL', user: 'U0BEN', text: 'only for Ben' };
  const { message_ts: ts } = await made.api('chat.postEphemeral', sent);
  const seen = async (as: string) => (await made.drive.view(as)).messages;
  expect(await seen('U0BEN')).toEqual([
    {
      id: expect.any(String),
      ts,
      channelId: 'C0GENERAL',
      author: { kind: 'app', name: 'Latchbolt' },
      ephemeral: true,
      edited: false,
      text: 'only for Ben',
      blocks: [],
      files: [],
      threadTs: null,
      shared: null,
    },
  ]);
  expect([await seen('U0OLIVIA'), await seen('U0GWEN'), await seen('U0SAM')]).toEqual([[], [], []]);
  expect(await made.api('chat.update', { channel: 'C0GENERAL', ts, text: 'changed' })).toEqual({
    ok: false,
    error: 'cant_update_message',
  });
  expect(await made.api('chat.delete', { channel: 'C0GENERAL', ts })).toEqual({
    ok: false,
    error: 'cant_delete_message',
  });
  expect(only(await seen('U0BEN')).text).toBe('only for Ben');
});

test('a message is posted, updated and deleted', async () => {
  const made = await rig();
  const posted = await made.api('chat.postMessage', {
    channel: 'C0GENERAL',
    text: 'a door',
    blocks: [buttonBlock],
  });
  const ts = posted.ts;
  const message = {
    type: 'message',
    user: 'U0LATCHBOLT',
    bot_id: 'B0LATCHBOLT',
    app_id: 'A0LATCHBOLT',
    ts,
    text: 'a door',
    team: 'T0ACME',
    blocks: [buttonBlock],
  };
  expect(posted).toEqual({
    ok: true,
    channel: 'C0GENERAL',
    ts: expect.stringMatching(/^\d{10}\.\d{6}$/),
    message,
  });
  expect(await made.api('chat.update', { channel: 'C0GENERAL', ts, text: 'an open door' })).toEqual({
    ok: true,
    channel: 'C0GENERAL',
    ts,
    text: 'an open door',
    message: { ...message, text: 'an open door', edited: { user: 'U0LATCHBOLT', ts } },
  });
  await made.api('chat.update', { channel: 'C0GENERAL', ts, text: 'no blocks', blocks: [] });
  expect(only((await made.drive.view('U0GWEN')).messages).blocks).toEqual([]);
  expect(await made.api('chat.delete', { channel: 'C0GENERAL', ts })).toEqual({
    ok: true,
    channel: 'C0GENERAL',
    ts,
  });
  expect(await made.api('chat.update', { channel: 'C0GENERAL', ts, text: 'gone' })).toEqual({
    ok: false,
    error: 'message_not_found',
  });
});

describe('in a direct message', () => {
  const said = async (made: Rig) => {
    const { channel, ts } = await made.api('chat.postMessage', { channel: 'U0BEN', text: 'Front Door' });
    return { channel, ts };
  };

  test('the app changes what it said, within the limits of an update', async () => {
    const made = await rig();
    const at = await said(made);
    expect(at.channel).toBe('D0BEN');
    const update = (args: object) => made.api('chat.update', { ...at, ...args });
    const answers = [
      await update({ text: long(4_000), blocks: Array(50).fill({ type: 'divider' }) }),
      await update({ text: long(4_001) }),
      await update({ text: 'x', blocks: Array(51).fill({ type: 'divider' }) }),
      await update({ text: 'x', blocks: Array(5).fill({ type: 'section', text: plain(long(2_500)) }) }),
      await update({ text: 'x', channel: 'U0BEN' }),
      await update({ text: 'x', channel: 'D0OLIVIA' }),
      await update({ text: '', blocks: [] }),
    ];
    expect(answers.map(({ ok, error }) => error ?? ok)).toEqual([
      true,
      'msg_too_long',
      'invalid_blocks',
      'msg_blocks_too_long',
      'channel_not_found',
      'message_not_found',
      'no_text',
    ]);
    const { edited, text, blocks, channelId } = only((await made.drive.view('U0BEN')).messages);
    expect({ edited, text, blocks: blocks.length, channelId }).toEqual({
      edited: true,
      text: long(4_000),
      blocks: 50,
      channelId: 'D0BEN',
    });
    expect((await made.drive.view('U0OLIVIA')).messages).toEqual([]);
  });

  test('the app takes back what it said, and nothing that the person did', async () => {
    const made = await rig();
    const at = await said(made);
    await made.drive.command({ as: 'U0BEN', channel: 'D0BEN', text: 'Thanks' });
    const thanks = (await made.drive.view('U0BEN')).messages.at(-1);
    const mine = { channel: 'D0BEN', ts: thanks?.ts };
    expect([
      await made.api('chat.delete', mine),
      await made.api('chat.update', { ...mine, text: 'x' }),
      await made.api('chat.delete', at),
      await made.api('chat.delete', at),
    ]).toEqual([
      { ok: false, error: 'cant_delete_message' },
      { ok: false, error: 'cant_update_message' },
      { ok: true, ...at },
      { ok: false, error: 'message_not_found' },
    ]);
    expect(only((await made.drive.view('U0BEN')).messages).text).toBe('Thanks');
  });
});

describe('who sees what', () => {
  test('a stranger sees only the shared channel', async () => {
    const { drive, api } = await rig();
    await api('chat.postMessage', { channel: 'C0GENERAL', text: 'shared' });
    await api('chat.postMessage', { channel: 'C0FRONTDESK', text: 'ours' });
    await api('chat.postMessage', { channel: 'U0BEN', text: 'for Ben' });
    const seen = async (as: string) => {
      const { channels, messages } = await drive.view(as);
      return { channels: channels.map(({ id }) => id), texts: messages.map(({ text }) => text) };
    };
    expect([await seen('U0SAM'), await seen('U0GWEN'), await seen('U0BEN')]).toEqual([
      { channels: ['C0GENERAL'], texts: ['shared'] },
      { channels: ['C0GENERAL', 'C0FRONTDESK', 'D0GWEN'], texts: ['shared', 'ours'] },
      { channels: ['C0GENERAL', 'C0FRONTDESK', 'D0BEN'], texts: ['shared', 'ours', 'for Ben'] },
    ]);
  });
});
