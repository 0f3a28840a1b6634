import { expect, test } from 'vitest';
import { connect, doorId, openSeam, START, UUID } from './support.ts';

test('the guide: session, webview, grant, login, list, ownership, unlock', async () => {
  const opened = await openSeam();
  const { seam, drive } = opened;

  const session = await seam.clientSessions.getOrCreate({ user_identifier_key: 'T1:U1' });
  expect(session).toEqual({
    client_session_id: expect.stringMatching(UUID),
    workspace_id: expect.stringMatching(UUID),
    token: expect.stringMatching(/^seam_cst1[0-9a-f]{32}$/),
    user_identifier_key: 'T1:U1',
    user_identity_ids: [],
    connect_webview_ids: [],
    connected_account_ids: [],
    device_count: 0,
    created_at: '2026-06-01T08:00:00.000Z',
    expires_at: '2027-06-01T08:00:00.000Z',
  });

  const webview = await seam.connectWebviews.create({
    accepted_providers: ['august', 'schlage'],
    custom_metadata: { slack_user: 'U1' },
    wait_for_device_creation: true,
  });
  expect(webview).toEqual({
    connect_webview_id: expect.stringMatching(UUID),
    workspace_id: session.workspace_id,
    url: expect.stringContaining(
      `/connect_webviews/view?connect_webview_id=${webview.connect_webview_id}&auth_token=`,
    ),
    status: 'pending',
    login_successful: false,
    connected_account_id: null,
    selected_provider: null,
    accepted_capabilities: ['lock'],
    accepted_devices: [],
    accepted_providers: ['august', 'schlage'],
    any_device_allowed: false,
    any_provider_allowed: false,
    automatically_manage_new_devices: true,
    device_selection_mode: 'none',
    wait_for_device_creation: true,
    custom_metadata: { slack_user: 'U1' },
    custom_redirect_url: null,
    custom_redirect_failure_url: null,
    created_at: '2026-06-01T08:00:00.000Z',
    authorized_at: null,
  });

  await seam.clientSessions.grantAccess({
    user_identifier_key: 'T1:U1',
    connect_webview_ids: [webview.connect_webview_id],
  });
  expect(await seam.devices.list({ user_identifier_key: 'T1:U1' })).toEqual([]);

  const login = await drive.login({
    connectWebviewId: webview.connect_webview_id,
    provider: 'august',
    email: 'Olivia@Example.com',
    password: '1234',
  });
  expect(login).toEqual({ result: 'connected', connectedAccountId: expect.stringMatching(UUID) });
  const accountId = String(login.connectedAccountId);

  expect(await seam.connectWebviews.get({ connect_webview_id: webview.connect_webview_id })).toMatchObject({
    status: 'authorized',
    login_successful: true,
    connected_account_id: accountId,
    selected_provider: 'august',
  });
  expect(await seam.connectedAccounts.get({ connected_account_id: accountId })).toMatchObject({
    account_type: 'august',
    display_name: 'olivia@example.com',
    custom_metadata: { slack_user: 'U1' },
    errors: [],
  });
  const doors = await seam.devices.list({ user_identifier_key: 'T1:U1' });
  expect(doors.map((door) => door.display_name)).toEqual([
    'Front Door',
    'Back Gate',
    'Garage',
    'Server Room',
    'Studio',
    'Cellar',
    'Loft',
    'Keypad Only',
    'Hall Thermostat',
  ]);
  expect(await seam.clientSessions.get({ user_identifier_key: 'T1:U1' })).toMatchObject({
    connected_account_ids: [accountId],
    device_count: 9,
  });

  const front = await doorId(opened, 'Front Door');
  const owned = await seam.devices.list({ user_identifier_key: 'T1:U1', device_ids: [front] });
  expect(owned.map((door) => door.device_id)).toEqual([front]);
  expect(await seam.devices.list({ user_identifier_key: 'T1:U2', device_ids: [front] })).toEqual([]);

  const attempt = await seam.locks.unlockDoor({ device_id: front });
  expect(attempt).toEqual({
    action_attempt_id: expect.stringMatching(UUID),
    action_type: 'UNLOCK_DOOR',
    status: 'pending',
    result: null,
    error: null,
  });
  await drive.clock({ advanceMs: 600 });
  expect(await seam.actionAttempts.get({ action_attempt_id: attempt.action_attempt_id })).toEqual({
    ...attempt,
    status: 'success',
    result: { was_confirmed_by_device: true },
  });
  expect((await seam.devices.get({ device_id: front })).properties.locked).toBe(false);
  expect(await seam.actionAttempts.list({ device_id: front })).toHaveLength(1);
});

