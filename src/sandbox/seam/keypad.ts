import { randomUUID } from 'node:crypto';
import { aboutDevice } from './about.ts';
import { moveBolt } from './bolt.ts';
import { codesOf, retryCodes } from './codes.ts';
import { Refusal } from './http.ts';
import { isOver, isTaken, type Pin } from './lock.ts';
import { outOfReach } from './reach.ts';
import type { Door, World } from './world.ts';

/** A person types a PIN at the lock; true if it opens. */
export function enterPin(world: World, door: Door, digits: string): boolean {
  const now = world.clock.now();
  const known = [...door.pins].filter((pin) => pin.code === digits);
  const pin = known.find((one) => isTaken(one, now));
  if (!pin) {
    deny(world, door, known[0]);
    return false;
  }
  pin.firstUseBy = null;
  if (pin.oneTime) door.pins.delete(pin);
  moveBolt(world, door, false, { method: 'keycode', code: digits, ...seamCode(world, door, pin) });
  world.changed();
  return true;
}

function deny(world: World, door: Door, expired: Pin | undefined): void {
  if (door.account === null || outOfReach(door) !== null) return;
  const reason = expired
    ? { reason_code: 'expired_code', message: 'The code is not valid now.' }
    : { reason_code: 'unknown_code', message: 'The lock does not know the code.' };
  const { access_code_id } = expired ? seamCode(world, door, expired) : {};
  world.emit('lock.access_denied', {
    ...aboutDevice(door),
    ...(access_code_id === undefined ? {} : { access_code_id }),
    reason,
  });
}

/** By which id Seam knows a PIN, if it does. */
function seamCode(
  world: World,
  door: Door,
  pin: Pin,
): { access_code_id?: string; access_code_is_managed?: boolean } {
  const code = codesOf(world, door).find((one) => one.pin === pin);
  if (code) return { access_code_id: code.id, access_code_is_managed: true };
  const unmanaged = door.unmanaged.get(pin);
  return unmanaged === undefined ? {} : { access_code_id: unmanaged, access_code_is_managed: false };
}

/** Puts a PIN on the lock in the brand's own app, or changes its name. It works beside the lock, connected or not. */
export function putPin(world: World, door: Door, digits: string, name: string | null): void {
  const known = storedPin(door, digits);
  if (known) {
    known.name = name;
    return;
  }
  door.pins.add({
    seq: world.nextSeq(),
    code: digits,
    name,
    startsAt: null,
    endsAt: null,
    createdAt: world.clock.iso(),
    kind: 'stored',
    oneTime: false,
    firstUseBy: null,
  });
  noticePins(world, door);
}

/** Takes a PIN that Seam does not manage out of the lock in the brand's own app. */
export function takePin(world: World, door: Door, digits: string): void {
  const pin = storedPin(door, digits);
  if (!pin) throw new Refusal(404, 'not_found', 'The lock holds no such PIN');
  if (codesOf(world, door).some((code) => code.pin === pin)) {
    throw new Refusal(400, 'invalid_input', 'Seam manages this PIN; delete it there');
  }
  door.pins.delete(pin);
  noticePins(world, door);
}

/** The PIN in the lock's own list, or undefined. */
function storedPin(door: Door, digits: string): Pin | undefined {
  return [...door.pins].find((pin) => pin.kind === 'stored' && pin.code === digits);
}

/** Lets Seam see which PINs that it does not manage are on the lock, and which are there no more. */
export function noticePins(world: World, door: Door): void {
  if (door.account === null || outOfReach(door) !== null) return;
  const managed = new Set(codesOf(world, door).map((code) => code.pin));
  for (const pin of door.pins) {
    if (pin.kind === 'computed' || isOver(pin, world.clock.now())) continue;
    if (managed.has(pin) || door.unmanaged.has(pin)) continue;
    const id = randomUUID();
    door.unmanaged.set(pin, id);
    world.emit('access_code.unmanaged.created', { ...aboutDevice(door), access_code_id: id });
  }
  for (const [pin, id] of door.unmanaged) {
    if (door.pins.has(pin)) continue;
    door.unmanaged.delete(pin);
    world.emit('access_code.unmanaged.removed', { ...aboutDevice(door), access_code_id: id });
    retryCodes(world, door);
  }
}
