import { aboutDevice, shortly, troubles } from './about.ts';
import { type Ending, endAttempt } from './attempts.ts';
import { firstUseBy, isOver, type Pin } from './lock.ts';
import { outOfReach } from './reach.ts';
import { showCode } from './show/code.ts';
import type { Code, CodeError, Door, World } from './world.ts';

/** How long a lock takes to learn or forget a code. */
const PROGRAMMING_MS = 800;

/** The codes of a door. */
export function codesOf(world: World, door: Door): Code[] {
  return [...world.codes.values()].filter((code) => code.door === door);
}

/** Sends a code's newest wishes to the lock: it learns them after a while, or later, or never. */
export function programSoon(world: World, code: Code): void {
  code.status = 'setting';
  workSoon(world, code);
}

/** Takes a code out of the lock, then out of Seam. */
export function removeSoon(world: World, code: Code): void {
  if (code.status !== 'removing') {
    callOff(code);
    code.status = 'removing';
    code.delayedSince = null;
    code.pending = [{ kind: 'deleting', createdAt: world.clock.iso() }];
  } else if (code.error === null) return;
  workSoon(world, code);
}

/** Goes on with what waited for a lock that is in reach again. */
export function reachCodes(world: World, door: Door): void {
  for (const code of codesOf(world, door)) {
    if (code.delayedSince === null) continue;
    code.delayedSince = null;
    workSoon(world, code);
  }
}

/** Tries again what the lock refused or never answered. */
export function retryCodes(world: World, door: Door): void {
  for (const code of codesOf(world, door)) {
    const isUnfinished = code.status === 'setting' || code.status === 'removing';
    if (isUnfinished && code.stopWork === null && code.delayedSince === null) workSoon(world, code);
  }
}

function workSoon(world: World, code: Code): void {
  code.error = null;
  code.stopWork?.();
  code.stopWork = world.clock.after(PROGRAMMING_MS, () => {
    code.stopWork = null;
    if (!world.codes.has(code.id)) return;
    if (code.status === 'removing') remove(world, code);
    else program(world, code);
  });
}

/** Forgets a door's codes as its account is deleted: their PINs stay on the lock, and go on opening it. */
export function dropCodes(world: World, door: Door): void {
  for (const code of codesOf(world, door)) {
    callOff(code);
    world.codes.delete(code.id);
    world.emit('access_code.deleted', { ...aboutCode(code), code: code.code });
  }
}

/** What every event of a code says of it. */
export function aboutCode(code: Code): Record<string, unknown> {
  return { ...aboutDevice(code.door), access_code_id: code.id };
}

function callOff(code: Code): void {
  for (const cancel of code.timers.splice(0)) cancel();
}

function endAttempts(code: Code, ending: Ending): void {
  for (const attempt of code.attempts.splice(0)) endAttempt(attempt, ending);
}

function program(world: World, code: Code): void {
  if (outOfReach(code.door) !== null) {
    delay(world, code, 'setting');
    return;
  }
  if (code.door.fate.kind === 'hangs') return;
  const error = obstacle(world, code);
  if (error) fail(world, code, error);
  else settle(world, code);
}

/** Notes that the lock takes a code now, as soon as it has learnt it or the maker has computed it. */
export function settle(world: World, code: Code): void {
  callOff(code);
  settleChanges(world, code);
  store(world, code);
  const { startsAt, endsAt } = code;
  if (startsAt !== null && startsAt > world.clock.now()) schedule(world, code, startsAt);
  else begin(world, code);
  if (endsAt !== null) {
    const end = code.offline ? forget : removeSoon;
    code.timers.push(world.clock.after(endsAt - world.clock.now(), () => end(world, code)));
  }
  endAttempts(code, { result: { access_code: showCode(world, code) } });
}

function store(world: World, code: Code): void {
  const { code: digits, name, startsAt, endsAt, offline, oneTime } = code;
  const pin: Pin = {
    seq: code.pin?.seq ?? world.nextSeq(),
    code: digits,
    name,
    startsAt,
    endsAt,
    createdAt: code.createdAt,
    kind: offline ? 'computed' : 'stored',
    oneTime,
    firstUseBy: offline ? firstUseBy(code) : null,
  };
  if (code.pin) code.door.pins.delete(code.pin);
  code.pin = pin;
  code.door.pins.add(pin);
}

function schedule(world: World, code: Code, startsAt: number): void {
  code.status = 'unset';
  world.emit('access_code.scheduled_on_device', { ...aboutCode(code), code: code.code });
  code.timers.push(world.clock.after(startsAt - world.clock.now(), () => begin(world, code)));
}

