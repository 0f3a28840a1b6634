import { expect, test } from 'vitest';
import { codeEvents, shed } from './house.ts';
import { DAY, refused, START, UUID } from './support.ts';

const at = (ms: number) => new Date(START + ms).toISOString();

test('a code is set after a while', async () => {
  const opened = await shed();
  const { seam, drive, device_id } = opened;
  const code = await seam.accessCodes.create({ device_id, name: 'Cleaner', code: '4711' });
  expect(code).toEqual({
    access_code_id: expect.stringMatching(UUID),
    workspace_id: expect.stringMatching(UUID),
    device_id,
    code: '4711',
    name: 'Cleaner',
    common_code_key: null,
    created_at: at(300),
    type: 'ongoing',
    status: 'setting',
    display_status: 'Issuing',
    is_managed: true,
    is_backup: false,
    is_backup_access_code_available: false,
    is_external_modification_allowed: false,
    is_offline_access_code: false,
    is_one_time_use: false,
    is_waiting_for_code_assignment: false,
    pending_mutations: [
      { mutation_code: 'creating', message: 'The code is being set on the lock.', created_at: at(300) },
    ],
    errors: [],
    warnings: [],
  });
  await drive.clock({ advanceMs: 800 });
  expect(await seam.accessCodes.get({ access_code_id: code.access_code_id })).toEqual({
    ...code,
    status: 'set',
    display_status: 'Active',
    pending_mutations: [],
  });
  expect(await codeEvents(opened, code.access_code_id)).toEqual([
    'access_code.created',
    'access_code.set_on_device',
  ]);
  const [attempt] = await seam.actionAttempts.list({ device_id });
  expect(attempt).toMatchObject({
    action_type: 'CREATE_ACCESS_CODE',
    status: 'success',
    result: { access_code: { access_code_id: code.access_code_id, status: 'set' } },
  });
});

test('a code for a time is scheduled, set, and removed when its time is over', async () => {
  const opened = await shed();
  const { seam, drive, device_id } = opened;
  const { access_code_id, code } = await seam.accessCodes.create({
    device_id,
    starts_at: at(DAY),
    ends_at: at(2 * DAY),
    preferred_code_length: 6,
  });
  expect(code).toMatch(/^\d{6}$/);
  const now = async () => {
    const { status, type, starts_at, ends_at, is_scheduled_on_device } = await seam.accessCodes.get({
      access_code_id,
    });
    return { status, type, starts_at, ends_at, is_scheduled_on_device };
  };
  const times = { type: 'time_bound', starts_at: at(DAY), ends_at: at(2 * DAY) };
  await drive.clock({ advanceMs: 800 });
  expect(await now()).toEqual({ status: 'unset', ...times, is_scheduled_on_device: true });
  await drive.clock({ advanceMs: DAY });
  expect(await now()).toEqual({ status: 'set', ...times, is_scheduled_on_device: true });
  await drive.clock({ advanceMs: DAY - 1100 });
  expect((await now()).status).toBe('removing');
  await drive.clock({ advanceMs: 800 });
  expect(await refused(seam.accessCodes.get({ access_code_id }))).toMatchObject({
    code: 'access_code_not_found',
    statusCode: 404,
  });
  expect(await codeEvents(opened, access_code_id)).toEqual([
    'access_code.created',
    'access_code.scheduled_on_device',
    'access_code.set_on_device',
    'access_code.removed_from_device',
    'access_code.deleted',
  ]);
});

test('a lock that is out of reach gets the code when it is back', async () => {
  const opened = await shed();
  const { seam, drive, device_id } = opened;
  await drive.door({ deviceId: device_id, online: false });
  const { access_code_id } = await seam.accessCodes.create({ device_id, code: '1234' });
  await drive.clock({ advanceMs: 800 });
  const waiting = await seam.accessCodes.get({ access_code_id });
  expect({ ...waiting, errors: waiting.errors.map((error) => error.error_code) }).toMatchObject({
    status: 'setting',
    errors: ['device_offline'],
    warnings: [{ warning_code: 'delay_in_setting_on_device' }],
  });
  await drive.door({ deviceId: device_id, online: true });
  await drive.clock({ advanceMs: 800 });
  expect(await seam.accessCodes.get({ access_code_id })).toMatchObject({
    status: 'set',
    errors: [],
    warnings: [],
  });
  await drive.door({ deviceId: device_id, online: false });
  await seam.accessCodes.delete({ access_code_id });
  await drive.clock({ advanceMs: DAY });
  expect(await seam.accessCodes.get({ access_code_id })).toMatchObject({
    status: 'removing',
    warnings: [{ warning_code: 'delay_in_removing_from_device' }],
  });
  await drive.door({ deviceId: device_id, online: true });
  await drive.clock({ advanceMs: 800 });
  expect(await seam.accessCodes.list({ device_id })).toEqual([]);
  expect(await codeEvents(opened, access_code_id)).toEqual([
    'access_code.created',
    'access_code.delay_in_setting_on_device',
    'access_code.set_on_device',
    'access_code.delay_in_removing_from_device',
    'access_code.removed_from_device',
    'access_code.deleted',
  ]);
});

