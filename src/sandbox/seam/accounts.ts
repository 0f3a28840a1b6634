import { randomUUID } from 'node:crypto';
import { aboutAccount, aboutDevice, aboutDeviceOf, accountTroubles } from './about.ts';
import { doorsIn } from './access.ts';
import type { Brand } from './brands.ts';
import { dropCodes } from './codes.ts';
import { tellConnected, tellDisconnected } from './doors.ts';
import { noticePins } from './keypad.ts';
import { USUAL_KEYPAD } from './lock.ts';
import { outOfReach } from './reach.ts';
import { placeOf, type Seed, seedsOf } from './seeds.ts';
import type { Account, Door, Webview, World } from './world.ts';

/** How long the devices of a fresh account take to appear. */
const FIRST_SYNC_MS = 300;

/** Signs in to a brand: the account that exists already for that brand and e-mail, or a new one, whose devices
 * appear a little later. `synced` is called when they are there. */
export function signInAccount(
  world: World,
  webview: Webview,
  brand: Brand,
  email: string,
  synced: () => void,
): Account {
  const known = [...world.accounts.values()].find((a) => a.brand === brand && a.email === email);
  const account = known ?? newAccount(world, webview, brand, email);
  Object.assign(account.metadata, webview.metadata);
  const about = { ...aboutAccount(account), connect_webview_id: webview.id };
  if (!known) world.emit('connected_account.created', about);
  world.emit('connected_account.successful_login', about);
  if (!known) world.emit('connected_account.connected', about);
  if (!known) world.clock.after(FIRST_SYNC_MS, () => syncFirst(world, account, synced));
  else {
    account.reauthorizationAt = null;
    restoreSignIn(world, account);
    synced();
  }
  return account;
}

function newAccount(world: World, webview: Webview, brand: Brand, email: string): Account {
  const account: Account = {
    seq: world.nextSeq(),
    id: randomUUID(),
    brand,
    email,
    metadata: {},
    capabilities: webview.capabilities,
    manageNewDevices: webview.manageNewDevices,
    createdAt: world.clock.iso(),
    signedOutAt: null,
    reauthorizationAt: null,
  };
  world.accounts.set(account.id, account);
  return account;
}

function syncFirst(world: World, account: Account, synced: () => void): void {
  if (world.accounts.has(account.id)) {
    for (const door of houseOf(world, account.brand, account.email)) discover(world, account, door);
    world.emit('connected_account.completed_first_sync', aboutAccount(account));
    world.changed();
  }
  synced();
}

function houseOf(world: World, brand: Brand, email: string): Door[] {
  const key = `${brand.key} ${email}`;
  const built = world.houses.get(key);
  if (built) return built;
  const doors = seedsOf(email).map((seed) => build(world, brand, email, seed));
  world.houses.set(key, doors);
  return doors;
}

function build(world: World, brand: Brand, email: string, seed: Seed): Door {
  const isLock = seed.kind === undefined;
  const now = world.clock.iso();
  return {
    seq: 0,
    name: seed.name,
    kind: seed.kind ?? 'lock',
    brand,
    email,
    place: placeOf(email),
    deviceId: randomUUID(),
    account: null,
    createdAt: now,
    locked: isLock ? (seed.locked ?? true) : null,
    seenLocked: null,
    battery: isLock ? (seed.battery === undefined ? 0.8 : seed.battery) : null,
    fate: seed.fate ?? { kind: 'works' },
    offlineAt: seed.online === false ? now : null,
    removedAt: null,
    canUnlockRemotely: isLock && (seed.canUnlockRemotely ?? true),
    canLockRemotely: isLock && (seed.canLockRemotely ?? seed.canUnlockRemotely ?? true),
    autoLockMs: seed.autoLockMs ?? null,
    stopAutoLock: null,
    doorOpen: seed.doorOpen ?? null,
    seenDoorOpen: null,
    keypad: seed.keypad ?? USUAL_KEYPAD,
    pins: new Set(),
    unmanaged: new Map(),
    moving: 0,
  };
}

function discover(world: World, account: Account, door: Door): void {
  if (door.removedAt !== null) return;
  if (world.devices.has(door.deviceId)) return;
  door.account = account;
  door.seq = world.nextSeq();
  door.createdAt = world.clock.iso();
  door.seenLocked = door.locked;
  door.seenDoorOpen = door.doorOpen;
  world.devices.set(door.deviceId, door);
  world.emit('device.added', aboutDevice(door));
  if (outOfReach(door) === null) world.emit('device.connected', aboutDevice(door));
  else tellDisconnected(world, door);
  noticePins(world, door);
}

/** Ends an account's sign-in, as a changed password does. */
export function endSignIn(world: World, account: Account): void {
  if (account.signedOutAt !== null) return;
  const reachable = doorsIn(world, account).filter((door) => outOfReach(door) === null);
  account.signedOutAt = world.clock.iso();
  world.emit('connected_account.disconnected', { ...aboutAccount(account), ...accountTroubles(account) });
  for (const door of reachable) tellDisconnected(world, door);
  world.changed();
}

/** Makes an account's sign-in work again. */
export function restoreSignIn(world: World, account: Account): void {
  if (account.signedOutAt === null) return;
  account.signedOutAt = null;
  world.emit('connected_account.connected', aboutAccount(account));
  for (const door of doorsIn(world, account)) tellConnected(world, door);
  world.emit('connected_account.completed_first_sync_after_reconnection', aboutAccount(account));
  world.changed();
}

/** Lets the brand ask for a new sign-in, which still works meanwhile. */
export function requestReauthorization(world: World, account: Account): void {
  if (account.reauthorizationAt !== null) return;
  account.reauthorizationAt = world.clock.iso();
  world.emit('connected_account.reauthorization_requested', {
    ...aboutAccount(account),
    ...accountTroubles(account),
  });
}

/** Takes an account and all that came with it out of Seam; the locks, and the codes in them, stay as they are. */
export function deleteAccount(world: World, account: Account): void {
  const doors = doorsIn(world, account);
  world.accounts.delete(account.id);
  forgetEvents(world, account);
  world.emit('connected_account.deleted', {
    ...aboutAccount(account),
    connected_account_type: account.brand.key,
  });
  for (const door of doors) {
    dropCodes(world, door);
    door.unmanaged.clear();
    world.devices.delete(door.deviceId);
    world.emit('device.deleted', { ...aboutDeviceOf(door, account), device_name: door.name });
    door.account = null;
    door.deviceId = randomUUID();
  }
  world.changed();
}

function forgetEvents(world: World, account: Account): void {
  const kept = world.events.filter((event) => event.connected_account_id !== account.id);
  world.events.splice(0, world.events.length, ...kept);
}
