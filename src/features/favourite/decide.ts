import { looksLikeId } from '../../domain/id-schema.ts';
import { type DeviceId, deviceId } from '../../domain/ids.ts';

/** What a button carries: the door, and the list that it stands in where it is one; null for what we did not write. */
export function readButton(args: readonly string[]): { deviceId: DeviceId; listing: string | null } | null {
  const [device = '', listing = null, ...more] = args;
  const ours = [device, listing ?? device].every((id) => looksLikeId(id)) && more.length === 0;
  return ours ? { deviceId: deviceId(device), listing } : null;
}
