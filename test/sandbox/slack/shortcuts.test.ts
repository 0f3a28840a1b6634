import { App } from '@slack/bolt';
import { describe, expect, onTestFinished, test } from 'vitest';
import { slackDriver } from '../../../src/sandbox/slack/driver.ts';
import { startLocalSlack } from '../../../src/sandbox/slack/server.ts';
import { buttonBlock, only, plain, type Rig, rig, silent, until } from './support.ts';

const GLOBAL = { as: 'U0BEN', callback_id: 'shortcut:open' };
const ON_MESSAGE = { as: 'U0BEN', callback_id: 'shortcut:message' };
const modal = {
  type: 'modal',
  title: plain('A door'),
  blocks: [{ type: 'section', text: plain('Which one?') }],
};
const install = {
  token: 'local-verification-token',
  team: { id: 'T0ACME', domain: 'acme' },
  enterprise: null,
  is_enterprise_install: false,
};

/** A message of the app in #general, as Ben sees it. */
async function posted(made: Rig) {
  const { message } = await made.api('chat.postMessage', {
    channel: 'C0GENERAL',
    text: 'The bell rang',
    blocks: [buttonBlock],
  });
  return { message, seen: only((await made.drive.view('U0BEN')).messages) };
}

describe('a global shortcut', () => {
  test('tells who, and nothing of where', async () => {
    const made = await rig();
    const ack = await made.drive.shortcut(GLOBAL);
    const { body } = only(made.received);
    expect(ack).toEqual({
      ok: true,
      ms: expect.any(Number),
      response: '',
      delivered: { kind: 'interactive', body },
    });
    expect(body).toEqual({
      type: 'shortcut',
      ...install,
      user: { id: 'U0BEN', username: 'ben.carter', team_id: 'T0ACME' },
      callback_id: 'shortcut:open',
      trigger_id: expect.any(String),
      action_ts: expect.stringMatching(/^\d{10}\.\d{6}$/),
    });
  });

  test('can open a modal within three seconds, once', async () => {
    const made = await rig({ clock: () => 1_700_000_000_000 });
    const open = async (waitMs: number) => {
      const { delivered } = await made.drive.shortcut(GLOBAL);
      await made.drive.clock({ advanceMs: waitMs });
      const args = { trigger_id: delivered.body.trigger_id, view: modal };
      return [(await made.api('views.open', args)).error, (await made.api('views.open', args)).error];
    };
    expect([await open(3_000), await open(3_001)]).toEqual([
      [undefined, 'exchanged_trigger_id'],
      ['expired_trigger_id', 'expired_trigger_id'],
    ]);
    expect(only((await made.drive.view('U0BEN')).modals).title).toBe('A door');
  });

  test('of an org-wide install has no team', async () => {
    const made = await rig({ install: 'org' });
    const { delivered } = await made.drive.shortcut(GLOBAL);
    expect(delivered.body).toMatchObject({
      team: null,
      enterprise: { id: 'E0ACME', name: 'Acme Holdings' },
      is_enterprise_install: true,
      user: { id: 'U0BEN', team_id: 'T0ACME' },
    });
  });

  test('that fails is told to who ran it', async () => {
    const made = await rig({}, () => ({ status: 500 }));
    expect(await made.drive.shortcut(GLOBAL)).toMatchObject({ ok: false, ms: null, response: null });
    expect((await made.drive.view('U0BEN')).notices).toEqual([
      { id: 'N1', channelId: 'D0BEN', text: 'Latchbolt could not be reached (dispatch_failed)' },
    ]);
  });
});

describe('a shortcut on a message', () => {
  test('carries the message, its channel, and a way to answer there', async () => {
    const made = await rig();
    const { message, seen } = await posted(made);
    await made.drive.shortcut({ ...ON_MESSAGE, message: seen.id });
    const { body } = only(made.received);
    expect(body).toEqual({
      type: 'message_action',
      ...install,
      user: { id: 'U0BEN', username: 'ben.carter', team_id: 'T0ACME', name: 'ben.carter' },
      channel: { id: 'C0GENERAL', name: 'general' },
      callback_id: 'shortcut:message',
      trigger_id: expect.any(String),
      action_ts: expect.any(String),
      message_ts: seen.ts,
      message,
      response_url: expect.stringContaining(`${made.slack.url}/response/`),
    });
    const said = { text: 'Which door?', replace_original: true };
    expect(await made.respond(body.response_url, said)).toEqual({ status: 200, body: 'ok' });
    const { messages } = await made.drive.view('U0BEN');
    expect(messages.map(({ text, ephemeral }) => ({ text, ephemeral }))).toEqual([
      { text: 'The bell rang', ephemeral: false },
      { text: 'Which door?', ephemeral: true },
    ]);
  });

  test('can be a message of a colleague, which carries no bot', async () => {
    const made = await rig();
    await made.drive.command({ as: 'U0OLIVIA', channel: 'C0GENERAL', text: 'Who is at the door?' });
    const { id, ts } = only((await made.drive.view('U0BEN')).messages);
    const { delivered } = await made.drive.shortcut({ ...ON_MESSAGE, message: id });
    expect(delivered.body.message).toEqual({
      type: 'message',
      user: 'U0OLIVIA',
      ts,
      text: 'Who is at the door?',
      team: 'T0ACME',
      blocks: [],
    });
  });
});

