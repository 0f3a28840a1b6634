import type { Account, Door } from './world.ts';

/** Why Seam cannot reach a device right now, in Seam's words, or null where it can. */
export function outOfReach(door: Door): { type: string; message: string } | null {
  if (door.account?.signedOutAt != null) {
    return { type: 'account_disconnected', message: 'The account of this device is disconnected.' };
  }
  if (door.removedAt !== null) {
    return { type: 'device_removed', message: 'The device was removed from its account.' };
  }
  if (door.offlineAt !== null) return { type: 'device_offline', message: 'The device is offline.' };
  return null;
}

/** The account by which Seam knows a door; asked only of doors that it knows. */
export function accountOf(door: Door): Account {
  if (door.account === null) throw new Error(`Seam does not know ${door.name}`);
  return door.account;
}
