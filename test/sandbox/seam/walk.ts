import { recorder } from './recorder.ts';
import { connect, DAY, doorId, type Opened, openSeam, refused, sdk } from './support.ts';

/** A walk through everything that the local Seam plays, seen through a recorder. */
export async function walk() {
  const opened = await openSeam();
  const { url, answers } = await recorder(opened.local.url);
  const watched: Opened = { ...opened, seam: sdk(url, opened.local.apiKey) };
  await people(watched);
  await locks(watched);
  await codes(watched);
  await atTheLock(watched);
  await errors(watched, url);
  const events = await watched.seam.events.list({ since: '2020-01-01', limit: 10_000 });
  await endings(watched);
  return { answers, events: [...events, ...(await watched.seam.events.list({ since: '2020-01-01' }))] };
}

async function people(watched: Opened): Promise<void> {
  const { seam, drive } = watched;
  await seam.workspaces.get();
  await connect(watched, 'olivia', 'olivia@example.com', 'schlage');
  await connect(watched, 'ben', 'ben@example.com', 'yale');
  await connect(watched, 'partner', 'olivia@example.com', 'schlage');
  for (const provider of ['august', 'nuki', 'igloohome', 'kwikset', 'smartthings'] as const) {
    const { connect_webview_id } = await seam.connectWebviews.create({
      accepted_providers: [provider],
      accepted_capabilities: ['lock', 'thermostat'],
      custom_metadata: { from: 'walk', big: true },
      custom_redirect_url: 'http://127.0.0.1:9/back',
      custom_redirect_failure_url: 'http://127.0.0.1:9/failed',
    });
    await drive.login({
      connectWebviewId: connect_webview_id,
      provider,
      email: provider === 'nuki' ? 'locked@example.com' : 'gwen@example.com',
      password: '1234',
    });
    await drive.clock({ advanceMs: 300 });
    await seam.connectWebviews.get({ connect_webview_id });
  }
  await drive.account({ email: 'ben@example.com', signedIn: true, reauthorize: true });
  await drive.account({ email: 'ben@example.com', signedIn: false });
  await seam.connectedAccounts.list();
  await seam.devices.list({ limit: 3 });
  await seam.locks.list();
  await drive.account({ email: 'ben@example.com', signedIn: true });
  await seam.connectWebviews.list();
  await seam.clientSessions.list();
  await seam.clientSessions.get({ user_identifier_key: 'olivia' });
}

async function locks(watched: Opened): Promise<void> {
  const { seam, drive } = watched;
  for (const device of await seam.devices.list({ user_identifier_key: 'olivia' })) {
    const { device_id, display_name } = device;
    await seam.devices.get({ device_id });
    if (display_name === 'Hall Thermostat' || display_name === 'Keypad Only') continue;
    await seam.locks.unlockDoor({ device_id });
    await seam.locks.lockDoor({ device_id });
  }
  await seam.actionAttempts.list();
  await drive.clock({ advanceMs: 10_000 });
  for (const { action_attempt_id } of await seam.actionAttempts.list()) {
    await seam.actionAttempts.get({ action_attempt_id });
  }
  const deviceId = await doorId(watched, 'Front Door');
  for (const act of [
    { battery: 0.2 },
    { battery: null },
    { locked: null },
    { locked: false },
    { locked: true },
    { online: false },
    { online: true },
    { removed: true },
    { removed: false },
  ]) {
    await drive.door({ deviceId, ...act });
    await seam.locks.get({ device_id: deviceId });
  }
}

async function codes(watched: Opened): Promise<void> {
  const { seam, drive } = watched;
  const deviceId = await doorId(watched, 'Front Door');
  const now = Date.parse((await seam.events.list({ event_type: 'device.added' })).at(-1)?.occurred_at ?? '');
  const at = (days: number) => new Date(now + days * DAY).toISOString();
  const one = await seam.accessCodes.create({ device_id: deviceId, code: '4711', name: 'One' });
  await drive.clock({ advanceMs: 800 });
  const same = await seam.accessCodes.create({ device_id: deviceId, code: '4711' });
  const timed = await seam.accessCodes.create({ device_id: deviceId, starts_at: at(1), ends_at: at(3) });
  await drive.clock({ advanceMs: 800 });
  await seam.accessCodes.update({
    access_code_id: one.access_code_id,
    name: 'First',
    code: '4712',
    ends_at: at(9),
  });
  await seam.accessCodes.list({ device_id: deviceId });
  await drive.clock({ advanceMs: DAY });
  await seam.accessCodes.list({ device_id: deviceId });
  await drive.door({ deviceId, online: false });
  await seam.accessCodes.create({ device_id: deviceId });
  await seam.accessCodes.delete({ access_code_id: one.access_code_id });
  await drive.clock({ advanceMs: 800 });
  await seam.accessCodes.list({ device_id: deviceId });
  await drive.door({ deviceId, online: true });
  await drive.clock({ advanceMs: 3 * DAY });
  await seam.accessCodes.get({ access_code_id: same.access_code_id });
  await refused(seam.accessCodes.get({ access_code_id: timed.access_code_id }));
  await seam.actionAttempts.list();
}

