import { SeamHttpInvalidInputError, SeamHttpUnauthorizedError } from 'seam';
import { expect, test } from 'vitest';
import { ask, connect, doorId, openSeam, refused, sdk, UUID } from './support.ts';

const NOBODY = '00000000-0000-4000-8000-000000000000';

test('only the API key is let in', async () => {
  const opened = await openSeam();
  const stranger = sdk(opened.local.url, 'seam_test1_not_the_key');
  const error = await refused(stranger.devices.list());
  expect(error).toBeInstanceOf(SeamHttpUnauthorizedError);
  expect(error).toMatchObject({
    code: 'unauthorized',
    statusCode: 401,
    message: 'The API key is missing or not valid',
    requestId: expect.stringMatching(UUID),
  });
  expect((await fetch(`${opened.local.url}/devices/list`)).status).toBe(401);
  expect(opened.local.apiKey).toMatch(/^seam_test1_/);
});

test('a live workspace says so', async () => {
  const { seam, local } = await openSeam({ sandbox: false });
  expect(await seam.workspaces.get()).toMatchObject({ is_sandbox: false, name: 'Local workspace' });
  expect(local.apiKey).toMatch(/^seam_live1_/);
});

test('every path takes the method of the SDK and POST, and no other', async () => {
  const opened = await openSeam();
  await connect(opened, 'ben', 'ben@example.com');
  const filter = { user_identifier_key: 'ben', device_ids: [await doorId(opened, 'Bike Shed')] };
  const get = await ask(
    opened,
    'GET',
    `/devices/list?user_identifier_key=ben&device_ids=${filter.device_ids}`,
  );
  const post = await ask(opened, 'POST', '/devices/list', filter);
  expect(get.status).toBe(200);
  expect(post).toEqual({ ...get, headers: expect.anything() });
  expect(get.headers.get('access-control-allow-origin')).toBeNull();
  expect(await ask(opened, 'PUT', '/devices/list', filter)).toMatchObject({
    status: 405,
    body: { error: { type: 'method_not_allowed', message: '/devices/list takes GET or POST' } },
  });
  expect(await ask(opened, 'POST', '/thermostats/list')).toMatchObject({
    status: 404,
    body: { error: { type: 'not_found' } },
  });
});

test('input is checked, and every fault is named', async () => {
  const opened = await openSeam();
  const { seam } = opened;
  const error = await refused(seam.devices.list({ device_ids: ['nonsense'], limit: 0 }));
  expect(error).toBeInstanceOf(SeamHttpInvalidInputError);
  expect(error).toMatchObject({
    statusCode: 400,
    message: 'Invalid UUID for "device_ids.0"',
    validationErrors: [
      { parameterName: 'device_ids', errorMessages: [] },
      { parameterName: 'limit', errorMessages: ['Too small: expected number to be >=1'] },
    ],
  });
  const bad = async (path: string, body: unknown) => (await ask(opened, 'POST', path, body)).body;
  expect(await bad('/locks/unlock_door', {})).toMatchObject({
    error: { type: 'invalid_input', validation_errors: { device_id: { _errors: [expect.any(String)] } } },
  });
  expect(await bad('/devices/list', { device_ids: NOBODY })).toMatchObject({
    error: { type: 'invalid_input' },
  });
  expect(await bad('/devices/list', { limit: '5' })).toMatchObject({ error: { type: 'invalid_input' } });
  expect(await bad('/devices/list', { user_identifier_key: '' })).toMatchObject({
    error: { type: 'invalid_input' },
  });
  expect(await bad('/devices/list', '{')).toEqual({
    error: { type: 'invalid_input', message: 'The body is not valid JSON' },
  });
  expect(await bad('/devices/list', '[]')).toEqual({
    error: { type: 'invalid_input', message: 'The body must be a JSON object' },
  });
  expect(await bad('/client_sessions/get', {})).toMatchObject({
    error: { message: 'Give at least one of client_session_id, user_identifier_key' },
  });
  expect(await bad('/events/list', { limit: 5 })).toMatchObject({ error: { type: 'invalid_input' } });
  const webview = { custom_metadata: { 'a.b': 'c' } };
  expect(await bad('/connect_webviews/create', webview)).toMatchObject({ error: { type: 'invalid_input' } });
  const script = { custom_redirect_url: 'javascript:alert(1)' };
  expect(await bad('/connect_webviews/create', script)).toMatchObject({ error: { type: 'invalid_input' } });
  const huge = { user_identifier_key: 'x'.repeat(1024 * 1024) };
  expect(await bad('/devices/list', huge)).toMatchObject({ error: { type: 'payload_too_large' } });
});

test('a filter that is not played is refused rather than ignored', async () => {
  const { seam } = await openSeam();
  for (const asked of [
    seam.devices.list({ customer_key: 'c' }),
    seam.connectedAccounts.list({ space_id: NOBODY }),
    seam.events.list({ space_id: NOBODY }),
    seam.clientSessions.create({ user_identity_id: NOBODY }),
  ]) {
    expect(await refused(asked)).toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('The local Seam does not play this parameter'),
    });
  }
});

test('what does not exist is not found, in the words of Seam', async () => {
  const { seam } = await openSeam();
  const code = async (asked: PromiseLike<unknown>) => {
    const error = await refused(asked);
    expect(error).toMatchObject({ statusCode: 404 });
    return error instanceof Error && 'code' in error ? error.code : null;
  };
  expect(await code(seam.devices.get({ device_id: NOBODY }))).toBe('device_not_found');
  expect(await code(seam.locks.unlockDoor({ device_id: NOBODY }))).toBe('device_not_found');
  expect(await code(seam.locks.get({ name: 'Nowhere' }))).toBe('device_not_found');
  expect(await code(seam.connectWebviews.get({ connect_webview_id: NOBODY }))).toBe(
    'connect_webview_not_found',
  );
  expect(await code(seam.connectWebviews.delete({ connect_webview_id: NOBODY }))).toBe(
    'connect_webview_not_found',
  );
  expect(await code(seam.connectedAccounts.get({ connected_account_id: NOBODY }))).toBe(
    'connected_account_not_found',
  );
  expect(await code(seam.connectedAccounts.delete({ connected_account_id: NOBODY }))).toBe(
    'connected_account_not_found',
  );
  expect(await code(seam.clientSessions.get({ user_identifier_key: 'nobody' }))).toBe(
    'client_session_not_found',
  );
  expect(await code(seam.clientSessions.delete({ client_session_id: NOBODY }))).toBe(
    'client_session_not_found',
  );
  expect(await code(seam.clientSessions.create({ connect_webview_ids: [NOBODY] }))).toBe(
    'connect_webview_not_found',
  );
  expect(await code(seam.clientSessions.create({ connected_account_ids: [NOBODY] }))).toBe(
    'connected_account_not_found',
  );
  expect(await code(seam.actionAttempts.get({ action_attempt_id: NOBODY }))).toBe('action_attempt_not_found');
  expect(await code(seam.accessCodes.get({ access_code_id: NOBODY }))).toBe('access_code_not_found');
  expect(await code(seam.events.get({ event_id: NOBODY }))).toBe('event_not_found');
});
