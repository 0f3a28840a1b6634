import { accountOf } from './reach.ts';
import { deviceErrors, deviceWarnings } from './show/device.ts';
import { accountErrors, accountWarnings } from './show/records.ts';
import type { Account, Door } from './world.ts';

/** What every event of a device says of it. */
export function aboutDevice(door: Door): Record<string, unknown> {
  return aboutDeviceOf(door, accountOf(door));
}

/** The same for a device whose account is already gone. */
export function aboutDeviceOf(door: Door, account: Account): Record<string, unknown> {
  return {
    ...aboutAccount(account),
    device_id: door.deviceId,
    device_custom_metadata: {},
  };
}

/** What every event of an account says of it. */
export function aboutAccount(account: Account): Record<string, unknown> {
  return { connected_account_id: account.id, connected_account_custom_metadata: account.metadata };
}

/** What an event says of the troubles of an account. */
export function accountTroubles(account: Account): Record<string, unknown> {
  return {
    connected_account_errors: accountErrors(account).map(shortly),
    connected_account_warnings: accountWarnings(account),
  };
}

/** What an event says of the troubles of a device and its account. */
export function troubles(door: Door): Record<string, unknown> {
  const account = accountOf(door);
  return {
    ...accountTroubles(account),
    device_errors: deviceErrors(door, account).map(shortly),
    device_warnings: deviceWarnings(door),
  };
}

/** An error as events tell it: without the flags that say whose it is. */
export function shortly(error: { error_code: string; message: string; created_at?: string | undefined }) {
  return { error_code: error.error_code, message: error.message, created_at: error.created_at };
}
