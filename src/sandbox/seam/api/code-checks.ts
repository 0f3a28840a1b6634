import { randomInt } from 'node:crypto';
import { codesOf } from '../codes.ts';
import { Refusal } from '../http.ts';
import { constraintBroken } from '../lock.ts';
import type { Door, World } from '../world.ts';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** How many computed codes may start at one time: within an hour, or one-time codes. */
const MOST_AT_ONCE = { hourly: 3, oneTime: 5 };

/** What is wished of a code, as far as it can be refused at once; times in ms. */
interface Wishes {
  code?: string | undefined;
  starts_at?: number | undefined;
  ends_at?: number | undefined;
}

interface OfflineWishes extends Wishes {
  is_one_time_use?: boolean | undefined;
  max_time_rounding?: '1hour' | '1day' | '1h' | '1d' | undefined;
}

/** When a code is valid; ms, null for open. */
interface Times {
  startsAt: number | null;
  endsAt: number | null;
}

/** Refuses what a lock could not take as a code of its own list. */
export function checkOnline(world: World, door: Door, wishes: Wishes): Times {
  if (door.kind !== 'lock' || !door.keypad.online) {
    throw new Refusal(400, 'device_not_supported', 'This device does not support access codes');
  }
  checkDigits(door, wishes.code);
  checkOrder(world, wishes);
  return { startsAt: wishes.starts_at ?? null, endsAt: wishes.ends_at ?? null };
}

/** Refuses what the maker could not compute, by igloohome's rules for algoPINs. */
export function checkOffline(world: World, door: Door, wishes: OfflineWishes): Times {
  if (door.kind !== 'lock' || !door.keypad.offline) {
    throw new Refusal(400, 'device_not_supported', 'This device does not support offline access codes');
  }
  if (wishes.code !== undefined) throw invalid('code', 'An offline access code cannot be chosen');
  const { starts_at: startsAt } = wishes;
  if (startsAt === undefined) throw invalid('starts_at', 'An offline access code needs starts_at');
  if (startsAt % HOUR_MS !== 0) throw invalid('starts_at', 'starts_at must be on the hour');
  const oneTime = wishes.is_one_time_use === true;
  const endsAt = oneTime ? startsAt + DAY_MS : wishes.ends_at;
  if (endsAt === undefined) throw invalid('ends_at', 'An offline access code needs ends_at');
  checkOrder(world, { starts_at: startsAt, ends_at: endsAt });
  if (!oneTime) checkLength(endsAt - startsAt, wishes.max_time_rounding?.startsWith('1d') === true);
  const most = oneTime ? MOST_AT_ONCE.oneTime : MOST_AT_ONCE.hourly;
  const beside = codesOf(world, door).filter((one) => one.startsAt === startsAt && one.oneTime === oneTime);
  if (beside.length >= most)
    throw invalid('starts_at', `Only ${most} offline access codes can start at once`);
  return { startsAt, endsAt };
}

function checkLength(length: number, daily: boolean): void {
  if (length % HOUR_MS !== 0) throw invalid('ends_at', 'ends_at must be on the hour');
  if (!daily) {
    if (length > 672 * HOUR_MS) throw invalid('ends_at', 'An hourly code lasts 1 to 672 hours');
    return;
  }
  if (length % DAY_MS !== 0)
    throw invalid('ends_at', 'A daily code ends at the time of day at which it starts');
  if (length < 29 * DAY_MS || length > 367 * DAY_MS)
    throw invalid('ends_at', 'A daily code lasts 29 to 367 days');
}

function checkDigits({ keypad }: Door, code: string | undefined): void {
  if (code === undefined) return;
  if (!keypad.lengths.includes(code.length)) {
    throw invalid('code', `This lock takes codes of ${keypad.lengths.join(', ')} digits`);
  }
  for (const constraint of keypad.constraints) {
    const broken = constraintBroken(constraint, code);
    if (broken !== null) throw invalid('code', broken);
  }
}

function checkOrder(world: World, { starts_at, ends_at }: Wishes): void {
  if (ends_at === undefined) return;
  if (ends_at <= world.clock.now()) throw invalid('ends_at', 'ends_at must be in the future');
  if (starts_at !== undefined && ends_at <= starts_at) {
    throw invalid('ends_at', 'ends_at must be after starts_at');
  }
}

/** Seam's refusal of one parameter. */
export function invalid(name: string, message: string): Refusal {
  return new Refusal(400, 'invalid_input', message, {
    validation_errors: { _errors: [], [name]: { _errors: [message] } },
  });
}

/** Digits that the lock takes and does not hold yet; the preferred length where it has that, else its shortest. */
export function freshCode({ keypad, pins }: Door, preferred: number | undefined): string {
  const shortest = Math.min(...keypad.lengths);
  const length = preferred !== undefined && keypad.lengths.includes(preferred) ? preferred : shortest;
  const taken = new Set([...pins].map(({ code }) => code));
  const demands = keypad.constraints.filter((one) => one !== 'cannot_specify_pin_code');
  for (;;) {
    const code = String(randomInt(10 ** length)).padStart(length, '0');
    if (!taken.has(code) && demands.every((one) => constraintBroken(one, code) === null)) return code;
  }
}
