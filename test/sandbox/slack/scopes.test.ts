import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { rig } from './support.ts';

/** Calls a method, and gives back the answer with what its headers say of scopes. */
async function call(apiUrl: string, method: string, token: string, body = {}) {
  const response = await fetch(`${apiUrl}${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  return {
    has: response.headers.get('x-oauth-scopes'),
    takes: response.headers.get('x-accepted-oauth-scopes'),
    answer: await response.json(),
  };
}

const missing = (needed: string) => ({
  has: 'commands',
  takes: needed,
  answer: { ok: false, error: 'missing_scope', needed, provided: 'commands' },
});

test('a method whose scope the token lacks does nothing, and says which', async () => {
  const { slack, drive } = await rig({ scopes: ['commands'] });
  const say = { channel: 'C0GENERAL', text: 'hello', ts: '1.1', user: 'U0BEN', users: 'U0BEN' };
  const methods = ['chat.postMessage', 'chat.postEphemeral', 'chat.update', 'chat.delete'];
  for (const method of methods) {
    expect(await call(slack.apiUrl, method, slack.botToken, say)).toEqual(missing('chat:write'));
  }
  expect(await call(slack.apiUrl, 'users.info', slack.botToken, say)).toEqual(missing('users:read'));
  expect(await call(slack.apiUrl, 'conversations.open', slack.botToken, say)).toEqual(missing('im:write'));
  expect((await drive.view('U0BEN')).messages).toEqual([]);
});

test('every answer says what the token may do', async () => {
  const { slack, drive } = await rig({ scopes: ['chat:write', 'users:read'] });
  const has = 'chat:write,users:read';
  const users = (token: string) => call(slack.apiUrl, 'users.info', token, { user: 'U0NOBODY' });
  expect([
    await call(slack.apiUrl, 'auth.test', slack.botToken),
    await users(slack.botToken),
    await users('xoxb-made-up'),
    await call(slack.apiUrl, 'apps.connections.open', slack.appToken),
  ]).toEqual([
    { has, takes: null, answer: expect.objectContaining({ ok: true }) },
    { has, takes: 'users:read', answer: { ok: false, error: 'user_not_found' } },
    { has: null, takes: null, answer: { ok: false, error: 'invalid_auth' } },
    {
      has: 'connections:write',
      takes: 'connections:write',
      answer: { ok: false, error: 'socket_mode_not_enabled' },
    },
  ]);
  await drive.faults([{ at: 'users.info', do: 'error', error: 'internal_error' }]);
  expect(await users(slack.botToken)).toEqual({
    has,
    takes: 'users:read',
    answer: { ok: false, error: 'internal_error' },
  });
});

test('the token may do what the manifest asks for', async () => {
  const manifest = z
    .object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) })
    .parse(parse(await readFile(new URL('../../../manifest.yml', import.meta.url), 'utf8')));
  const { slack } = await rig();
  const { has } = await call(slack.apiUrl, 'auth.test', slack.botToken);
  expect(has?.split(',')).toEqual(expect.arrayContaining(manifest.oauth_config.scopes.bot));
});
