import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountSchema } from '../../src/seam/account.ts';
import { deviceAsDoor } from '../../src/seam/door.ts';
import { doorsColumn } from '../../src/store/columns.ts';

type Facts = Readonly<Record<string, unknown>>;
const doorOf = (device: unknown) => deviceAsDoor.parse(device);

/** A lock as Seam lists it, with all that every device has. */
function device(facts: Facts = {}, properties: Facts = {}): Facts {
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
    properties: { name: 'Front Door', online: true, ...properties },
    ...facts,
  };
}

const FRONT = {
  id: 'device-1',
  accountId: 'account-1',
  name: 'Front Door',
  state: 'unknown',
  online: true,
  battery: null,
  canUnlock: true,
  canLock: false,
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
    expect(doorOf(device({}, { locked }))).toEqual({ ...FRONT, state });
  });

  test.each([
    [{ battery: { level: 0.4, status: 'good' } }, { level: 0.4, status: 'good' }],
    [
      { battery: { level: 0, status: 'critical' }, battery_level: 0.5 },
      { level: 0, status: 'critical' },
    ],
    [{ battery: { level: 0.5, status: 'medium' } }, { level: 0.5, status: null }],
    [{ battery: { level: 93, status: 'full' } }, { level: null, status: 'full' }],
    [{ battery: 'full', battery_level: '0.3' }, null],
    [{ battery_level: 0.3 }, { level: 0.3, status: null }],
    [{ battery_level: 0 }, { level: 0, status: null }],
    [{}, null],
  ])('with %j has the battery %j', (properties, battery) => {
    expect(doorOf(device({}, properties))).toEqual({ ...FRONT, battery });
  });

  test.each<[string, Facts, boolean]>([
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

  test.each<string[]>([['thermostat'], ['noise_detection'], ['phone'], ['battery'], []])(
    'that can do %j only is none',
    (...capabilities_supported) => {
      expect(doorOf(device({ capabilities_supported, can_remotely_unlock: false }))).toBeNull();
    },
  );

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
    const facts = { errors, warnings };
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

describe('an odd device', () => {
  test.each<[string, unknown]>([
    ['nothing', null],
    ['a text', 'device'],
    ['without properties', device({ properties: undefined })],
    ['with properties that are null', device({ properties: null })],
    ['without an id', device({ device_id: undefined })],
    ['with a blank id', device({ device_id: ' ' })],
    ['without an account', device({ connected_account_id: null })],
    ['with a name that is a number', device({ display_name: 7 })],
  ])('cannot be read: %s', (_, odd) => {
    expect(deviceAsDoor.safeParse(odd).success).toBe(false);
  });

  test.each<[string, Facts, Facts, object]>([
    ['a new field', { new_field: 1 }, { new_field: 1 }, {}],
    ['no name', { display_name: null }, {}, { name: 'A lock without a name' }],
    ['no capabilities', { capabilities_supported: undefined }, {}, {}],
    [
      'odd capabilities',
      { capabilities_supported: [7, 'lock'], can_remotely_unlock: 1 },
      {},
      { canUnlock: false },
    ],
    ['no errors and odd warnings', { errors: undefined, warnings: 'none' }, {}, {}],
    ['no word on whether it is online', {}, { online: undefined }, { online: null }],
    ['an odd word on whether it is online', {}, { online: 'yes' }, { online: null }],
    [
      'a problem without words, and one without a code',
      { errors: [{ error_code: 'x', message: null }, { message: 'What?' }] },
      {},
      { problems: [{ kind: 'error', code: 'x', message: '' }] },
    ],
  ])('is a door all the same: %s', (_, facts, properties, door) => {
    expect(doorOf(device(facts, properties))).toEqual({ ...FRONT, ...door });
  });

  test('whatever it is: what is read of it comes back as it was stored', async () => {
    const odd = fc.jsonValue({ maxDepth: 3 });
    const some = (...names: string[]) =>
      fc.record(Object.fromEntries(names.map((name) => [name, odd])), { requiredKeys: [] });
    const problems = fc.array(some('error_code', 'warning_code', 'message'));
    await fc.assert(
      fc.property(
        some('display_name', 'capabilities_supported', 'can_remotely_unlock', 'errors', 'warnings'),
        fc.record({ errors: problems, warnings: problems }, { requiredKeys: [] }),
        some('online', 'locked', 'battery', 'battery_level'),
        some('level', 'status'),
        (facts, lists, properties, battery) => {
          const { data } = deviceAsDoor.safeParse(device({ ...facts, ...lists }, { battery, ...properties }));
          const doors = data == null ? [] : [data];
          expect(doorsColumn.read(doorsColumn.write(doors))).toEqual(doors);
        },
      ),
    );
  });
});

describe('an account', () => {
  const accountOf = (facts: unknown) => accountSchema.parse(facts);
  const account = (facts: Facts): Facts => ({
    connected_account_id: 'account-1',
    account_type_display_name: 'August',
    display_name: 'shown@example.com',
    user_identifier: { email: 'olivia@example.com', phone: '+15550100', username: 'olivia' },
    errors: [],
    warnings: [],
    ...facts,
  });

  test.each<[Facts, string]>([
    [{}, 'August, olivia@example.com'],
    [{ user_identifier: { phone: '+15550100', username: 'olivia' } }, 'August, +15550100'],
    [{ user_identifier: { username: 'olivia' } }, 'August, olivia'],
    [{ user_identifier: {} }, 'August, shown@example.com'],
    [{ user_identifier: { email: '' } }, 'August, shown@example.com'],
    [{ user_identifier: {}, display_name: '\u200b' }, 'August'],
    [{ user_identifier: {}, display_name: 'August' }, 'August'],
    [{ user_identifier: null, display_name: 7 }, 'August'],
    [{ account_type_display_name: undefined, errors: null, warnings: undefined }, 'olivia@example.com'],
    [
      { user_identifier: 'olivia', display_name: null, account_type_display_name: null },
      'An account without a name',
    ],
  ])('with %j is called %s', (facts, name) => {
    expect(accountOf(account(facts))).toEqual({ id: 'account-1', name, healthy: true });
  });

  test.each([
    [[{ error_code: 'account_disconnected' }], [], false],
    [[], [{ warning_code: 'account_reauthorization_requested' }], false],
    [[{ error_code: 'bridge_disconnected' }], [{ warning_code: 'scheduled_maintenance_window' }], true],
  ])('with the errors %j and warnings %j is signed in: %s', (errors, warnings, healthy) => {
    expect(accountOf(account({ errors, warnings })).healthy).toBe(healthy);
  });

  test.each([null, {}, account({ connected_account_id: '' })])('that is %j cannot be read', (odd) => {
    expect(accountSchema.safeParse(odd).success).toBe(false);
  });
});
