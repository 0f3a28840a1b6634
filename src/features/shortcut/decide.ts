import { looksLikeId } from '../../domain/id-schema.ts';
import { type DeviceId, deviceId } from '../../domain/ids.ts';
import type { Values } from '../../slack/deed.ts';

/** The block that holds the select. */
export const DOOR_BLOCK = 'door';

/** The door that was picked; null for none, and for anything that we did not offer. */
export function pickedDoor(values: Values): DeviceId | null {
  const [picked = '', another] = values[DOOR_BLOCK] ?? [];
  return another === undefined && looksLikeId(picked) ? deviceId(picked) : null;
}

/** When the modal was opened, ms, as it says itself; null for anything that we did not write. */
export function readMoment(metadata: string): number | null {
  return /^\d{1,15}$/.test(metadata) ? Number(metadata) : null;
}
