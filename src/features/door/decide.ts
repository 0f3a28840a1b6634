import { looksLikeId } from '../../domain/id-schema.ts';
import { type DeviceId, deviceId, type ListingId, listingId } from '../../domain/ids.ts';

/** What a button of a door carries; null for anything that we did not write. */
export function readButton(args: readonly string[]): { listingId: ListingId; deviceId: DeviceId } | null {
  const [listing = '', device = '', ...more] = args;
  const ours = [listing, device].every((id) => looksLikeId(id)) && more.length === 0;
  return ours ? { listingId: listingId(listing), deviceId: deviceId(device) } : null;
}