test('a code fails on a lock that fails, one that is full, and one that holds the same PIN', async () => {
  const opened = await shed();
  const { seam, drive, device_id } = opened;
  const failing = async (code: string) => {
    const { access_code_id } = await seam.accessCodes.create({ device_id, code });
    await drive.clock({ advanceMs: 60_000 });
    const made = await seam.accessCodes.get({ access_code_id });
    return { access_code_id, status: made.status, errors: made.errors };
  };
  await drive.door({
    deviceId: device_id,
    fate: { kind: 'fails', type: 'lock_jammed', message: 'Jammed.' },
  });
  const failed = await failing('1111');
  expect(failed).toMatchObject({
    status: 'setting',
    errors: [{ error_code: 'failed_to_set_on_device', message: 'The lock did not take the code: Jammed.' }],
  });
  await drive.door({ deviceId: device_id, fate: { kind: 'works' } });
  await drive.clock({ advanceMs: 800 });
  expect(await seam.accessCodes.get({ access_code_id: failed.access_code_id })).toMatchObject({
    status: 'set',
    errors: [],
  });
  expect(await failing('1111')).toMatchObject({
    status: 'setting',
    errors: [{ error_code: 'duplicate_code_on_device', managed_access_code_id: failed.access_code_id }],
  });
  for (let i = 1; i < 30; i += 1) expect(await failing(String(2000 + i))).toMatchObject({ status: 'set' });
  expect(await failing('9999')).toMatchObject({
    errors: [{ error_code: 'no_space_for_access_code_on_device' }],
  });
  await drive.door({ deviceId: device_id, fate: { kind: 'hangs' } });
  expect(await failing('8888')).toMatchObject({ status: 'setting', errors: [] });
});

test('a lock that fails keeps a code that is to be removed, and gives it up when it works again', async () => {
  const opened = await shed();
  const { seam, drive, device_id } = opened;
  const { access_code_id } = await seam.accessCodes.create({ device_id, code: '1234' });
  await drive.clock({ advanceMs: 800 });
  await drive.door({
    deviceId: device_id,
    fate: { kind: 'fails', type: 'lock_jammed', message: 'Jammed.' },
  });
  await seam.accessCodes.delete({ access_code_id });
  await drive.clock({ advanceMs: 800 });
  expect(await seam.accessCodes.get({ access_code_id })).toMatchObject({
    status: 'removing',
    errors: [
      {
        error_code: 'failed_to_remove_from_device',
        message: 'The lock did not give up the code: Jammed.',
      },
    ],
  });
  expect(await drive.keypad({ deviceId: device_id, code: '1234' })).toEqual({ opened: true });
  await seam.accessCodes.delete({ access_code_id });
  await drive.clock({ advanceMs: 800 });
  await drive.door({ deviceId: device_id, fate: { kind: 'hangs' } });
  await drive.clock({ advanceMs: DAY });
  expect(await seam.accessCodes.get({ access_code_id })).toMatchObject({ status: 'removing', errors: [] });
  await drive.door({ deviceId: device_id, fate: { kind: 'works' } });
  await drive.clock({ advanceMs: 800 });
  expect(await seam.accessCodes.list({ device_id })).toEqual([]);
  expect(await drive.keypad({ deviceId: device_id, code: '1234' })).toEqual({ opened: false });
  expect((await codeEvents(opened, access_code_id)).filter((type) => type.startsWith('access'))).toEqual([
    'access_code.created',
    'access_code.set_on_device',
    'access_code.failed_to_remove_from_device',
    'access_code.failed_to_remove_from_device',
    'access_code.removed_from_device',
    'access_code.deleted',
  ]);
  const attempts = await seam.actionAttempts.list({ device_id });
  expect(attempts.map(({ action_type, status, error }) => [action_type, status, error?.type])).toEqual([
    ['CREATE_ACCESS_CODE', 'success', undefined],
    ['DELETE_ACCESS_CODE', 'error', 'failed_to_remove_from_device'],
    ['DELETE_ACCESS_CODE', 'error', 'failed_to_remove_from_device'],
  ]);
});

test('a change is told as it is asked for, and as it is done', async () => {
  const opened = await shed();
  const { seam, drive, device_id } = opened;
  const { access_code_id } = await seam.accessCodes.create({ device_id, code: '1234', name: 'Guest' });
  await drive.clock({ advanceMs: 800 });
  await seam.accessCodes.update({ access_code_id, code: '5678', name: 'Cleaner', ends_at: at(DAY) });
  const changing = await seam.accessCodes.get({ access_code_id });
  expect(changing).toMatchObject({ status: 'setting', code: '5678', name: 'Cleaner', ends_at: at(DAY) });
  expect(changing.pending_mutations.map((one) => one.mutation_code)).toEqual([
    'updating_name',
    'updating_code',
    'updating_time_frame',
  ]);
  await drive.clock({ advanceMs: 800 });
  expect(await codeEvents(opened, access_code_id)).toEqual([
    'access_code.created',
    'access_code.set_on_device',
    'access_code.name_changed',
    'access_code.code_changed',
    'access_code.time_frame_changed',
    'access_code.changed',
    'access_code.set_on_device',
  ]);
  await seam.accessCodes.update({ access_code_id, type: 'ongoing' });
  await drive.clock({ advanceMs: 2 * DAY });
  expect(await seam.accessCodes.get({ access_code_id })).toMatchObject({ type: 'ongoing', status: 'set' });
  const attempts = await seam.actionAttempts.list({ device_id });
  expect(attempts.map(({ action_type, status }) => [action_type, status])).toEqual([
    ['CREATE_ACCESS_CODE', 'success'],
    ['UPDATE_ACCESS_CODE', 'success'],
    ['UPDATE_ACCESS_CODE', 'success'],
  ]);
});
