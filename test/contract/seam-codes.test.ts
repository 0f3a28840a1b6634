import { describe, expect, onTestFinished, test } from 'vitest';
import { accessCodeId, deviceId } from '../../src/domain/ids.ts';
import type { AccessCodeWish } from '../../src/seam/port.ts';
import { readJudge } from '../sandbox/seam/judge.ts';
import { START } from '../support/sights.ts';
import { keyOf, NOTHING, openSeamHouse, type SeamHouse } from './seam-house.ts';

const HOUR_MS = 60 * 60 * 1000;
const olivia = keyOf('olivia-key');
const iso = (ms: number) => new Date(ms).toISOString();

async function house(): Promise<
  SeamHouse & { wish(door: string, facts?: Partial<AccessCodeWish>): Promise<AccessCodeWish> }
> {
  const opened = await openSeamHouse();
  onTestFinished(() => opened.close());
  await opened.connect(olivia, 'codes@example.com');
  return {
    ...opened,
    wish: async (door, facts = {}) => ({
      deviceId: await opened.doorId(door),
      name: 'Anna 3f9a0c1d',
      startsAt: null,
      endsAt: START + HOUR_MS,
      digits: 6,
      offline: null,
      ...facts,
    }),
  };
}

describe('a code', () => {
  test('is asked for with just what is needed, in one request, and Seam chooses the PIN', async () => {
    const { port, asked, wish } = await house();
    const porch = await wish('Porch');
    const { answer, calls } = await asked(() => port.createCode(porch));
    expect(calls).toEqual([
      {
        path: '/access_codes/create',
        body: {
          device_id: porch.deviceId,
          name: porch.name,
          ends_at: iso(porch.endsAt),
          preferred_code_length: 6,
        },
      },
    ]);
    expect(answer).toEqual({
      id: expect.any(String),
      deviceId: porch.deviceId,
      name: porch.name,
      pin: expect.stringMatching(/^\d{6}$/),
      status: 'setting',
      errors: [],
      warnings: [],
    });
  });

  test('begins later, and has as many digits as its lock likes', async () => {
    const { port, asked, wish } = await house();
    const lobby = await wish('Lobby', { startsAt: START + 60_000, digits: null });
    const { answer, calls } = await asked(() => port.createCode(lobby));
    expect(calls[0]?.body).toEqual({
      device_id: lobby.deviceId,
      name: lobby.name,
      starts_at: iso(START + 60_000),
      ends_at: iso(lobby.endsAt),
    });
    expect(answer.pin).toMatch(/^\d{6}$/);
  });

  test.each([
    [false, 2, '1hour'],
    [true, 30 * 24, '1day'],
  ])('of a lock without a connection lasts whole hours or days (%s)', async (daily, hours, rounding) => {
    const { port, asked, wish } = await house();
    const startsAt = Math.floor(START / HOUR_MS) * HOUR_MS;
    const shed = await wish('Shed', {
      startsAt,
      endsAt: startsAt + hours * HOUR_MS,
      digits: null,
      offline: { daily },
    });
    const { answer, calls } = await asked(() => port.createCode(shed));
    expect(calls[0]?.body).toMatchObject({ is_offline_access_code: true, max_time_rounding: rounding });
    expect(answer).toMatchObject({ pin: expect.stringMatching(/^\d{9}$/), status: 'set' });
    await expect(port.deleteCode(answer.id)).rejects.toMatchObject({
      kind: 'rejected',
      code: 'invalid_input',
    });
  });

  test('is there until its lock has forgotten it; to delete it twice is fine', async () => {
    const { port, drive, wish } = await house();
    const { id } = await port.createCode(await wish('Porch'));
    await drive.clock({ advanceMs: 1_000 });
    expect(await port.code(id)).toMatchObject({ id, status: 'set' });
    await port.deleteCode(id);
    expect(await port.code(id)).toMatchObject({ status: 'removing' });
    await drive.clock({ advanceMs: 1_000 });
    expect(await port.code(id)).toBeNull();
    await port.deleteCode(id);
    expect(await port.code(accessCodeId(NOTHING))).toBeNull();
  });

  test('is listed with others by its id, and by its lock, in one call each', async () => {
    const { port, asked, wish } = await house();
    const one = await port.createCode(await wish('Porch'));
    const two = await port.createCode(await wish('Lobby'));
    await port.createCode(await wish('Lobby'));
    const both = await asked(() => port.codes([one.id, two.id, accessCodeId(NOTHING)]));
    expect(both.answer.map(({ id }) => id)).toEqual([one.id, two.id]);
    expect(both.calls).toHaveLength(1);
    expect((await port.codesOf(one.deviceId)).map(({ id }) => id)).toEqual([one.id]);
    const none = await asked(() => port.codes([]));
    expect(none).toEqual({ answer: [], calls: [] });
  });

  test('for a lock that is not there, or that takes none, is refused', async () => {
    const { port, wish } = await house();
    await expect(port.createCode(await wish('Porch', { deviceId: deviceId(NOTHING) }))).rejects.toMatchObject(
      {
        kind: 'rejected',
        code: 'device_not_found',
      },
    );
    await expect(port.createCode(await wish('Shed'))).rejects.toMatchObject({
      kind: 'rejected',
      code: 'device_not_supported',
    });
  });
});

test('doors say which codes they take', async () => {
  const { port } = await house();
  const { doors } = await port.doors(olivia, null, 10);
  expect(doors.map(({ name, codes }) => [name, codes])).toEqual([
    ['Porch', { online: true, offline: false, lengths: [4, 5, 6, 7, 8], longestName: null }],
    ['Lobby', { online: true, offline: false, lengths: [6], longestName: null }],
    ['Shed', { online: false, offline: true, lengths: [9], longestName: null }],
  ]);
});

test('what is read of Seam’s answers is as its OpenAPI says', async () => {
  const judge = await readJudge();
  const { port, url, apiKey, wish } = await house();
  const { id, deviceId: door } = await port.createCode(await wish('Porch'));
  const raw = async (path: string, body: object) => {
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
    const answer = await fetch(new URL(path, url), { method: 'POST', headers, body: JSON.stringify(body) });
    return answer.json();
  };
  for (const [path, body] of [
    ['/access_codes/get', { access_code_id: id }],
    ['/access_codes/list', { device_id: door }],
    ['/access_codes/delete', { access_code_id: id }],
  ] as const) {
    expect({ path, faults: judge.answer('POST', path, await raw(path, body)) }).toEqual({ path, faults: [] });
  }
});
