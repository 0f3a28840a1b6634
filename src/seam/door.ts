import type { Seam } from 'seam';
import type { Battery, Door, LockState, Problem } from '../domain/door.ts';
import { connectedAccountId, deviceId } from '../domain/ids.ts';
import { firstVisible } from '../domain/name.ts';

/** A device as the SDK types it. */
export type SeamDevice = Awaited<ReturnType<Seam['devices']['list']>>[number];

/** The door that a device is, or null for one that is no lock (a thermostat, a camera). */
export function doorOf(device: SeamDevice): Door | null {
  if (!isLock(device)) return null;
  return {
    id: deviceId(device.device_id),
    accountId: connectedAccountId(device.connected_account_id),
    name: firstVisible([device.display_name], 'A lock without a name'),
    state: stateOf(device),
    online: device.properties.online,
    battery: batteryOf(device),
    canUnlock: device.can_remotely_unlock === true,
    problems: [
      ...device.errors.map((error) => problem('error', error.error_code, error.message)),
      ...device.warnings.map((warning) => problem('warning', warning.warning_code, warning.message)),
    ],
  };
}

function isLock(device: SeamDevice): boolean {
  // One that opens by keypad only is a door too, with nothing to click.
  return (
    device.capabilities_supported.some(
      (capability) => capability === 'lock' || capability === 'access_code',
    ) ||
    device.can_remotely_unlock === true ||
    device.can_unlock_with_code === true
  );
}

function stateOf(device: SeamDevice): LockState {
  const { locked } = device.properties;
  if (typeof locked !== 'boolean') return 'unknown';
  return locked ? 'locked' : 'unlocked';
}

function batteryOf(device: SeamDevice): Battery | null {
  const { battery, battery_level } = device.properties;
  const level = battery?.level ?? battery_level ?? null;
  const status = battery?.status ?? null;
  return level === null && status === null ? null : { level, status };
}

function problem(kind: Problem['kind'], code: string, message: string): Problem {
  return { kind, code, message };
}
