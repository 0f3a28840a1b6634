import type { Door } from './door.ts';
import type { Happening, HappeningKind } from './happening.ts';

/**
 * A door as it is after what Seam told since it was listed at `since`, ms. Where its bolt is, sightings tell.
 * `happenings`: of any doors, in any order.
 */
export function doorSince(door: Door, happenings: readonly Happening[], since: number): Door {
  return happenings
    .filter(({ deviceId, at }) => deviceId === door.id && at >= since)
    .toSorted((one, other) => one.at - other.at)
    .reduce((known, { kind }) => after(known, kind), door);
}

function after(door: Door, kind: HappeningKind): Door {
  switch (kind) {
    case 'offline':
      return { ...door, online: false };
    case 'online':
    // A lock that was heard has a connection.
    case 'locked':
    case 'unlocked':
    case 'denied':
      return { ...door, online: true };
    case 'battery_low':
      return { ...door, battery: { level: door.battery?.level ?? null, status: 'low' } };
    case 'removed':
      return {
        ...door,
        problems: [...door.problems, { kind: 'error', code: 'device_removed', message: '' }],
      };
    case 'tampered':
      return door;
  }
}
