import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Judge, readJudge } from './judge.ts';
import { recorder } from './recorder.ts';
import { connect, type Opened, openSeam, sdk, UUID } from './support.ts';
import { walk } from './walk.ts';

let judge: Judge;
beforeAll(async () => {
  judge = await readJudge();
}, 60_000);

/** Every path that is played, with the SDK's method for it. */
const PATHS = [
  'GET /workspaces/get',
  'PUT /client_sessions/create',
  'POST /client_sessions/get_or_create',
  'GET /client_sessions/get',
  'GET /client_sessions/list',
  'PATCH /client_sessions/grant_access',
  'POST /client_sessions/revoke',
  'DELETE /client_sessions/delete',
  'POST /connect_webviews/create',
  'GET /connect_webviews/get',
  'GET /connect_webviews/list',
  'DELETE /connect_webviews/delete',
  'GET /connected_accounts/get',
  'GET /connected_accounts/list',
  'DELETE /connected_accounts/delete',
  'GET /devices/get',
  'GET /devices/list',
  'GET /locks/get',
  'GET /locks/list',
  'POST /locks/unlock_door',
  'POST /locks/lock_door',
  'GET /action_attempts/get',
  'GET /action_attempts/list',
  'GET /events/get',
  'GET /events/list',
  'POST /access_codes/create',
  'GET /access_codes/get',
  'GET /access_codes/list',
  'PATCH /access_codes/update',
  'DELETE /access_codes/delete',
  'GET /access_codes/unmanaged/list',
];

/** Every event that is played. */
const EVENTS = [
  'access_code.changed',
  'access_code.code_changed',
  'access_code.created',
  'access_code.delay_in_removing_from_device',
  'access_code.delay_in_setting_on_device',
  'access_code.deleted',
  'access_code.failed_to_remove_from_device',
  'access_code.failed_to_set_on_device',
  'access_code.name_changed',
  'access_code.removed_from_device',
  'access_code.scheduled_on_device',
  'access_code.set_on_device',
  'access_code.time_frame_changed',
  'access_code.unmanaged.created',
  'access_code.unmanaged.removed',
  'action_attempt.lock_door.failed',
  'action_attempt.lock_door.succeeded',
  'action_attempt.unlock_door.failed',
  'action_attempt.unlock_door.succeeded',
  'client_session.deleted',
  'connect_webview.login_failed',
  'connect_webview.login_succeeded',
  'connected_account.completed_first_sync',
  'connected_account.completed_first_sync_after_reconnection',
  'connected_account.connected',
  'connected_account.created',
  'connected_account.deleted',
  'connected_account.disconnected',
  'connected_account.reauthorization_requested',
  'connected_account.successful_login',
  'device.added',
  'device.battery_status_changed',
  'device.connected',
  'device.deleted',
  'device.disconnected',
  'device.low_battery',
  'device.removed',
  'device.tampered',
  'lock.access_denied',
  'lock.locked',
  'lock.unlocked',
];

const SEAM_ERROR = z.strictObject({
  error: z.strictObject({
    type: z.string().regex(/^[a-z_]+$/),
    message: z.string().min(1),
    validation_errors: z.record(z.string(), z.unknown()).optional(),
  }),
});

test('every answer and every event is one that Seam could give', async () => {
  const { answers, events } = await walk();
  const faults = answers.flatMap(({ method, path, status, body }) =>
    status === 200 ? judge.answer(method, path, body).map((fault) => `${method} ${path}: ${fault}`) : [],
  );
  expect(faults).toEqual([]);
  expect(events.flatMap((event) => judge.event(event))).toEqual([]);

  const succeeded = answers.filter((answer) => answer.status === 200);
  const played = new Set(succeeded.map(({ method, path }) => `${method} ${path}`));
  expect([...played].sort()).toEqual([...PATHS].sort());
  expect([...new Set(events.map((event) => event.event_type))].sort()).toEqual(EVENTS);

  const failed = answers.filter((answer) => answer.status !== 200);
  for (const { body } of failed) SEAM_ERROR.parse(body);
  expect(failed.map(({ path, status }) => `${status} ${path}`)).toEqual([
    '404 /access_codes/get',
    '400 /access_codes/create',
    '400 /access_codes/update',
    '400 /access_codes/delete',
    '400 /locks/lock_door',
    '401 /workspaces/get',
    '400 /devices/list',
    '404 /devices/get',
    '404 /connect_webviews/get',
    '400 /locks/unlock_door',
    '429 /locks/unlock_door',
  ]);
  const ids = answers.map((answer) => answer.requestId);
  expect(new Set(ids).size).toBe(answers.length);
  expect(ids.every((id) => id !== null && UUID.test(id))).toBe(true);
}, 60_000);

test('the judge rejects what Seam would not answer', async () => {
  const opened = await openSeam();
  const { url, answers } = await recorder(opened.local.url);
  const watched: Opened = { ...opened, seam: sdk(url, opened.local.apiKey) };
  await connect(watched, 'ben', 'ben@example.com');
  await watched.seam.devices.list();
  const { device_id } = await watched.seam.devices.get({ name: 'Bike Shed' });
  await watched.seam.locks.unlockDoor({ device_id });
  const bodyOf = (path: string) => JSON.stringify(answers.findLast((answer) => answer.path === path)?.body);

  const spoilt = (path: string, method: string, from: string | RegExp, to: string) => {
    const body = bodyOf(path).replace(from, to);
    expect(body).not.toBe(bodyOf(path));
    return judge.answer(method, path, JSON.parse(body));
  };
  expect(judge.answer('GET', '/devices/list', JSON.parse(bodyOf('/devices/list')))).toEqual([]);
  for (const [from, to] of [
    ['"device_id":"', '"device_id":"x'],
    ['"online":true', '"online":"yes"'],
    ['"level":0.77', '"level":1.77'],
    ['"status":"full"', '"status":"splendid"'],
    ['"august_lock"', '"wooden_lock"'],
    ['"errors":[]', '"errors":[{"error_code":"sad","message":"","created_at":"2026-06-01T08:00:00Z"}]'],
    ['"locked":true', '"locked":null'],
    ['"properties":{', '"properties":{"made_up":1,'],
    ['"is_managed":true', '"is_managed":true,"made_up":1'],
    ['"next_page_cursor":null,', ''],
    [',"ok":true', ''],
  ] as const) {
    expect([to, spoilt('/devices/list', 'GET', from, to).length]).toEqual([
      to,
      expect.toSatisfy((n) => n > 0),
    ]);
  }
  expect(spoilt('/locks/unlock_door', 'POST', '"result":null', '"result":{}')).not.toEqual([]);
  expect(spoilt('/locks/unlock_door', 'POST', '"pending"', '"wondering"')).not.toEqual([]);
  expect(judge.event({ event_type: 'lock.unlocked' })).not.toEqual([]);
  expect(judge.answer('GET', '/devices/nowhere', {})).toEqual([
    expect.stringContaining('The OpenAPI has no'),
  ]);
});