test('everyone of the workspace is offered both, and nobody of another company', async () => {
  const { drive } = await rig();
  const both = [
    { callback_id: 'shortcut:open', type: 'global', name: 'Unlock a door' },
    { callback_id: 'shortcut:message', type: 'message', name: 'Unlock a door' },
  ];
  expect([(await drive.view('U0CLEO')).shortcuts, (await drive.view('U0SAM')).shortcuts]).toEqual([both, []]);
});

describe('is refused', () => {
  test.each([
    [
      'that nobody registered',
      { ...GLOBAL, callback_id: 'door:unlock' },
      'Ben Carter is offered no shortcut door:unlock',
    ],
    ['of another company', { ...GLOBAL, as: 'U0SAM' }, 'Sam Stone is offered no shortcut shortcut:open'],
    ['without its message', ON_MESSAGE, 'shortcut:message starts at a message'],
    ['on a message that is not there', { ...ON_MESSAGE, message: 'M1' }, 'Ben Carter sees no message M1'],
  ])('a shortcut %s', async (_what, act, reason) => {
    const made = await rig();
    await expect(made.drive.shortcut(act)).rejects.toThrow(reason);
    expect(made.received).toEqual([]);
  });

  test('a global one on a message, and any on an ephemeral one', async () => {
    const made = await rig();
    const { seen } = await posted(made);
    await expect(made.drive.shortcut({ ...GLOBAL, message: seen.id })).rejects.toThrow(
      'shortcut:open starts at no message',
    );
    await made.api('chat.postEphemeral', { channel: 'C0GENERAL', user: 'U0BEN', text: 'Only for you' });
    const ephemeral = (await made.drive.view('U0BEN')).messages.at(-1)?.id ?? '';
    await expect(made.drive.shortcut({ ...ON_MESSAGE, message: ephemeral })).rejects.toThrow(
      'Slack offers no shortcuts on an ephemeral message',
    );
    expect(made.received).toEqual([]);
  });
});

test('both reach a real Bolt app, which takes them apart', async () => {
  const slack = await startLocalSlack({ delivery: { mode: 'socket' } });
  onTestFinished(() => slack.close());
  const app = new App({
    token: slack.botToken,
    appToken: slack.appToken,
    socketMode: true,
    clientOptions: { slackApiUrl: slack.apiUrl },
    logger: silent,
  });
  const seen: unknown[] = [];
  app.shortcut({ type: 'shortcut', callback_id: 'shortcut:open' }, async ({ ack, shortcut, client }) => {
    await ack();
    await client.views.open({
      trigger_id: shortcut.trigger_id,
      view: { type: 'modal', title: plain('A door'), blocks: [{ type: 'divider' }] },
    });
    seen.push(shortcut.user.id);
  });
  app.shortcut(
    { type: 'message_action', callback_id: 'shortcut:message' },
    async ({ ack, shortcut, respond }) => {
      await ack();
      await respond(`On: ${shortcut.message.text}`);
      seen.push(shortcut.channel.id);
    },
  );
  await app.start();
  onTestFinished(async () => void (await app.stop()));
  const drive = slackDriver(slack.url);
  await drive.command({ as: 'U0OLIVIA', channel: 'C0GENERAL', text: 'Hello' });
  const { id } = only((await drive.view('U0BEN')).messages);
  await drive.shortcut(GLOBAL);
  await until(() => seen.length === 1);
  await drive.shortcut({ ...ON_MESSAGE, message: id });
  await until(() => seen.length === 2);
  const { modals, messages } = await drive.view('U0BEN');
  expect([seen, only(modals).title, messages.map(({ text }) => text)]).toEqual([
    ['U0BEN', 'C0GENERAL'],
    'A door',
    ['Hello', 'On: Hello'],
  ]);
});
