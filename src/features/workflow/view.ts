import type { Door } from '../../domain/door.ts';
import { plain } from '../../slack/mrkdwn.ts';

/** The longest part of what a workflow's builder has set that is shown back. */
const LONGEST_NAME = 80;

/** Why a step moved nothing: no door, or more than one, is called as its builder has set. */
export function notFoundLine(typed: string, found: { near: readonly Door[]; several: boolean }): string {
  const name = plain(typed, LONGEST_NAME);
  if (name === '')
    return 'Nothing was unlocked: the workflow names no door. Ask whoever built it to set one.';
  if (found.several) {
    return `Nothing was unlocked: more than one of your doors may be called “${name}”. Give the door a name of its own.`;
  }
  const [nearest] = found.near;
  const meant = nearest === undefined ? '' : ` Did whoever built the workflow mean “${plain(nearest.name)}”?`;
  return `Nothing was unlocked: none of your doors is called “${name}”.${meant}`;
}

/** For a step that was left half done, before any door was asked. */
export const leftLine =
  'Nothing was unlocked: Latchbolt could not finish this step. Start the workflow again.';