function begin(world: World, code: Code): void {
  code.status = 'set';
  world.emit('access_code.set_on_device', { ...aboutCode(code), code: code.code });
}

function settleChanges(world: World, code: Code): void {
  const changes = code.pending.filter((mutation) => mutation.kind.startsWith('updating'));
  code.pending = [];
  for (const change of changes) {
    if (change.kind === 'updating_name') tellChange(world, code, 'name', change.from, change.to);
    if (change.kind === 'updating_code') tellChange(world, code, 'code', change.from, change.to);
    if (change.kind === 'updating_time_frame') {
      const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
      world.emit('access_code.time_frame_changed', {
        ...aboutCode(code),
        description: 'The time frame of the access code changed.',
        from: { starts_at: iso(change.from.startsAt), ends_at: iso(change.from.endsAt) },
        to: { starts_at: iso(change.to.startsAt), ends_at: iso(change.to.endsAt) },
      });
    }
  }
  if (changes.length > 0) world.emit('access_code.changed', aboutCode(code));
}

function tellChange(
  world: World,
  code: Code,
  what: 'name' | 'code',
  from: string | null,
  to: string | null,
): void {
  world.emit(`access_code.${what}_changed`, {
    ...aboutCode(code),
    description: `The ${what} of the access code changed.`,
    from: { [what]: from },
    to: { [what]: to },
  });
}

function obstacle(world: World, code: Code): CodeError | null {
  const createdAt = world.clock.iso();
  const now = world.clock.now();
  const others = [...code.door.pins].filter((pin) => pin !== code.pin && !isOver(pin, now));
  const same = others.find((pin) => pin.code === code.code);
  if (same) {
    const message = 'The lock already holds a code with this PIN.';
    return { code: 'duplicate_code_on_device', message, createdAt, duplicateOf: holderOf(world, code, same) };
  }
  if (others.length >= code.door.keypad.most) {
    const message = 'The lock has no room for another code.';
    return { code: 'no_space_for_access_code_on_device', message, createdAt, duplicateOf: null };
  }
  if (code.door.fate.kind === 'fails') {
    const message = `The lock did not take the code: ${code.door.fate.message}`;
    return { code: 'failed_to_set_on_device', message, createdAt, duplicateOf: null };
  }
  return null;
}

/** Which code of Seam's a PIN on the lock is, where Seam knows. */
function holderOf(world: World, { door }: Code, pin: Pin): CodeError['duplicateOf'] {
  const managed = codesOf(world, door).find((other) => other.pin === pin);
  if (managed) return { managed_access_code_id: managed.id };
  const unmanaged = door.unmanaged.get(pin);
  return unmanaged === undefined ? null : { unmanaged_access_code_id: unmanaged };
}

function fail(world: World, code: Code, error: CodeError): void {
  code.error = error;
  endAttempts(code, { error: { type: error.code, message: error.message } });
  const verb = code.status === 'removing' ? 'remove_from' : 'set_on';
  world.emit(`access_code.failed_to_${verb}_device`, { ...aboutCode(code), ...codeTroubles(world, code) });
}

function delay(world: World, code: Code, doing: 'setting' | 'removing'): void {
  if (code.delayedSince !== null) return;
  code.delayedSince = world.clock.iso();
  world.emit(`access_code.delay_in_${doing}_${doing === 'setting' ? 'on' : 'from'}_device`, {
    ...aboutCode(code),
    ...codeTroubles(world, code),
  });
}

function codeTroubles(world: World, code: Code): Record<string, unknown> {
  const { errors, warnings } = showCode(world, code);
  const own = errors.filter((error) => 'is_access_code_error' in error);
  return { ...troubles(code.door), access_code_errors: own.map(shortly), access_code_warnings: warnings };
}

function remove(world: World, code: Code): void {
  if (outOfReach(code.door) !== null) {
    delay(world, code, 'removing');
    return;
  }
  const { fate } = code.door;
  if (fate.kind === 'hangs') return;
  if (fate.kind === 'fails') {
    const message = `The lock did not give up the code: ${fate.message}`;
    const createdAt = world.clock.iso();
    fail(world, code, { code: 'failed_to_remove_from_device', message, createdAt, duplicateOf: null });
    return;
  }
  forget(world, code);
  retryCodes(world, code.door);
}

function forget(world: World, code: Code): void {
  callOff(code);
  if (code.pin) code.door.pins.delete(code.pin);
  world.codes.delete(code.id);
  endAttempts(code, { result: {} });
  world.emit('access_code.removed_from_device', aboutCode(code));
  world.emit('access_code.deleted', { ...aboutCode(code), code: code.code });
}
