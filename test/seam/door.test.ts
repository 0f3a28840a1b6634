import { describe, expect, test } from 'vitest';
import { accountOf, type SeamAccount } from '../../src/seam/account.ts';
import { doorOf, type SeamDevice } from '../../src/seam/door.ts';

/** A lock as Seam lists it, with all that every device has. */
function device(
  facts: Partial<SeamDevice> = {},
  properties: Partial<SeamDevice['properties']> = {},
): SeamDevice {
  return {
    device_id: 'device-1',
    workspace_id: 'workspace-1',
    connected_account_id: 'account-1',
    device_type: 'august_lock',
    display_name: 'Front Door',
    is_managed: true,
    created_at: '2026-06-01T08:00:00.000Z',
    space_ids: [],
    custom_metadata: {},
    location: null,
    capabilities_supported: ['lock', 'access_code'],
    can_remotely_unlock: true,
    errors: [],
    warnings: [],
    ...facts,
    properties: { name: 'Front Door', online: true, ...properties } as SeamDevice['properties'],
  } as SeamDevice;
}

const FRONT = {
  id: 'device-1',
  accountId: 'account-1',
  name: 'Front Door',
  state: 'unknown',
  online: true,
  battery: null,
  canUnlock: true,
  problems: [],
};

describe('a device', () => {
  test('that is a lock is a door', () => {
    expect(doorOf(device())).toEqual(FRONT);
  });

  test.each([
    [true, 'locked'],
    [false, 'unlocked'],
    [undefined, 'unknown'],
    [null, 'unknown'],
    ['locked', 'unknown'],
  ])('whose bolt is %j is %s', (locked, state) => {
    expect(doorOf(device({}, { locked } as Partial<SeamDevice['properties']>))).toEqual({ ...FRONT, state });
  });

  test.each([
    [{ battery: { level: 0.4, status: 'good' as const } }, { level: 0.4, status: 'good' }],
    [
      { battery: { level: 0, status: 'critical' as const }, battery_level: 0.5 },
      { level: 0, status: 'critical' },
    ],
    [{ battery_level: 0.3 }, { level: 0.3, status: null }],
    [{ battery_level: 0 }, { level: 0, status: null }],
    [{}, null],
  ])('with %j has the battery %j', (properties, battery) => {
    expect(doorOf(device({}, properties))).toEqual({ ...FRONT, battery });
  });

  test.each<[string, Partial<SeamDevice>, boolean]>([
    ['a lock that opens from afar', { capabilities_supported: ['lock'], can_remotely_unlock: true }, true],
    ['a lock that does not', { capabilities_supported: ['lock'], can_remotely_unlock: false }, false],
    ['a keypad', { capabilities_supported: ['access_code'], can_remotely_unlock: false }, false],
    ['one that says only that it opens', { capabilities_supported: [], can_remotely_unlock: true }, true],
    [
      'one that says only that it takes codes',
      { capabilities_supported: [], can_remotely_unlock: false, can_unlock_with_code: true },
      false,
    ],
  ])('that is %s is a door', (_, facts, canUnlock) => {
    expect(doorOf(device(facts))).toEqual({ ...FRONT, canUnlock });
  });

  test.each<SeamDevice['capabilities_supported'][number][]>([
    ['thermostat'],
    ['noise_detection'],
    ['phone'],
    ['battery'],
    [],
  ])('that can do %j only is none', (...capabilities_supported) => {
    expect(doorOf(device({ capabilities_supported, can_remotely_unlock: false }))).toBeNull();
  });

  test.each(['', '   ', '\u200b', '\u202e\u2066', '\u{e0001}', '\u0000\n', '\ufe0f', '\u3164', '\u0301'])(
    'with the invisible name %j is called something',
    (display_name) => {
      expect(doorOf(device({ display_name }))?.name).toBe('A lock without a name');
    },
  );

  test.each(['🚪', '?', '門', '\u202edesrever', ' spaced ', '<!channel>', '👩‍👩‍👧', '1️⃣'])(
    'called %j keeps its name',
    (display_name) => {
      expect(doorOf(device({ display_name }))?.name).toBe(display_name);
    },
  );

  test('has its problems, errors first, each with its code', () => {
    const errors = [
      { error_code: 'device_offline', message: 'Offline', is_device_error: true, created_at: '' },
    ];
    const warnings = [{ warning_code: 'privacy_mode', message: 'Private', created_at: '' }];
    const facts = { errors, warnings } as Partial<SeamDevice>;
    expect(doorOf(device(facts, { online: false }))).toEqual({
      ...FRONT,
      online: false,
      problems: [
        { kind: 'error', code: 'device_offline', message: 'Offline' },
        { kind: 'warning', code: 'privacy_mode', message: 'Private' },
      ],
    });
  });
});

describe('an account', () => {
  const account = (facts: Partial<SeamAccount>): SeamAccount =>
    ({
      connected_account_id: 'account-1',
      account_type_display_name: 'August',
      display_name: 'shown@example.com',
      user_identifier: { email: 'olivia@example.com', phone: '+15550100', username: 'olivia' },
      errors: [],
      warnings: [],
      ...facts,
    }) as SeamAccount;

  test.each<[Partial<SeamAccount>, string]>([
    [{}, 'August, olivia@example.com'],
    [{ user_identifier: { phone: '+15550100', username: 'olivia' } }, 'August, +15550100'],
    [{ user_identifier: { username: 'olivia' } }, 'August, olivia'],
    [{ user_identifier: {} }, 'August, shown@example.com'],
    [{ user_identifier: { email: '' } }, 'August, shown@example.com'],
    [{ user_identifier: {}, display_name: '\u200b' }, 'August'],
    [{ user_identifier: {}, display_name: 'August' }, 'August'],
  ])('with %j is called %s', (facts, name) => {
    expect(accountOf(account(facts))).toEqual({ id: 'account-1', name, healthy: true });
  });

  test.each([
    [[{ error_code: 'account_disconnected' }], [], false],
    [[], [{ warning_code: 'account_reauthorization_requested' }], false],
    [[{ error_code: 'bridge_disconnected' }], [{ warning_code: 'scheduled_maintenance_window' }], true],
  ])('with the errors %j and warnings %j is signed in: %s', (errors, warnings, healthy) => {
    expect(accountOf(account({ errors, warnings } as Partial<SeamAccount>)).healthy).toBe(healthy);
  });
});
