import { expect, test } from 'vitest';
import { shed } from './house.ts';
import { type Opened, refused } from './support.ts';

const UNLOCK = '/locks/unlock_door';

async function attempts({ seam }: Opened): Promise<number> {
  return (await seam.actionAttempts.list()).length;
}

async function lastCall({ drive }: Opened, path: string) {
  return (await drive.calls()).findLast((call) => call.path === path);
}

test('a status answers without doing, as often as it says, and only where it says', async () => {
  const opened = await shed();
  const { seam, drive, device_id } = opened;
  await drive.faults([{ at: UNLOCK, do: 'status', status: 503, times: 2 }]);
  for (let i = 0; i < 2; i += 1) {
    expect(await refused(seam.locks.unlockDoor({ device_id }))).toMatchObject({
      statusCode: 503,
      code: 'internal_server_error',
    });
  }
  expect(await attempts(opened)).toBe(0);
  expect(await lastCall(opened, UNLOCK)).toMatchObject({ status: 503, body: {} });
  await seam.locks.unlockDoor({ device_id });
  expect(await attempts(opened)).toBe(1);
});

test('a status can say anything: its own body, its own type, a time to wait', async () => {
  const opened = await shed();
  const ask = async () => {
    const answer = await fetch(`${opened.local.url}/devices/list`);
    const { status, headers } = answer;
    return [status, headers.get('content-type'), headers.get('retry-after'), await answer.text()];
  };
  await opened.drive.faults([
    { at: '*', do: 'status', status: 502, body: '<h1>Bad gateway</h1>', contentType: 'text/html', times: 1 },
    { at: '*', do: 'status', status: 429, retryAfter: 7 },
  ]);
  expect(await ask()).toEqual([502, 'text/html', null, '<h1>Bad gateway</h1>']);
  expect(await ask()).toEqual([
    429,
    'application/json; charset=utf-8',
    '7',
    '{"error":{"type":"rate_limit_exceeded","message":"A fault asked for by the test"}}',
  ]);
  await opened.drive.faults([]);
  expect(await ask()).toEqual([
    401,
    'application/json; charset=utf-8',
    null,
    '{"error":{"type":"unauthorized","message":"The API key is missing or not valid"}}',
  ]);
});

test('with `after` the work is done, then the answer is lost', async () => {
  const opened = await shed();
  const { seam, drive, device_id } = opened;
  await drive.faults([
    { at: UNLOCK, do: 'status', status: 504, after: true, times: 1 },
    { at: UNLOCK, do: 'reset', after: true, times: 1 },
    { at: UNLOCK, do: 'truncate', after: true, times: 1 },
  ]);
  expect(await refused(seam.locks.unlockDoor({ device_id }))).toMatchObject({ statusCode: 504 });
  expect(await refused(seam.locks.unlockDoor({ device_id }))).toMatchObject({ isAxiosError: true });
  expect(await lastCall(opened, UNLOCK)).toMatchObject({ status: null, body: { device_id } });
  expect(await refused(seam.locks.unlockDoor({ device_id }))).toMatchObject({ isAxiosError: true });
  expect(await attempts(opened)).toBe(3);
  await drive.clock({ advanceMs: 600 });
  expect((await drive.view()).doors).toMatchObject([{ locked: false }]);
});

test('a reset and a truncated answer break the connection without doing', async () => {
  const opened = await shed();
  const { seam, drive, device_id } = opened;
  for (const kind of ['reset', 'truncate'] as const) {
    await drive.faults([{ at: UNLOCK, do: kind, times: 1 }]);
    expect(await refused(seam.locks.unlockDoor({ device_id }))).toMatchObject({ isAxiosError: true });
  }
  expect(await attempts(opened)).toBe(0);
});

test('a hang never answers; with `after` the door still opens', async () => {
  const opened = await shed();
  const { drive, local, device_id } = opened;
  const ask = () =>
    fetch(`${local.url}${UNLOCK}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${local.apiKey}` },
      body: JSON.stringify({ device_id }),
      signal: AbortSignal.timeout(150),
    });
  await drive.faults([
    { at: UNLOCK, do: 'hang', times: 1 },
    { at: UNLOCK, do: 'hang', after: true },
  ]);
  expect(await refused(ask())).toMatchObject({ name: 'TimeoutError' });
  expect(await attempts(opened)).toBe(0);
  expect(await refused(ask())).toMatchObject({ name: 'TimeoutError' });
  expect(await attempts(opened)).toBe(1);
  expect(await lastCall(opened, UNLOCK)).toMatchObject({ status: null });
});

test('a delay comes before the answer, and before another fault', async () => {
  const opened = await shed();
  const { seam, drive, device_id } = opened;
  await drive.faults([
    { at: '*', do: 'delay', ms: 60 },
    { at: UNLOCK, do: 'delay', ms: 60, times: 1 },
    { at: UNLOCK, do: 'status', status: 500, times: 1 },
  ]);
  const begun = performance.now();
  expect(await refused(seam.locks.unlockDoor({ device_id }))).toMatchObject({ statusCode: 500 });
  expect(performance.now() - begun).toBeGreaterThanOrEqual(118);
  const again = performance.now();
  await seam.locks.unlockDoor({ device_id });
  expect(performance.now() - again).toBeGreaterThanOrEqual(58);
});

test('the SDK repeats a read that fails, and never an unlock', async () => {
  const opened = await shed();
  const { drive, local, device_id } = opened;
  const { Seam } = await import('seam');
  const seam = new Seam({ apiKey: local.apiKey, endpoint: local.url, waitForActionAttempt: false });
  await drive.faults([
    { at: '/devices/list', do: 'reset', times: 1 },
    { at: UNLOCK, do: 'reset', times: 1, after: true },
  ]);
  expect(await seam.devices.list()).toHaveLength(1);
  expect(await refused(seam.locks.unlockDoor({ device_id }))).toMatchObject({ isAxiosError: true });
  const paths = (await drive.calls()).map((call) => call.path);
  expect(paths.filter((path) => path === '/devices/list')).toHaveLength(2);
  expect(paths.filter((path) => path === UNLOCK)).toHaveLength(1);
});
