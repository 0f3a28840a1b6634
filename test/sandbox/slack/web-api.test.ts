import { describe, expect, test } from 'vitest';
import { buttonBlock, CHATTY, long, only, rig } from './support.ts';

const general = { channel: 'C0GENERAL' };
const refusals: [string, string, object, string][] = [
  ['an unknown channel', 'chat.postMessage', { channel: 'C0NOWHERE', text: 'x' }, 'channel_not_found'],
  ['a stranger’s direct messages', 'chat.postMessage', { channel: 'U0SAM', text: 'x' }, 'channel_not_found'],
  ['no channel', 'chat.postMessage', { text: 'x' }, 'channel_not_found'],
  ['nothing to say', 'chat.postMessage', general, 'no_text'],
  ['no text and no blocks', 'chat.postMessage', { ...general, text: '', blocks: [] }, 'no_text'],
  ['too much text', 'chat.postMessage', { ...general, text: long(40_001) }, 'msg_too_long'],
  [
    'blocks that are no list',
    'chat.postMessage',
    { ...general, text: 'x', blocks: '{}' },
    'invalid_blocks_format',
  ],
  [
    'too much in all blocks',
    'chat.postMessage',
    {
      ...general,
      text: 'x',
      blocks: Array.from({ length: 5 }, () => ({
        type: 'section',
        text: { type: 'mrkdwn', text: long(2_401) },
      })),
    },
    'msg_blocks_too_long',
  ],
  [
    'an ephemeral for nobody',
    'chat.postEphemeral',
    { ...general, user: 'U0NOBODY', text: 'x' },
    'user_not_found',
  ],
  [
    'an ephemeral out of sight',
    'chat.postEphemeral',
    { channel: 'C0FRONTDESK', user: 'U0SAM', text: 'x' },
    'user_not_in_channel',
  ],
  ['no such message', 'chat.update', { ...general, ts: '1.1', text: 'x' }, 'message_not_found'],
  [
    'a user id where a channel is needed',
    'chat.update',
    { channel: 'U0BEN', ts: '1.1', text: 'x' },
    'channel_not_found',
  ],
  ['nobody', 'users.info', { user: 'U0NOBODY' }, 'user_not_found'],
  ['no method', 'chat.shout', {}, 'unknown_method'],
];

describe('what the Web API refuses', () => {
  test.each(refusals)('%s', async (_what, method, args, error) => {
    const { api } = await rig();
    expect(await api(method, args)).toEqual({ ok: false, error });
  });

  test('text that is just too long for an update', async () => {
    const { api } = await rig();
    const { ts } = await api('chat.postMessage', { ...general, text: long(40_000) });
    expect(await api('chat.update', { ...general, ts, text: long(4_001) })).toEqual({
      ok: false,
      error: 'msg_too_long',
    });
    expect(await api('chat.update', { ...general, ts, text: long(4_000) })).toMatchObject({ ok: true });
  });

  test('another message than its own', async () => {
    const { api, drive } = await rig();
    await drive.command({ as: 'U0BEN', channel: 'C0GENERAL', text: 'hello all' });
    const { ts } = only((await drive.view('U0BEN')).messages);
    expect(await api('chat.update', { ...general, ts, text: 'x' })).toEqual({
      ok: false,
      error: 'cant_update_message',
    });
  });

  test('wrong tokens', async () => {
    const { slack } = await rig();
    const call = async (method: string, token?: string) => {
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const response = await fetch(`${slack.apiUrl}${method}`, { method: 'POST', headers });
      return response.json();
    };
    expect([
      await call('auth.test'),
      await call('auth.test', 'xoxb-made-up'),
      await call('auth.test', slack.appToken),
      await call('apps.connections.open', slack.botToken),
      await call('apps.connections.open', slack.appToken),
    ]).toEqual(
      [
        'not_authed',
        'invalid_auth',
        'not_allowed_token_type',
        'not_allowed_token_type',
        'socket_mode_not_enabled',
      ].map((error) => ({ ok: false, error })),
    );
  });
});

test('a form with the token in it is as good as JSON, and the record leaves the token out', async () => {
  const { slack, drive } = await rig();
  const body = new URLSearchParams({
    token: slack.botToken,
    channel: 'U0OLIVIA',
    blocks: JSON.stringify([buttonBlock]),
  });
  const response = await fetch(`${slack.apiUrl}chat.postMessage`, { method: 'POST', body });
  expect(await response.json()).toMatchObject({ ok: true, channel: 'D0OLIVIA' });
  expect(await drive.calls()).toEqual([
    {
      n: 1,
      at: expect.any(Number),
      method: 'chat.postMessage',
      body: { channel: 'U0OLIVIA', blocks: [buttonBlock] },
      ok: true,
      error: null,
      detail: 'no text: screen readers and notifications have nothing to say',
    },
  ]);
  expect(await drive.calls(1)).toEqual([]);
});

test('auth.test, api.test and conversations.open', async () => {
  const { api } = await rig(CHATTY);
  expect([
    await api('auth.test'),
    await api('api.test', { foo: 'bar' }),
    await api('api.test', { error: 'my_error' }),
    await api('conversations.open', { users: 'U0GWEN' }),
    await api('conversations.open', { users: 'U0ROBO' }),
    await api('conversations.open', { users: 'U0DAN' }),
  ]).toEqual([
    {
      ok: true,
      url: 'https://acme.slack.com/',
      team: 'Acme',
      user: 'latchbolt',
      team_id: 'T0ACME',
      user_id: 'U0LATCHBOLT',
      bot_id: 'B0LATCHBOLT',
      is_enterprise_install: false,
    },
    { ok: true, args: { foo: 'bar' } },
    { ok: false, error: 'my_error' },
    { ok: true, no_op: true, already_open: true, channel: { id: 'D0GWEN' } },
    { ok: false, error: 'cannot_dm_bot' },
    { ok: false, error: 'user_disabled' },
  ]);
});
