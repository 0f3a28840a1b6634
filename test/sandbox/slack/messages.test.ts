import { describe, expect, test } from 'vitest';
import { buttonBlock, only, rig } from './support.ts';

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
