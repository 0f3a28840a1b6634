import { expect, test } from 'vitest';
import { codeEvents } from './house.ts';
import { connect, DAY, doorId, MINUTE, type Opened, openSeam, refused, START } from './support.ts';

const HOUR = 60 * MINUTE;
const at = (hours: number) => new Date(START + hours * HOUR).toISOString();

/** The shed: a lock without a connection, whose maker computes its codes. */
async function offlineShed(): Promise<Opened & { device_id: string }> {
  const opened = await openSeam();
  await connect(opened, 'carla', 'codes@example.com');
  return { ...opened, device_id: await doorId(opened, 'Shed') };
}

test('a lock without a connection says which codes it takes', async () => {
  const { seam, device_id } = await offlineShed();
  const shed = await seam.devices.get({ device_id });
  expect(shed).toMatchObject({
    can_program_online_access_codes: false,
    can_program_offline_access_codes: true,
    can_remotely_unlock: false,
    can_remotely_lock: false,
    errors: [{ error_code: 'device_offline' }],
    properties: {
      online: false,
      code_constraints: [{ constraint_type: 'cannot_specify_pin_code' }],
      supported_code_lengths: [9],
      max_active_codes_supported: 199,
      offline_time_frame_options: [
        { display_name: 'Hourly', min_duration: 'PT1H', max_duration: 'PT672H' },
        {
          display_name: 'Daily',
          min_duration: 'P29D',
          max_duration: 'P367D',
          matching_start_end_time: true,
        },
      ],
    },
  });
});

test('a computed code is there at once, opens in its time, and Seam hears nothing of it', async () => {
  const opened = await offlineShed();
  const { seam, drive, device_id } = opened;
  const code = await seam.accessCodes.create({
    device_id,
    name: 'Gardener',
    is_offline_access_code: true,
    starts_at: at(1),
    ends_at: at(3),
  });
  expect(code).toMatchObject({
    code: expect.stringMatching(/^\d{9}$/),
    name: 'Gardener',
    type: 'time_bound',
    status: 'unset',
    is_offline_access_code: true,
    is_one_time_use: false,
    errors: [],
    warnings: [],
    pending_mutations: [],
  });
  const [attempt] = await seam.actionAttempts.list({ device_id });
  expect(attempt).toMatchObject({ action_type: 'CREATE_ACCESS_CODE', status: 'success' });
  const { access_code_id } = code;
  const enter = async () => (await drive.keypad({ deviceId: device_id, code: code.code ?? '' })).opened;
  expect(await enter()).toBe(false);
  await drive.clock({ advanceMs: HOUR });
  expect((await seam.accessCodes.get({ access_code_id })).status).toBe('set');
  expect([await enter(), await enter()]).toEqual([true, true]);
  await drive.clock({ advanceMs: 2 * HOUR });
  expect(await enter()).toBe(false);
  expect(await refused(seam.accessCodes.get({ access_code_id }))).toMatchObject({ statusCode: 404 });
  expect(await codeEvents(opened, access_code_id)).toEqual([
    'access_code.created',
    'access_code.scheduled_on_device',
    'access_code.set_on_device',
    'access_code.removed_from_device',
    'access_code.deleted',
  ]);
  const ofDoor = await seam.events.list({ device_id, event_types: ['lock.unlocked', 'lock.access_denied'] });
  expect(ofDoor).toEqual([]);
});

test('a code that lasts over a day must be used within its first day', async () => {
  const { seam, drive, device_id } = await offlineShed();
  const make = () =>
    seam.accessCodes.create({
      device_id,
      is_offline_access_code: true,
      starts_at: at(0),
      ends_at: at(72),
    });
  const [used, unused] = [await make(), await make()];
  expect(used.warnings).toMatchObject([{ warning_code: 'igloo_algopin_must_be_used_within_24_hours' }]);
  const enter = async (code: string | null) =>
    (await drive.keypad({ deviceId: device_id, code: code ?? '' })).opened;
  expect(await enter(used.code)).toBe(true);
  await drive.clock({ advanceMs: DAY });
  expect([await enter(used.code), await enter(unused.code)]).toEqual([true, false]);
});

