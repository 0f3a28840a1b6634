import type { KnownBlock } from '@slack/types';
import { type Picked, startingValues, type Values } from './element-state.ts';

/** What one person did to the elements of a message or view. */
export interface Held {
  values: Values;
  /** The options that the app suggested, by `suggestionKey`. */
  suggested: Map<string, Picked[]>;
}

export function freshHeld(blocks: KnownBlock[]): Held {
  return { values: startingValues(blocks), suggested: new Map() };
}

export function suggestionKey(blockId: string, actionId: string): string {
  return JSON.stringify([blockId, actionId]);
}

/** What is held once other blocks are shown: where block and action ids stay, so does what was put in. */
export function heldAfter(held: Held, blocks: KnownBlock[]): Held {
  const fresh = startingValues(blocks);
  for (const [blockId, values] of Object.entries(fresh)) {
    for (const [actionId, value] of Object.entries(values)) {
      const before = held.values[blockId]?.[actionId];
      if (before?.type === value.type) values[actionId] = before;
    }
  }
  return { values: fresh, suggested: held.suggested };
}
