/** What a lock holds and does by itself, whether or not Seam knows of it. */

/** A PIN as the lock itself takes it, whoever put it there. */
export interface Pin {
  seq: number;
  code: string;
  name: string | null;
  startsAt: number | null;
  endsAt: number | null;
  createdAt: string;
  /** `stored` in the lock's list of codes, or `computed` by the maker's algorithm, so that no list holds it. */
  kind: 'stored' | 'computed';
  oneTime: boolean;
  /** By when it must have been used once, or null. */
  firstUseBy: number | null;
}

/** What the makers of locks demand of a PIN, in Seam's words. */
export type CodeConstraint = 'cannot_start_with_12' | 'no_all_same_digits' | 'cannot_specify_pin_code';

/** Which codes a lock takes. */
export interface Keypad {
  /** Whether Seam can put codes on it from afar. */
  online: boolean;
  /** Whether the maker computes codes for it, which the lock takes without a connection. */
  offline: boolean;
  lengths: readonly number[];
  /** How many codes it holds. */
  most: number;
  constraints: readonly CodeConstraint[];
}

/** The keypad of most locks. */
export const USUAL_KEYPAD: Keypad = {
  online: true,
  offline: false,
  lengths: [4, 5, 6, 7, 8],
  most: 30,
  constraints: [],
};

/** What moves the bolt without Seam; `app` is the brand's own. */
export type By = 'hand' | 'key' | 'card' | 'app' | 'automatic';

/** Whether a lock opens for a PIN at that time (ms). */
export function isTaken(pin: Pin, now: number): boolean {
  const { startsAt, endsAt, firstUseBy } = pin;
  return (startsAt ?? now) <= now && now < (endsAt ?? Infinity) && now < (firstUseBy ?? Infinity);
}

/** Whether its time is over: the lock has dropped it. */
export function isOver({ endsAt }: Pin, now: number): boolean {
  return endsAt !== null && endsAt <= now;
}

const DAY_MS = 24 * 60 * 60_000;

/** By when a computed PIN must have been used once (ms): those that last over a day wait a day, the others wait on. */
export function firstUseBy({ startsAt, endsAt }: Pick<Pin, 'startsAt' | 'endsAt'>): number | null {
  return startsAt !== null && endsAt !== null && endsAt - startsAt > DAY_MS ? startsAt + DAY_MS : null;
}

/** What a maker's demand says of a PIN that breaks it, or null where it is kept. */
export function constraintBroken(constraint: CodeConstraint, code: string): string | null {
  switch (constraint) {
    case 'cannot_start_with_12':
      return code.startsWith('12') ? 'A code for this lock cannot start with 12' : null;
    case 'no_all_same_digits':
      return new Set(code).size === 1 ? 'A code for this lock cannot repeat one digit only' : null;
    case 'cannot_specify_pin_code':
      return 'The code of this lock cannot be chosen';
  }
}