async function atTheLock(watched: Opened): Promise<void> {
  const { seam, drive } = watched;
  await connect(watched, 'carla', 'codes@example.com', 'august');
  const porch = await doorId(watched, 'Porch');
  await drive.door({ deviceId: porch, doorOpen: true, tampered: true, autoLockMs: 1_000 });
  await drive.code({ deviceId: porch, code: '2468', name: 'Window cleaner' });
  await seam.accessCodes.unmanaged.list({ device_id: porch });
  const same = await seam.accessCodes.create({ device_id: porch, code: '2468' });
  await drive.clock({ advanceMs: 800 });
  await seam.accessCodes.get({ access_code_id: same.access_code_id });
  for (const by of ['hand', 'key', 'card', 'app', 'automatic'] as const) {
    await drive.door({ deviceId: porch, locked: false, by });
    await drive.clock({ advanceMs: 1_000 });
  }
  const kept = await seam.accessCodes.create({ device_id: porch, code: '1357' });
  await drive.clock({ advanceMs: 800 });
  await drive.door({ deviceId: porch, fate: { kind: 'fails', type: 'lock_jammed', message: 'Jammed.' } });
  await seam.accessCodes.delete({ access_code_id: kept.access_code_id });
  await drive.clock({ advanceMs: 800 });
  await seam.accessCodes.get({ access_code_id: kept.access_code_id });
  await drive.door({ deviceId: porch, fate: { kind: 'works' } });
  await drive.keypad({ deviceId: porch, code: '2468' });
  await drive.keypad({ deviceId: porch, code: '0000' });
  await drive.code({ deviceId: porch, code: '2468', removed: true });
  await seam.devices.list({ user_identifier_key: 'carla' });
  await offlineCodes(watched);
  const lobby = await doorId(watched, 'Lobby');
  await refused(seam.locks.lockDoor({ device_id: lobby }));
}

async function offlineCodes(watched: Opened): Promise<void> {
  const { seam, drive } = watched;
  const shed = await doorId(watched, 'Shed');
  const added = await seam.events.list({ event_type: 'device.added', device_id: shed });
  const hour = 3_600_000;
  const start = Math.ceil(Date.parse(added[0]?.occurred_at ?? '') / hour) * hour;
  const at = (hours: number) => new Date(start + hours * hour).toISOString();
  const code = { device_id: shed, is_offline_access_code: true };
  const { access_code_id } = await seam.accessCodes.create({ ...code, starts_at: at(1), ends_at: at(50) });
  await seam.accessCodes.create({ ...code, starts_at: at(0), is_one_time_use: true });
  await refused(seam.accessCodes.create({ ...code, starts_at: at(0.5), ends_at: at(2) }));
  await refused(seam.accessCodes.update({ access_code_id, name: 'New' }));
  await refused(seam.accessCodes.delete({ access_code_id }));
  await drive.clock({ advanceMs: 2 * hour });
  await seam.accessCodes.list({ device_id: shed });
  await drive.clock({ advanceMs: 50 * hour });
}

async function errors({ seam, drive }: Opened, url: string): Promise<void> {
  await refused(sdk(url, 'seam_test1_wrong').workspaces.get());
  await refused(seam.devices.list({ device_ids: ['x'] }));
  await refused(seam.devices.get({ device_id: crypto.randomUUID() }));
  await refused(seam.connectWebviews.get({ connect_webview_id: crypto.randomUUID() }));
  const keypad = await seam.devices.get({ name: 'Keypad Only' });
  await refused(seam.locks.unlockDoor({ device_id: keypad.device_id }));
  const garage = await seam.devices.get({ name: 'Garage' });
  for (let i = 0; i < 15; i += 1) await seam.locks.unlockDoor({ device_id: garage.device_id });
  await refused(seam.locks.unlockDoor({ device_id: garage.device_id }));
  await drive.clock({ advanceMs: 600 });
}

async function endings({ seam }: Opened): Promise<void> {
  await seam.events.get({ event_type: 'lock.locked' });
  const { client_session_id } = await seam.clientSessions.create({ user_identifier_key: 'ben' });
  await seam.clientSessions.revoke({ client_session_id });
  await seam.clientSessions.delete({ client_session_id });
  const { connect_webview_id } = await seam.connectWebviews.create();
  await seam.connectWebviews.delete({ connect_webview_id });
  for (const { connected_account_id } of await seam.connectedAccounts.list()) {
    await seam.connectedAccounts.get({ connected_account_id });
    await seam.connectedAccounts.delete({ connected_account_id });
  }
}
