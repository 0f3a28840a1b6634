import { describe, expect, test } from 'vitest';
import { common, posted, user } from './click-scene.ts';
import { buttonBlock, CHATTY, only, plain, rig } from './support.ts';

test('a slash command, as Slack sends it', async () => {
  const made = await rig();
  const ack = await made.drive.command({ as: 'U0GWEN', channel: 'D0GWEN', text: '/locks connect  August ' });
  expect(ack).toEqual({
    ok: true,
    ms: expect.any(Number),
    response: '',
    delivered: {
      kind: 'slash_commands',
      body: {
        token: 'local-verification-token',
        team_id: 'T0ACME',
        team_domain: 'acme',
        channel_id: 'D0GWEN',
        channel_name: 'directmessage',
        user_id: 'U0GWEN',
        user_name: 'gwen.ito',
        command: '/locks',
        text: 'connect  August',
        api_app_id: 'A0LATCHBOLT',
        is_enterprise_install: 'false',
        response_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/response\//),
        trigger_id: expect.any(String),
      },
    },
  });
  expect(only(made.received).body).toEqual(ack.delivered.body);
});

describe('a click', () => {
  test('in a message carries the message', async () => {
    const made = await rig();
    const { message, click } = await posted(made, [buttonBlock]);
    const body = await click('b', 'door:unlock');
    expect(body).toEqual({
      ...common,
      user,
      container: { type: 'message', message_ts: message.ts, channel_id: 'C0GENERAL', is_ephemeral: false },
      message: {
        type: 'message',
        user: 'U0LATCHBOLT',
        bot_id: 'B0LATCHBOLT',
        app_id: 'A0LATCHBOLT',
        ts: message.ts,
        text: 'a door',
        team: 'T0ACME',
        blocks: [buttonBlock],
      },
      state: { values: {} },
      actions: [{ ...buttonBlock.elements[0], block_id: 'b', action_ts: expect.any(String) }],
    });
    expect(only(made.received).body).toEqual(body);
  });

  test('in an ephemeral carries no message', async () => {
    const made = await rig();
    const { message, click } = await posted(made, [buttonBlock], true);
    expect(await click('b', 'door:unlock')).toEqual({
      ...common,
      user,
      container: { type: 'message', message_ts: message.ts, channel_id: 'C0GENERAL', is_ephemeral: true },
      state: { values: {} },
      actions: [{ ...buttonBlock.elements[0], block_id: 'b', action_ts: expect.any(String) }],
    });
  });

  test('of a stranger says whose company they are from', async () => {
    const made = await rig();
    const { message } = await posted(made, [buttonBlock]);
    const act = { as: 'U0SAM', in: { message: message.id }, block_id: 'b', action_id: 'door:unlock' };
    const { delivered } = await made.drive.click(act);
    expect({ user: delivered.body.user, team: delivered.body.team }).toEqual({
      user: { id: 'U0SAM', username: 'sam.stone', name: 'sam.stone', team_id: 'T0OTHER' },
      team: { id: 'T0ACME', domain: 'acme' },
    });
  });

  test('in the Home carries the view, and no response_url', async () => {
    const made = await rig();
    const { view } = await made.api('views.publish', {
      user_id: 'U0BEN',
      view: { type: 'home', blocks: [buttonBlock] },
    });
    const ack = await made.drive.click({
      as: 'U0BEN',
      in: { home: true },
      block_id: 'b',
      action_id: 'door:unlock',
    });
    const { channel: _, response_url: __, ...rest } = common;
    expect(ack.delivered.body).toEqual({
      ...rest,
      user,
      container: { type: 'view', view_id: 'V01' },
      view,
      actions: [{ ...buttonBlock.elements[0], block_id: 'b', action_ts: expect.any(String) }],
    });
  });

  test('on a link is delivered too', async () => {
    const made = await rig();
    const link = { type: 'button', action_id: 'connect:open', text: plain('Open'), url: 'https://a.b/' };
    const { click } = await posted(made, [{ type: 'actions', block_id: 'b', elements: [link] }]);
    expect((await click('b', 'connect:open')).actions).toEqual([
      { ...link, block_id: 'b', action_ts: expect.any(String) },
    ]);
  });
});

test('plain messages reach the app only in its direct messages', async () => {
  const made = await rig(CHATTY);
  const inChannel = await made.drive.command({ as: 'U0BEN', channel: 'C0GENERAL', text: 'hello' });
  const direct = await made.drive.command({ as: 'U0BEN', channel: 'D0BEN', text: 'help' });
  expect(inChannel.delivered).toEqual({ kind: 'events_api', body: {} });
  expect(direct.delivered.body.event).toEqual({
    type: 'message',
    channel: 'D0BEN',
    channel_type: 'im',
    user: 'U0BEN',
    team: 'T0ACME',
    text: 'help',
    ts: expect.any(String),
    event_ts: expect.any(String),
  });
  expect((await made.drive.view('U0GWEN')).messages.map(({ text }) => text)).toEqual(['hello']);
});

test('a command that Slack does not know goes nowhere, and so does a stranger’s', async () => {
  const made = await rig();
  await made.drive.command({ as: 'U0BEN', channel: 'C0GENERAL', text: '/lock' });
  await made.drive.command({ as: 'U0SAM', channel: 'C0GENERAL', text: '/locks' });
  expect(made.received).toEqual([]);
  const { notices } = await made.drive.view('U0SAM');
  expect(notices).toEqual([{ id: 'N2', channelId: 'C0GENERAL', text: '/locks is not a valid command' }]);
});

test('an org-wide install has no team, and says so', async () => {
  const made = await rig({ ...CHATTY, install: 'org' });
  const { click } = await posted(made, [buttonBlock]);
  const enterprise = { id: 'E0ACME', name: 'Acme Holdings' };
  expect(await click('b', 'door:unlock')).toMatchObject({
    team: null,
    enterprise,
    is_enterprise_install: true,
    user,
  });
  const command = await made.drive.command({ as: 'U0BEN', channel: 'C0GENERAL', text: '/locks' });
  expect(command.delivered.body).toMatchObject({
    team_id: 'T0ACME',
    enterprise_id: 'E0ACME',
    enterprise_name: 'Acme Holdings',
    is_enterprise_install: 'true',
  });
  const home = await made.drive.home({ as: 'U0BEN' });
  expect(home.delivered.body).toMatchObject({
    team_id: 'T0ACME',
    enterprise_id: 'E0ACME',
    authorizations: [
      {
        enterprise_id: 'E0ACME',
        team_id: null,
        user_id: 'U0LATCHBOLT',
        is_bot: true,
        is_enterprise_install: true,
      },
    ],
  });
  expect(await made.api('auth.test')).toMatchObject({ enterprise_id: 'E0ACME', is_enterprise_install: true });
});
