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
      ...(door.canUnlockRemotely ? ['lock' as const] : []),
      ...(door.battery === null ? [] : ['battery' as const]),
    ],
    can_remotely_unlock: door.canUnlockRemotely,
    can_remotely_lock: door.canUnlockRemotely,
    can_program_online_access_codes: true,
    can_program_offline_access_codes: false,
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
      online_access_codes_supported: isLock,
      offline_access_codes_supported: false,
    },
    online: outOfReach(door) === null,
    has_direct_power: door.battery === null,
    image_url: `${world.url}/assets/${door.brand.key}.svg`,
    image_alt_text: isLock ? `${door.brand.name} ${door.brand.model}` : 'Thermostat',
    serial_number: door.deviceId.slice(0, 8),
    supports_accessory_keypad: false,
    supports_offline_access_codes: false,
    offline_access_codes_enabled: false,
    online_access_codes_enabled: isLock,
    ...(door.battery === null
      ? {}
      : {
          battery: { level: door.battery, status: batteryStatus(door.battery) },
          battery_level: door.battery,
        }),
  };
}

/** The lengths of code that every lock here takes, and how many codes it holds. */
export const CODE_LENGTHS = [4, 5, 6, 7, 8];
export const MOST_CODES = 30;

function lockProperties(door: Door) {
  return {
    ...(door.seenLocked === null ? {} : { locked: door.seenLocked }),
    has_native_entry_events: true,
    supported_code_lengths: CODE_LENGTHS,
    max_active_codes_supported: MOST_CODES,
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
