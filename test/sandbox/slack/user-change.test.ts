import { setTimeout as sleep } from 'node:timers/promises';
import { App } from '@slack/bolt';
import { describe, expect, onTestFinished, test } from 'vitest';
import { slackDriver } from '../../../src/sandbox/slack/driver.ts';
import { startLocalSlack } from '../../../src/sandbox/slack/server.ts';
import { only, rig, silent, until } from './support.ts';

describe('user_change', () => {
  test('tells the app of someone who was deactivated, in a signed envelope', async () => {
    const at = 1_700_000_000_500;
    const made = await rig({ clock: () => at });
    const ack = await made.drive.person({ id: 'U0BEN', deleted: true });
    const { user } = await made.api('users.info', { user: 'U0BEN' });
    const { headers, body } = only(made.received);
    expect(ack).toEqual({
      ok: true,
      ms: expect.any(Number),
      response: '',
      delivered: { kind: 'events_api', body },
    });
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-slack-signature': expect.stringMatching(/^v0=[0-9a-f]{64}$/),
    });
    expect(body).toEqual({
      token: 'local-verification-token',
      team_id: 'T0ACME',
      context_team_id: 'T0ACME',
      context_enterprise_id: null,
      api_app_id: 'A0LATCHBOLT',
      event: { type: 'user_change', user, cache_ts: 1_700_000_000, event_ts: '1700000000.500000' },
      type: 'event_callback',
      event_id: expect.stringMatching(/^Ev[0-9A-F]{12}$/),
      event_time: 1_700_000_000,
      authorizations: [
        {
          enterprise_id: null,
          team_id: 'T0ACME',
          user_id: 'U0LATCHBOLT',
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: false,
    });
    expect(user).toMatchObject({ id: 'U0BEN', deleted: true });
  });

  test('comes over Socket Mode too, to a real Bolt App', async () => {
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
    app.event('user_change', async ({ event, body }) => {
      const { id, is_restricted, is_ultra_restricted } = event.user;
      seen.push({ id, is_restricted, is_ultra_restricted, team: body.team_id });
    });
    await app.start();
    onTestFinished(async () => void (await app.stop()));
    const drive = slackDriver(slack.url);
    expect((await drive.person({ id: 'U0BEN', is_restricted: true })).ok).toBe(true);
    await until(() => seen.length === 1);
    expect(seen).toEqual([{ id: 'U0BEN', is_restricted: true, is_ultra_restricted: false, team: 'T0ACME' }]);
  });

  test('comes again, three times at most, while the app does not take it', async () => {
    const made = await rig({}, () => ({ status: 503 }));
    expect((await made.drive.person({ id: 'U0BEN', deleted: true })).ok).toBe(false);
    await until(async () => {
      await made.drive.clock({ advanceMs: 300_000 });
      return made.received.length === 4;
    });
    await sleep(50);
    await made.drive.clock({ advanceMs: 3_600_000 });
    await sleep(50);
    expect(made.received.map(({ headers }) => headers['x-slack-retry-num'])).toEqual([
      undefined,
      '1',
      '2',
      '3',
    ]);
    expect(new Set(made.received.map(({ body }) => body.event_id)).size).toBe(1);
  });

  test.each([
    ['has not subscribed', { events: ['app_home_opened'] }],
    ['may not read users', { scopes: ['commands', 'chat:write'] }],
  ])('is not for an app that %s', async (_what, options) => {
    const made = await rig(options);
    const ack = await made.drive.person({ id: 'U0BEN', deleted: true });
    expect(ack).toEqual({ ok: true, ms: null, response: null, delivered: { kind: 'events_api', body: {} } });
    const { people } = await made.drive.view('U0OLIVIA');
    expect(people.find(({ id }) => id === 'U0BEN')?.standing.deleted).toBe(true);
    expect(made.received).toEqual([]);
  });

  test('is not sent when nothing changed', async () => {
    const made = await rig();
    await made.drive.person({ id: 'U0DAN', deleted: true });
    expect(made.received).toEqual([]);
  });
});

test('what the app did not subscribe to never reaches it', async () => {
  const made = await rig({ events: ['user_change'] });
  await made.drive.home({ as: 'U0BEN' });
  await made.drive.command({ as: 'U0BEN', channel: 'D0BEN', text: 'hello' });
  expect(made.received).toEqual([]);
});
