import type { Door } from '../../domain/door.ts';
import { fold } from '../../domain/fold.ts';
import { type DeviceId, deviceId } from '../../domain/ids.ts';
import { LONGEST_ALIAS } from '../../domain/limits.ts';

/** Why a word can be the name of no door. */
export type Unfit = 'too_long' | 'empty';

/**
 * Why a word can be the name of no door; null when it can. One that `/locks` knows can be (`/locks unlock list`): a name
 * only ever stands after one of those, so that nothing is mistaken for the other.
 */
export function unfit(word: string): Unfit | null {
  if (word.length > LONGEST_ALIAS) return 'too_long';
  return fold(word) === '' ? 'empty' : null;
}

/** Whether another door is called so: the word would win, and whoever types that name would open this one. */
export function isTaken(word: string, door: Door, doors: readonly Door[]): boolean {
  return doors.some(({ id, name }) => id !== door.id && fold(name) === fold(word));
}

/** What a button carries: the door, then the word for it; null for anything that we did not write. */
export function readButton(args: readonly string[]): { deviceId: DeviceId; word: string } | null {
  const [device = '', ...word] = args;
  return /^[\w-]{1,64}$/.test(device) && word.length > 0
    ? { deviceId: deviceId(device), word: word.join(' ') }
    : null;
}
