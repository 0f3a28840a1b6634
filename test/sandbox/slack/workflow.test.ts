import { App } from '@slack/bolt';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { slackDriver } from '../../../src/sandbox/slack/driver.ts';
import { startLocalSlack } from '../../../src/sandbox/slack/server.ts';
import { only, type Rig, rig, silent, until } from './support.ts';

const START = { as: 'U0BEN', callback_id: 'unlock_door', inputs: { door: 'Front Door' } };
const OUTPUTS = { door: 'Front Door', outcome: 'unlocked' };

const eventShape = z.object({ function_execution_id: z.string(), bot_access_token: z.string() });

/** A workflow that Ben started, with what the app got to know of it. */
async function started(made: Rig, act = START) {
  const { delivered } = await made.drive.workflow(act);
  const { function_execution_id, bot_access_token } = eventShape.parse(delivered.body.event);
  return { function_execution_id, token: bot_access_token };
}

/** Calls a method with a token of the caller's choice. */
async function call(made: Rig, token: string, method: string, args: object) {
  const response = await fetch(`${made.slack.apiUrl}${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(args),
  });
  return z.looseObject({ ok: z.boolean() }).parse(await response.json());
}

const ended = async (made: Rig) => only((await made.drive.view('U0BEN')).executions).ended;

test('a workflow that a person starts is told to the app, with who that is', async () => {
  const made = await rig({ workflow: true });
  const ack = await made.drive.workflow(START);
  const { body } = only(made.received);
  expect(ack).toMatchObject({ ok: true, response: '', delivered: { kind: 'events_api', body } });
  expect(body).toMatchObject({ type: 'event_callback', team_id: 'T0ACME', api_app_id: 'A0LATCHBOLT' });
  const inputs = { user_context: { id: 'U0BEN', secret: expect.any(String) }, door: 'Front Door' };
  expect(body.event).toEqual({
    type: 'function_executed',
    function: {
      id: 'Fn0UNLOCKDOOR',
      callback_id: 'unlock_door',
      title: 'Unlock a door',
      description: expect.any(String),
      type: 'app',
      input_parameters: [
        {
          type: 'slack#/types/user_context',
          name: 'user_context',
          title: 'Person',
          description: expect.any(String),
          is_required: true,
        },
        { type: 'string', name: 'door', title: 'Door', description: expect.any(String), is_required: true },
      ],
      output_parameters: [
        { type: 'string', name: 'door', title: 'Door', description: expect.any(String), is_required: true },
        {
          type: 'string',
          name: 'outcome',
          title: 'Outcome',
          description: expect.any(String),
          is_required: true,
        },
        {
          type: 'string',
          name: 'sentence',
          title: 'Sentence',
          description: expect.any(String),
          is_required: false,
        },
      ],
      app_id: 'A0LATCHBOLT',
      date_created: expect.any(Number),
      date_updated: expect.any(Number),
      date_deleted: 0,
    },
    inputs,
    function_execution_id: expect.stringMatching(/^Fx[0-9A-F]{11}$/),
    workflow_execution_id: expect.stringMatching(/^Wx[0-9A-F]{11}$/),
    bot_access_token: expect.stringMatching(/^xwfp-/),
    event_ts: expect.any(String),
  });
  const view = await made.drive.view('U0BEN');
  expect([view.workflows, view.executions]).toEqual([
    [{ callback_id: 'unlock_door', title: 'Unlock a door', inputs: [{ name: 'door', title: 'Door' }] }],
    [{ id: expect.stringMatching(/^Fx/), callback_id: 'unlock_door', inputs, ended: null }],
  ]);
  expect((await made.drive.view('U0OLIVIA')).executions).toEqual([]);
});

describe('its end', () => {
  test('is told with outputs, once, by either token', async () => {
    const made = await rig({ workflow: true });
    const one = await started(made);
    const complete = (token: string) =>
      call(made, token, 'functions.completeSuccess', { ...one, token: undefined, outputs: OUTPUTS });
    expect([
      await complete(one.token),
      await complete(one.token),
      await complete(made.slack.botToken),
    ]).toEqual([
      { ok: true },
      { ok: false, error: 'execution_not_in_running_state' },
      { ok: false, error: 'execution_not_in_running_state' },
    ]);
    expect(await ended(made)).toEqual({ ok: true, outputs: OUTPUTS });
    const other = await started(made);
    const { function_execution_id } = other;
    expect(
      await made.api('functions.completeSuccess', {
        function_execution_id,
        outputs: JSON.stringify(OUTPUTS),
      }),
    ).toEqual({ ok: true });
  });

  test('can be an error, which the person reads', async () => {
    const made = await rig({ workflow: true });
    const { function_execution_id, token } = await started(made);
    const fail = () =>
      call(made, token, 'functions.completeError', { function_execution_id, error: 'The door is offline.' });
    expect([await fail(), await fail()]).toEqual([
      { ok: true },
      { ok: false, error: 'execution_not_in_running_state' },
    ]);
    expect(await ended(made)).toEqual({ ok: false, error: 'The door is offline.' });
    expect((await made.drive.view('U0BEN')).notices).toEqual([
      {
        id: 'N1',
        channelId: 'D0BEN',
        text: 'The workflow “Unlock a door” has stopped: The door is offline.',
      },
    ]);
  });

  test.each([
    ['functions.completeSuccess', { function_execution_id: 'Fx0NONE' }, 'function_execution_not_found'],
    ['functions.completeSuccess', { function_execution_id: '' }, 'invalid_arguments'],
    ['functions.completeSuccess', { outputs: undefined }, 'invalid_arguments'],
    ['functions.completeSuccess', { outputs: 'unlocked' }, 'invalid_arguments'],
    ['functions.completeSuccess', { outputs: {} }, 'parameter_validation_failed'],
    ['functions.completeSuccess', { outputs: { ...OUTPUTS, outcome: true } }, 'parameter_validation_failed'],
    ['functions.completeSuccess', { outputs: { ...OUTPUTS, pin: '1234' } }, 'parameter_validation_failed'],
    ['functions.completeError', { function_execution_id: 'Fx0NONE' }, 'function_execution_not_found'],
    ['functions.completeError', { error: '' }, 'invalid_arguments'],
  ])('is refused: %s with %j', async (method, args, error) => {
    const made = await rig({ workflow: true });
    const { function_execution_id } = await started(made);
    const sent = { function_execution_id, outputs: OUTPUTS, error: 'It went wrong.', ...args };
    expect(await made.api(method, sent)).toMatchObject({ ok: false, error });
    expect(await ended(made)).toBeNull();
  });
});

test('the token of a step does what the bot may, while its step runs, and ends no other', async () => {
  const made = await rig({ workflow: true, scopes: ['chat:write'] });
  const [one, other] = [await started(made), await started(made)];
  const say = () => call(made, one.token, 'chat.postMessage', { channel: 'D0BEN', text: 'On it' });
  const end = (function_execution_id: string) =>
    call(made, one.token, 'functions.completeSuccess', { function_execution_id, outputs: OUTPUTS });
  expect([
    (await say()).ok,
    (await call(made, one.token, 'users.info', { user: 'U0BEN' })).error,
    (await end(other.function_execution_id)).error,
    (await end(one.function_execution_id)).ok,
    (await say()).error,
    (await call(made, 'xwfp-made-up', 'functions.completeSuccess', { ...one, outputs: OUTPUTS })).error,
  ]).toEqual([true, 'missing_scope', 'access_denied', true, 'invalid_auth', 'invalid_auth']);
});

describe('is refused', () => {
  test.each([
    [
      'that nobody built',
      { ...START, callback_id: 'lock_door' },
      'Ben Carter is offered no workflow lock_door',
    ],
    ['of another company', { ...START, as: 'U0SAM' }, 'Sam Stone is offered no workflow unlock_door'],
    ['without its door', { ...START, inputs: {} }, 'the workflow’s builder did not set door'],
    [
      'as somebody else',
      { ...START, inputs: { door: 'Front Door', user_context: 'U0OLIVIA' } },
      'the workflow’s builder cannot set user_context',
    ],
  ])('a workflow %s', async (_what, act, reason) => {
    const made = await rig({ workflow: true });
    await expect(made.drive.workflow(act)).rejects.toThrow(reason);
    expect(made.received).toEqual([]);
  });

  test('any, where the app’s manifest has no step', async () => {
    const made = await rig();
    await expect(made.drive.workflow(START)).rejects.toThrow('Ben Carter is offered no workflow unlock_door');
    expect((await made.drive.view('U0BEN')).workflows).toEqual([]);
  });
});

test('it runs through a real Bolt app', async () => {
  const slack = await startLocalSlack({ delivery: { mode: 'socket' }, install: 'org', workflow: true });
  onTestFinished(() => slack.close());
  const app = new App({
    token: slack.botToken,
    appToken: slack.appToken,
    socketMode: true,
    clientOptions: { slackApiUrl: slack.apiUrl },
    logger: silent,
  });
  app.function('unlock_door', async ({ inputs, complete, client }) => {
    const { user_context, door } = z
      .object({ user_context: z.object({ id: z.string() }), door: z.string() })
      .parse(inputs);
    await client.chat.postMessage({ channel: user_context.id, text: `Unlocking ${door}` });
    await complete({ outputs: { door, outcome: 'unlocked' } });
  });
  await app.start();
  onTestFinished(async () => void (await app.stop()));
  const drive = slackDriver(slack.url);
  await drive.workflow(START);
  const how = await until(async () => only((await drive.view('U0BEN')).executions).ended);
  expect(how).toEqual({ ok: true, outputs: OUTPUTS });
  expect(only((await drive.view('U0BEN')).messages).text).toBe('Unlocking Front Door');
});
