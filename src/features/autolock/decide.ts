import type { DoorSetting } from '../../domain/follow.ts';
import type { Values } from '../../slack/deed.ts';

const MINUTE_MS = 60_000;

/** The times that can be chosen, minutes; `off` stands before them. */
export const NUDGE_MINUTES = [5, 10, 15, 30, 60] as const;
export const LOCK_MINUTES = [1, 2, 5, 10, 15, 30, 60] as const;

/** The fields of the modal, by block id. */
export const FIELDS = { nudge: 'nudge', lock: 'lock' } as const;

/** What was chosen; null for anything that cannot be. A field that is not there is off. */
export function readSetting(values: Values): DoorSetting | null {
  const nudge = readChoice(values[FIELDS.nudge], NUDGE_MINUTES);
  const lock = readChoice(values[FIELDS.lock], LOCK_MINUTES);
  return nudge === undefined || lock === undefined ? null : { nudgeAfterMs: nudge, lockAfterMs: lock };
}

function readChoice(
  picked: readonly string[] | undefined,
  minutes: readonly number[],
): number | null | undefined {
  const [choice = 'off', ...more] = picked ?? [];
  if (more.length > 0) return undefined;
  if (choice === 'off') return null;
  const chosen = minutes.find((each) => choice === String(each));
  return chosen === undefined ? undefined : chosen * MINUTE_MS;
}

/** The value of a choice in the modal. */
export function choiceOf(afterMs: number | null): string {
  return afterMs === null ? 'off' : String(afterMs / MINUTE_MS);
}