test('a code for one use opens once', async () => {
  const { seam, drive, device_id } = await offlineShed();
  const code = await seam.accessCodes.create({
    device_id,
    is_offline_access_code: true,
    is_one_time_use: true,
    starts_at: at(0),
  });
  expect(code).toMatchObject({ is_one_time_use: true, ends_at: at(24), status: 'set' });
  const enter = async () => (await drive.keypad({ deviceId: device_id, code: code.code ?? '' })).opened;
  expect([await enter(), await enter()]).toEqual([true, false]);
});

test('what cannot be computed is refused at once', async () => {
  const { seam, device_id } = await offlineShed();
  const why = async (wishes: object) => {
    const error = await refused(
      seam.accessCodes.create({ device_id, is_offline_access_code: true, ...wishes }),
    );
    return error instanceof Error ? error.message : error;
  };
  expect(await why({ starts_at: at(1), ends_at: at(2), code: '123456789' })).toBe(
    'An offline access code cannot be chosen',
  );
  expect(await why({ ends_at: at(2) })).toBe('An offline access code needs starts_at');
  expect(await why({ starts_at: at(1) })).toBe('An offline access code needs ends_at');
  expect(await why({ starts_at: at(0.5), ends_at: at(2) })).toBe('starts_at must be on the hour');
  expect(await why({ starts_at: at(1), ends_at: at(2.5) })).toBe('ends_at must be on the hour');
  expect(await why({ starts_at: at(2), ends_at: at(1) })).toBe('ends_at must be after starts_at');
  expect(await why({ starts_at: at(-2), ends_at: at(-1) })).toBe('ends_at must be in the future');
  expect(await why({ starts_at: at(0), ends_at: at(673) })).toBe('An hourly code lasts 1 to 672 hours');
  const daily = { starts_at: at(0), max_time_rounding: '1d' };
  expect(await why({ ...daily, ends_at: at(28 * 24) })).toBe('A daily code lasts 29 to 367 days');
  expect(await why({ ...daily, ends_at: at(30 * 24 + 1) })).toBe(
    'A daily code ends at the time of day at which it starts',
  );
  const { status } = await seam.accessCodes.create({
    device_id,
    is_offline_access_code: true,
    starts_at: at(0),
    ends_at: at(40 * 24),
    max_time_rounding: '1d',
  });
  expect(status).toBe('set');
  const hour = { device_id, is_offline_access_code: true, starts_at: at(5), ends_at: at(6) };
  for (let i = 0; i < 3; i += 1) await seam.accessCodes.create(hour);
  expect(await why(hour)).toBe('Only 3 offline access codes can start at once');
});

test('a computed code is neither changed nor taken back, and outlives its account', async () => {
  const { seam, drive, device_id } = await offlineShed();
  const { access_code_id, code } = await seam.accessCodes.create({
    device_id,
    is_offline_access_code: true,
    starts_at: at(0),
    ends_at: at(5),
  });
  expect(await refused(seam.accessCodes.update({ access_code_id, name: 'New' }))).toMatchObject({
    code: 'invalid_input',
    message: 'Offline access codes cannot be updated',
  });
  expect(await refused(seam.accessCodes.delete({ access_code_id }))).toMatchObject({
    code: 'invalid_input',
    message: 'Offline access codes cannot be deleted',
  });
  const [account] = await seam.connectedAccounts.list();
  await seam.connectedAccounts.delete({ connected_account_id: account?.connected_account_id ?? '' });
  const shed = (await drive.view()).doors.find(({ name }) => name === 'Shed');
  expect(await drive.keypad({ deviceId: shed?.deviceId ?? '', code: code ?? '' })).toEqual({ opened: true });
});

test('each lock takes only the kind of code that it can', async () => {
  const opened = await offlineShed();
  const { seam, device_id } = opened;
  const porch = await doorId(opened, 'Porch');
  const times = { starts_at: at(0), ends_at: at(2) };
  expect(await refused(seam.accessCodes.create({ device_id, ...times }))).toMatchObject({
    code: 'device_not_supported',
  });
  expect(
    await refused(seam.accessCodes.create({ device_id: porch, is_offline_access_code: true, ...times })),
  ).toMatchObject({ code: 'device_not_supported' });
  expect(
    await refused(seam.accessCodes.create({ device_id: porch, is_one_time_use: true, ...times })),
  ).toMatchObject({ message: 'Only an offline access code can be for one use' });
});
