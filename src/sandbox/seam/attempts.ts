import { randomUUID } from 'node:crypto';
import type { Attempt, AttemptType, World } from './world.ts';

/** How an action attempt ends. */
export type Ending = { result: object } | { error: { type: string; message: string } };

/** An action attempt that has just begun. */
export function beginAttempt(world: World, type: AttemptType, deviceId: string): Attempt {
  const attempt: Attempt = {
    seq: world.nextSeq(),
    id: randomUUID(),
    type,
    deviceId,
    status: 'pending',
    result: null,
    error: null,
  };
  world.attempts.set(attempt.id, attempt);
  return attempt;
}

/** Ends it; only the first ending counts. */
export function endAttempt(attempt: Attempt, ending: Ending): void {
  if (attempt.status !== 'pending') return;
  if ('result' in ending) {
    attempt.status = 'success';
    attempt.result = ending.result;
  } else {
    attempt.status = 'error';
    attempt.error = ending.error;
  }
}
