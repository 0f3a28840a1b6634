import type { Door } from '../../domain/door.ts';
import { fold } from '../../domain/fold.ts';
import { looksLikeId } from '../../domain/id-schema.ts';
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

/** A word as a button carries it, where spaces part one thing from the next. */
export function carried(word: string): string {
  return Buffer.from(word).toString('base64url');
}

/** What a button to call a door carries; null for anything that we did not write. */
export function readButton(args: readonly string[]): { deviceId: DeviceId; word: string } | null {
  const [device = '', word = '', ...more] = args;
  const ours = looksLikeId(device) && more.length === 0;
  return ours ? { deviceId: deviceId(device), word: readWord([word]) } : null;
}

/** The word that a button carries; empty for anything that we did not write. */
export function readWord([word = '']: readonly string[]): string {
  return Buffer.from(word, 'base64url').toString();
}
