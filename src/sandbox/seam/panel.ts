import type { DoorPanel, View } from './drive.ts';
import type { Door, World } from './world.ts';

/** What the panel beside the page shows: every lock that was ever connected, thermostats left out. */
export function viewOf(world: World): View {
  const doors = [...world.houses.values()].flat().filter((door) => door.kind === 'lock' && door.seq > 0);
  const { name, sandbox } = world.workspace;
  return { workspace: { name, sandbox }, doors: doors.map(panelOf) };
}

function panelOf(door: Door): DoorPanel {
  return {
    deviceId: door.deviceId,
    name: door.name,
    brand: door.brand.name,
    account: door.email,
    connected: door.account !== null && door.account.signedOutAt === null && door.removedAt === null,
    locked: door.locked,
    moving: door.moving > 0,
    online: door.offlineAt === null,
    battery: door.battery,
    fate: door.fate,
    doorOpen: door.doorOpen,
    autoLockMs: door.autoLockMs,
  };
}

/** The lock of that device id, connected or not. */
export function doorOnPanel(world: World, deviceId: string): Door | undefined {
  return [...world.houses.values()].flat().find((door) => door.deviceId === deviceId);
}
