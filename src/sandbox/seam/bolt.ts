import { aboutDevice } from './about.ts';
import type { By } from './lock.ts';
import { outOfReach } from './reach.ts';
import type { Door, World } from './world.ts';

/** How a bolt came to move, in Seam's words. */
export type How =
  | { method: 'manual' | 'automatic' | 'card' | 'unknown' }
  | { method: 'remote'; action_attempt_id?: string }
  | { method: 'keycode'; code: string; access_code_id?: string; access_code_is_managed?: boolean };

/** Seam's word for each way to move a bolt without Seam; the brand's own app is `remote`, without an attempt. */
export const METHODS = {
  hand: 'manual',
  key: 'manual',
  card: 'card',
  app: 'remote',
  automatic: 'automatic',
} as const satisfies Record<By, How['method']>;

/** Moves the bolt, and lets Seam see it if it can hear of the lock. */
export function moveBolt(world: World, door: Door, locked: boolean | null, how: How | null): void {
  door.locked = locked;
  awaitAutoLock(world, door);
  showBolt(world, door, how);
}

/** Lets Seam see where the bolt is, if it can hear of the lock. */
export function showBolt(world: World, door: Door, how: How | null): void {
  const { locked } = door;
  if (door.account === null || outOfReach(door) !== null || door.seenLocked === locked) return;
  door.seenLocked = locked;
  if (locked === null || how === null) return;
  world.emit(locked ? 'lock.locked' : 'lock.unlocked', { ...aboutDevice(door), ...how });
}

/** Lets an unlocked door lock again by itself after its time, counted from now. */
export function awaitAutoLock(world: World, door: Door): void {
  door.stopAutoLock?.();
  door.stopAutoLock = null;
  if (door.autoLockMs === null || door.locked !== false) return;
  door.stopAutoLock = world.clock.after(door.autoLockMs, () => {
    moveBolt(world, door, true, { method: 'automatic' });
    world.changed();
  });
}
