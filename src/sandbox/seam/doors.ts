import { aboutDevice, troubles } from './about.ts';
import { awaitAutoLock, METHODS, moveBolt, showBolt } from './bolt.ts';
import { reachCodes, retryCodes } from './codes.ts';
import type { DoorAct } from './drive.ts';
import { Refusal } from './http.ts';
import { noticePins } from './keypad.ts';
import { outOfReach } from './reach.ts';
import { batteryStatus } from './show/device.ts';
import type { Door, World } from './world.ts';

/** Says that a device is out of reach now. */
export function tellDisconnected(world: World, door: Door): void {
  const reason =
    outOfReach(door)?.type === 'account_disconnected' ? 'account_disconnected' : 'device_disconnected';
  world.emit('device.disconnected', { ...aboutDevice(door), ...troubles(door), error_code: reason });
}

/** Says that a device is in reach again, and catches up with what happened meanwhile. */
export function tellConnected(world: World, door: Door): void {
  if (outOfReach(door) !== null) return;
  world.emit('device.connected', aboutDevice(door));
  showBolt(world, door, { method: 'unknown' });
  door.seenDoorOpen = door.doorOpen;
  noticePins(world, door);
  reachCodes(world, door);
}

/** Changes a door by hand, or its circumstances. */
export function actOnDoor(world: World, door: Door, act: Omit<DoorAct, 'deviceId'>): void {
  if (act.online !== undefined) setOnline(world, door, act.online);
  if (act.removed !== undefined) setRemoved(world, door, act.removed);
  if (act.battery !== undefined) setBattery(world, door, act.battery);
  if (act.autoLockMs !== undefined) {
    door.autoLockMs = act.autoLockMs;
    awaitAutoLock(world, door);
  }
  if (act.locked !== undefined) moveBolt(world, door, act.locked, { method: METHODS[act.by ?? 'hand'] });
  if (act.doorOpen !== undefined) setDoorOpen(door, act.doorOpen);
  if (act.tampered && isHeard(door)) world.emit('device.tampered', aboutDevice(door));
  if (act.fate !== undefined) {
    door.fate = act.fate;
    retryCodes(world, door);
  }
  world.changed();
}

/** Whether Seam hears of what happens at the door. */
function isHeard(door: Door): boolean {
  return door.account !== null && outOfReach(door) === null;
}

function setDoorOpen(door: Door, open: boolean): void {
  if (door.doorOpen === null) throw new Refusal(400, 'invalid_input', `${door.name} has no sensor`);
  door.doorOpen = open;
  if (isHeard(door)) door.seenDoorOpen = open;
}

function setOnline(world: World, door: Door, online: boolean): void {
  if (online === (door.offlineAt === null)) return;
  door.offlineAt = online ? null : world.clock.iso();
  if (door.account === null) return;
  if (online) tellConnected(world, door);
  else if (door.account.signedOutAt === null && door.removedAt === null) tellDisconnected(world, door);
}

function setRemoved(world: World, door: Door, removed: boolean): void {
  if (removed === (door.removedAt !== null)) return;
  door.removedAt = removed ? world.clock.iso() : null;
  if (door.account === null) return;
  world.emit(removed ? 'device.removed' : 'device.added', aboutDevice(door));
  if (!removed) tellConnected(world, door);
}

function setBattery(world: World, door: Door, level: number | null): void {
  const before = door.battery === null ? null : batteryStatus(door.battery);
  door.battery = level;
  if (level === null || !isHeard(door)) return;
  const status = batteryStatus(level);
  if (status === before) return;
  world.emit('device.battery_status_changed', {
    ...aboutDevice(door),
    battery_level: level,
    battery_status: status,
  });
  const isLow = status === 'low' || status === 'critical';
  const wasLow = before === 'low' || before === 'critical';
  if (isLow && !wasLow) world.emit('device.low_battery', { ...aboutDevice(door), battery_level: level });
}
