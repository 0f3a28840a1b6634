import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { App, HTTPReceiver } from '@slack/bolt';
import { expect, onTestFinished, test } from 'vitest';
import { slackDriver } from '../../../src/sandbox/slack/driver.ts';
import { startLocalSlack } from '../../../src/sandbox/slack/server.ts';
import { bareApp, CHATTY, only, rig, silent, until } from './support.ts';

/** A free port for Bolt, which wants to know its own. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** A real Bolt app over HTTP, that answers `/locks` with what it was sent. */
async function boltApp(signingSecret: string, slackApiUrl: string, token: string) {
  const port = await freePort();
  const receiver = new HTTPReceiver({ signingSecret, logger: silent });
  const app = new App({
    receiver,
    token,
    clientOptions: { slackApiUrl },
    logger: silent,
  });
  const seen: string[] = [];
  app.command('/locks', async ({ ack, command, respond }) => {
    await ack();
    await respond({ text: `you said ${command.text}`, response_type: 'in_channel' });
  });
  app.event('app_home_opened', async ({ event }) => {
    seen.push(`home of ${event.user}`);
  });
  await app.start({ port, host: '127.0.0.1' });
  onTestFinished(async () => void (await app.stop()));
  return { url: `http://127.0.0.1:${port}/slack/events`, seen };
}

test('a real Bolt HTTPReceiver takes what is signed, in all three encodings', async () => {
  const signingSecret = 'the right secret';
  const slack = await startLocalSlack({ ...CHATTY, delivery: { mode: 'http', signingSecret } });
  onTestFinished(() => slack.close());
  const app = await boltApp(slack.signingSecret, slack.apiUrl, slack.botToken);
  slack.setDeliveryUrl(app.url);
  const drive = slackDriver(slack.url);
  expect(await drive.command({ as: 'U0BEN', channel: 'C0GENERAL', text: '/locks & <é>' })).toMatchObject({
    ok: true,
    response: '',
  });
  expect(await drive.home({ as: 'U0BEN' })).toMatchObject({ ok: true });
  const message = await until(async () => (await drive.view('U0SAM')).messages.at(0));
  expect(message.text).toBe('you said & <é>');
  expect(app.seen).toEqual(['home of U0BEN']);
});

test('a real Bolt HTTPReceiver refuses another secret, and the person gets the notice', async () => {
  const slack = await startLocalSlack({ delivery: { mode: 'http', signingSecret: 'the wrong secret' } });
  onTestFinished(() => slack.close());
  const app = await boltApp('the right secret', slack.apiUrl, slack.botToken);
  slack.setDeliveryUrl(app.url);
  const drive = slackDriver(slack.url);
  const ack = await drive.command({ as: 'U0BEN', channel: 'C0GENERAL', text: '/locks' });
  expect({ ok: ack.ok, ms: ack.ms, response: ack.response }).toEqual({ ok: false, ms: null, response: null });
  expect((await drive.view('U0BEN')).notices).toEqual([
    { id: 'N1', channelId: 'C0GENERAL', text: '/locks failed with the error "dispatch_failed"' },
  ]);
});

test('the headers are Slack’s, and signed with the time that the app has too', async () => {
  const made = await rig({ clock: () => 1_700_000_000_900 });
  await made.drive.clock({ advanceMs: 3_600_000 });
  await made.drive.command({ as: 'U0BEN', channel: 'C0GENERAL', text: '/locks' });
  const { headers, raw } = only(made.received);
  expect(headers).toMatchObject({
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(raw.length),
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    'x-slack-request-timestamp': '1700000000',
    'x-slack-signature': expect.stringMatching(/^v0=[0-9a-f]{64}$/),
  });
});

test('an event that is not taken comes again: at once, after a minute, after five', async () => {
  const made = await rig(CHATTY, () => ({ status: 500 }));
  expect((await made.drive.home({ as: 'U0BEN' })).ok).toBe(false);
  await until(() => made.received.length === 2);
  await sleep(100);
  await made.drive.clock({ advanceMs: 59_000 });
  await sleep(50);
  expect(made.received).toHaveLength(2);
  await made.drive.clock({ advanceMs: 1_100 });
  await until(() => made.received.length === 3);
  await until(async () => {
    await made.drive.clock({ advanceMs: 300_000 });
    return made.received.length === 4;
  });
  await made.drive.clock({ advanceMs: 3_600_000 });
  const retries = made.received.map(({ headers }) => [
    headers['x-slack-retry-num'],
    headers['x-slack-retry-reason'],
  ]);
  expect(retries).toEqual([
    [undefined, undefined],
    ['1', 'http_error'],
    ['2', 'http_error'],
    ['3', 'http_error'],
  ]);
  expect(new Set(made.received.map(({ raw }) => raw)).size).toBe(1);
  expect((await made.drive.view('U0BEN')).notices).toEqual([]);
});

test('an answer that came too late is none', { timeout: 10_000 }, async () => {
  const made = await rig({}, () => null);
  await made.api('chat.postMessage', {
    channel: 'C0GENERAL',
    text: 'a door',
    blocks: [
      {
        type: 'actions',
        block_id: 'b',
        elements: [{ type: 'button', action_id: 'a', text: { type: 'plain_text', text: 'Go' } }],
      },
    ],
  });
  const { id } = only((await made.drive.view('U0BEN')).messages);
  const started = performance.now();
  const acks = await Promise.all([
    made.drive.command({ as: 'U0BEN', channel: 'C0GENERAL', text: '/locks' }),
    made.drive.click({ as: 'U0BEN', in: { message: id }, block_id: 'b', action_id: 'a' }),
  ]);
  expect(performance.now() - started).toBeGreaterThan(2_900);
  expect(acks.map(({ ok, ms, response }) => ({ ok, ms, response }))).toEqual([
    { ok: false, ms: null, response: null },
    { ok: false, ms: null, response: null },
  ]);
  const { notices } = await made.drive.view('U0BEN');
  expect(notices.map(({ text }) => text).sort()).toEqual([
    '/locks failed because the app did not respond',
    'Latchbolt did not respond in time (operation_timeout)',
  ]);
  expect((await made.drive.view('U0OLIVIA')).notices).toEqual([]);
});

test('an app that closed a kept connection is asked again on a new one', async () => {
  const app = await bareApp();
  const slack = await startLocalSlack({ delivery: { mode: 'http', url: app.url, signingSecret: 's' } });
  onTestFinished(() => slack.close());
  const drive = slackDriver(slack.url);
  const command = () => drive.command({ as: 'U0BEN', channel: 'C0GENERAL', text: '/locks' });
  await command();
  app.dropIdle();
  expect((await command()).ok).toBe(true);
});
