import type { Device } from 'seam';
import { outOfReach } from '../reach.ts';
import type { Account, Door, World } from '../world.ts';

/** How full a battery is, in Seam's words. */
export function batteryStatus(level: number): 'critical' | 'low' | 'good' | 'full' {
  if (level < 0.1) return 'critical';
  if (level < 0.25) return 'low';
  return level < 0.75 ? 'good' : 'full';
}

/** What is wrong with a device, in Seam's words. */
export function deviceErrors(door: Door, account: Account): Device['errors'] {
  const errors: Device['errors'] = [];
  if (account.signedOutAt !== null) {
    errors.push({
      error_code: 'account_disconnected',
      is_connected_account_error: true,
      is_device_error: false,
      message: 'The account of this device is disconnected. Its owner must sign in again.',
      created_at: account.signedOutAt,
    });
  }
  if (door.removedAt !== null) {
    errors.push({
      error_code: 'device_removed',
      is_device_error: true,
      message: 'The device was removed from its account.',
      created_at: door.removedAt,
    });
  }
  if (door.offlineAt !== null) {
    errors.push({
      error_code: 'device_offline',
      is_device_error: true,
      message: 'The device is offline.',
      created_at: door.offlineAt,
    });
  }
  return errors;
}

/** What should be looked at in a device, in Seam's words. Seam has none for a low battery. */
export function deviceWarnings(door: Door): Device['warnings'] {
  if (door.kind !== 'lock' || door.canUnlockRemotely) return [];
  return [
    {
      warning_code: 'hub_required_for_additional_capabilities',
      message: 'Connect a hub to unlock this door from afar.',
      created_at: door.createdAt,
    },
  ];
}

/** A device as Seam's API shows it. */
export function showDevice(world: World, door: Door, account: Account): Device {
  const isLock = door.kind === 'lock';
  const zone = 'Europe/Berlin';
  return {
    device_id: door.deviceId,
    workspace_id: world.workspace.id,
    connected_account_id: account.id,
    device_type: isLock ? door.brand.deviceType : 'ecobee_thermostat',
    display_name: door.name,
    nickname: door.name,
    is_managed: true,
    created_at: door.createdAt,
    space_ids: [],
    custom_metadata: {},
    location: { location_name: door.place, time_zone: zone, timezone: zone },
    device_manufacturer: { manufacturer: makerOf(door), display_name: makerNameOf(door) },
    device_provider: {
      device_provider_name: account.brand.key,
      display_name: account.brand.name,
      image_url: `${world.url}/assets/${account.brand.key}.svg`,
      provider_category: 'consumer_smartlocks',
    },
    ...(isLock ? lockCapabilities(door) : thermostatCapabilities()),
    properties: {
      ...commonProperties(world, door),
      ...(isLock ? lockProperties(door) : thermostatProperties()),
    },
    errors: deviceErrors(door, account),
    warnings: deviceWarnings(door),
  };
}

function makerOf(door: Door): string {
  return door.kind === 'lock' ? door.brand.key : 'ecobee';
}

function makerNameOf(door: Door): string {
  return door.kind === 'lock' ? door.brand.name : 'ecobee';
}

function lockCapabilities(door: Door) {
  return {
    capabilities_supported: [
      'access_code' as const,
      ...(door.canUnlockRemotely || door.canLockRemotely ? ['lock' as const] : []),
      ...(door.battery === null ? [] : ['battery' as const]),
    ],
    can_remotely_unlock: door.canUnlockRemotely,
    can_remotely_lock: door.canLockRemotely,
    can_program_online_access_codes: door.keypad.online,
    can_program_offline_access_codes: door.keypad.offline,
    can_unlock_with_code: true,
    can_simulate_connection: true,
    can_simulate_disconnection: true,
    can_simulate_removal: true,
  };
}

function thermostatCapabilities() {
  return {
    capabilities_supported: ['thermostat' as const],
    can_hvac_heat: true,
    can_hvac_cool: false,
    can_hvac_heat_cool: false,
    can_turn_off_hvac: true,
  };
}

function commonProperties(world: World, door: Door) {
  const isLock = door.kind === 'lock';
  return {
    name: door.name,
    appearance: { name: door.name },
    manufacturer: makerOf(door),
    model: {
      display_name: isLock ? door.brand.model : 'Smart Thermostat',
      manufacturer_display_name: makerNameOf(door),
      accessory_keypad_supported: false,
      can_connect_accessory_keypad: false,
      has_built_in_keypad: isLock,
      online_access_codes_supported: isLock && door.keypad.online,
      offline_access_codes_supported: isLock && door.keypad.offline,
    },
    online: outOfReach(door) === null,
    has_direct_power: door.battery === null,
    image_url: `${world.url}/assets/${door.brand.key}.svg`,
    image_alt_text: isLock ? `${door.brand.name} ${door.brand.model}` : 'Thermostat',
    serial_number: door.deviceId.slice(0, 8),
    supports_accessory_keypad: false,
    supports_offline_access_codes: isLock && door.keypad.offline,
    offline_access_codes_enabled: isLock && door.keypad.offline,
    online_access_codes_enabled: isLock && door.keypad.online,
    ...(door.battery === null
      ? {}
      : {
          battery: { level: door.battery, status: batteryStatus(door.battery) },
          battery_level: door.battery,
        }),
  };
}

/** For which times a maker computes codes. */
const OFFLINE_TIME_FRAMES = [
  { display_name: 'Hourly', min_duration: 'PT1H', max_duration: 'PT672H' },
  {
    display_name: 'Daily',
    min_duration: 'P29D',
    max_duration: 'P367D',
    matching_start_end_time: true as const,
  },
];

function lockProperties(door: Door) {
  const { lengths, most, constraints, offline } = door.keypad;
  return {
    ...(door.seenLocked === null ? {} : { locked: door.seenLocked }),
    has_native_entry_events: true,
    ...(door.seenDoorOpen === null ? {} : { door_open: door.seenDoorOpen }),
    ...(door.autoLockMs === null
      ? {}
      : { auto_lock_enabled: true, auto_lock_delay_seconds: door.autoLockMs / 1000 }),
    supported_code_lengths: [...lengths],
    max_active_codes_supported: most,
    code_constraints: constraints.map((constraint_type) => ({ constraint_type })),
    ...(offline ? { offline_time_frame_options: OFFLINE_TIME_FRAMES } : {}),
    supports_backup_access_code_pool: false,
    ...door.brand.metadata(door.deviceId, door.name),
  };
}

function thermostatProperties() {
  return {
    temperature_celsius: 20.5,
    temperature_fahrenheit: 68.9,
    relative_humidity: 0.45,
    is_heating: false,
    is_cooling: false,
    is_fan_running: false,
    available_hvac_mode_settings: ['off' as const, 'heat' as const],
    available_climate_presets: [],
  };
}