test('a device says everything that can be shown', async () => {
  const opened = await openSeam();
  const accountId = await connect(opened, 'T1:U1', 'olivia@example.com');
  const garage = await opened.seam.devices.get({ name: 'Garage' });
  const { workspace_id } = await opened.seam.workspaces.get();
  const picture = `${opened.local.url}/assets/august.svg`;
  expect(garage).toEqual({
    device_id: expect.stringMatching(UUID),
    workspace_id,
    connected_account_id: accountId,
    device_type: 'august_lock',
    display_name: 'Garage',
    nickname: 'Garage',
    is_managed: true,
    created_at: new Date(START + 300).toISOString(),
    space_ids: [],
    custom_metadata: {},
    location: { location_name: "Olivia's place", time_zone: 'Europe/Berlin', timezone: 'Europe/Berlin' },
    device_manufacturer: { manufacturer: 'august', display_name: 'August' },
    device_provider: {
      device_provider_name: 'august',
      display_name: 'August',
      image_url: picture,
      provider_category: 'consumer_smartlocks',
    },
    capabilities_supported: ['access_code', 'lock', 'battery'],
    can_remotely_unlock: true,
    can_remotely_lock: true,
    can_program_online_access_codes: true,
    can_program_offline_access_codes: false,
    can_unlock_with_code: true,
    can_simulate_connection: true,
    can_simulate_disconnection: true,
    can_simulate_removal: true,
    properties: {
      name: 'Garage',
      appearance: { name: 'Garage' },
      manufacturer: 'august',
      model: {
        display_name: 'Wi-Fi Smart Lock',
        manufacturer_display_name: 'August',
        accessory_keypad_supported: false,
        can_connect_accessory_keypad: false,
        has_built_in_keypad: true,
        online_access_codes_supported: true,
        offline_access_codes_supported: false,
      },
      online: true,
      locked: true,
      has_direct_power: false,
      battery: { level: 0.12, status: 'low' },
      battery_level: 0.12,
      image_url: picture,
      image_alt_text: 'August Wi-Fi Smart Lock',
      serial_number: garage.device_id.slice(0, 8),
      supports_accessory_keypad: false,
      supports_offline_access_codes: false,
      offline_access_codes_enabled: false,
      online_access_codes_enabled: true,
      has_native_entry_events: true,
      supported_code_lengths: [4, 5, 6, 7, 8],
      max_active_codes_supported: 30,
      code_constraints: [],
      supports_backup_access_code_pool: false,
      august_metadata: { lock_id: garage.device_id, lock_name: 'Garage', has_keypad: true },
    },
    errors: [],
    warnings: [],
  });
  const image = await fetch(picture);
  expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
});

test('the seeds: every person has the doors of the story', async () => {
  const opened = await openSeam();
  const names = async (key: string, email: string) => {
    await connect(opened, key, email);
    const devices = await opened.seam.devices.list({ user_identifier_key: key });
    return devices.map((device) => device.display_name);
  };
  expect(await names('ben', 'ben@example.com')).toEqual(['Bike Shed']);
  expect(await names('gwen', 'gwen@example.com')).toEqual(['Guest House']);
  expect(await names('nina', 'nina@example.com')).toEqual(["Nina's Door"]);
  expect(await names('odd', 'odd@example.com')).toEqual([
    'Kitchen <!channel> & *bold*',
    '🚪 Tür & Tor',
    '<script>alert("hi")</script>',
    '_Attic_ ~old~ `code`',
    `Long ${'corridor '.repeat(12).trim()}`,
    '‮desrever',
  ]);
});
