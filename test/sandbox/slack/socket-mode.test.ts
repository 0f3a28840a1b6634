import { once } from 'node:events';
import { App } from '@slack/bolt';
import { SocketModeClient } from '@slack/socket-mode';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { slackDriver } from '../../../src/sandbox/slack/driver.ts';
import { type LocalSlack, startLocalSlack } from '../../../src/sandbox/slack/server.ts';
import { only, silent, until } from './support.ts';

async function local() {
  const slack = await startLocalSlack({ delivery: { mode: 'socket' } });
  onTestFinished(() => slack.close());
  return { slack, drive: slackDriver(slack.url) };
}

/** A connection by Slack's own client, that acknowledges everything and keeps what it got. */
async function client(slack: LocalSlack) {
  const made = new SocketModeClient({
    appToken: slack.appToken,
    clientOptions: { slackApiUrl: slack.apiUrl },
    clientPingTimeout: 1_000,
    logger: silent,
  });
  const got: { type: string; envelope_id: string }[] = [];
  made.on('slack_event', async ({ ack, type, envelope_id }) => {
    got.push({ type, envelope_id });
    await ack();
  });
  await made.start();
  onTestFinished(() => made.disconnect());
  const connected = () => new Promise<void>((resolve) => void made.once('connected', () => resolve()));
  return { got, connected };
}

const locks = { as: 'U0BEN', channel: 'C0GENERAL', text: '/locks' };

test('a real Bolt App hears, answers in its acknowledgement, and is answered', async () => {
  const { slack, drive } = await local();
  const app = new App({
    token: slack.botToken,
    appToken: slack.appToken,
    socketMode: true,
    clientOptions: { slackApiUrl: slack.apiUrl },
    logger: silent,
  });
  app.command('/locks', async ({ ack }) => ack({ text: 'no doors yet', response_type: 'ephemeral' }));
  await app.start();
  onTestFinished(async () => void (await app.stop()));
  expect(await drive.command(locks)).toMatchObject({
    ok: true,
    response: { text: 'no doors yet', response_type: 'ephemeral' },
  });
  expect(only((await drive.view('U0BEN')).messages)).toMatchObject({ text: 'no doors yet', ephemeral: true });
});

test('two connections take turns', async () => {
  const { slack, drive } = await local();
  const [one, two] = [await client(slack), await client(slack)];
  for (let n = 0; n < 4; n += 1) expect((await drive.command(locks)).ok).toBe(true);
  expect([one.got.length, two.got.length]).toEqual([2, 2]);
});

test('the same envelope comes twice, and the first acknowledgement counts', async () => {
  const { slack, drive } = await local();
  const [one, two] = [await client(slack), await client(slack)];
  await drive.faults([{ at: 'delivery', do: 'duplicate', copies: 2, times: 1 }]);
  expect((await drive.command(locks)).ok).toBe(true);
  await until(() => one.got.length + two.got.length === 2);
  expect(one.got).toEqual(two.got);
});

test('a routine refresh asks first, and takes deliveries back once the client is', async () => {
  const { slack, drive } = await local();
  const { connected, got } = await client(slack);
  const back = connected();
  await drive.socket({ how: 'routine' });
  const meanwhile = await drive.command(locks);
  expect(meanwhile.ok).toBe(false);
  await back;
  expect((await drive.command(locks)).ok).toBe(true);
  expect(got.map(({ type }) => type)).toEqual(['slash_commands']);
});

test('a cut ends them without a word, and with none open the person gets the notice', async () => {
  const { slack, drive } = await local();
  const { connected } = await client(slack);
  const back = connected();
  await drive.socket({ how: 'cut' });
  expect((await drive.command(locks)).ok).toBe(false);
  expect((await drive.view('U0BEN')).notices).toEqual([
    { id: 'N1', channelId: 'C0GENERAL', text: '/locks failed with the error "dispatch_failed"' },
  ]);
  await back;
  expect((await drive.command(locks)).ok).toBe(true);
});

/** A raw connection, with all that it was told. */
async function raw(slack: LocalSlack) {
  const headers = { authorization: `Bearer ${slack.appToken}` };
  const opened = await fetch(`${slack.apiUrl}apps.connections.open`, { method: 'POST', headers });
  const { url } = JSON.parse(await opened.text());
  const socket = new WebSocket(url);
  const told: unknown[] = [];
  socket.on('message', (data) => told.push(JSON.parse(data.toString())));
  await once(socket, 'message');
  return { socket, told, url: String(url) };
}

test('the protocol, word for word', async () => {
  const { slack, drive } = await local();
  const { socket, told } = await raw(slack);
  const acked = drive.command(locks);
  await until(() => told.length === 2);
  const envelope = JSON.parse(JSON.stringify(told[1]));
  socket.send('not JSON');
  socket.send(JSON.stringify({ envelope_id: 'another' }));
  socket.send(JSON.stringify({ envelope_id: envelope.envelope_id }));
  const { delivered, response } = await acked;
  expect(response).toBe('');
  await drive.socket({ how: 'routine' });
  await once(socket, 'close');
  expect(told).toEqual([
    {
      type: 'hello',
      num_connections: 1,
      debug_info: { host: 'local', build_number: 1, approximate_connection_time: 18_060 },
      connection_info: { app_id: 'A0LATCHBOLT' },
    },
    {
      envelope_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      payload: delivered.body,
      type: 'slash_commands',
      accepts_response_payload: true,
    },
    { type: 'disconnect', reason: 'refresh_requested', debug_info: { host: 'local' } },
  ]);
});

test('an eleventh connection is turned away, and a used ticket too', async () => {
  const { slack } = await local();
  const first = await raw(slack);
  for (let n = 0; n < 9; n += 1) await raw(slack);
  expect((await raw(slack)).told).toEqual([
    { type: 'disconnect', reason: 'too_many_websockets', debug_info: { host: 'local' } },
  ]);
  const again = new WebSocket(first.url);
  const [error] = await once(again, 'error');
  expect(String(error)).toContain('401');
});
