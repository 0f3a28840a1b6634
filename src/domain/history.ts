import type { Happening } from './happening.ts';
import type { DeviceId } from './ids.ts';
import type { Verb, Via } from './move.ts';
import type { Outcome } from './outcome.ts';
import type { SlackIdentity } from './person.ts';

/** A place in the history, which is in the order of moments (ms) and, within one, of ids. */
export interface Mark {
  readonly at: number;
  readonly id: string;
}

/** Where one reads on from a mark, which is not read again. */
export type Way = 'older' | 'newer';

/** Older than this is everything. */
export const NEWEST: Mark = { at: Number.MAX_SAFE_INTEGER, id: '' };

/** Something that was asked for here. */
export interface PastMove extends Mark {
  readonly kind: 'move';
  readonly who: SlackIdentity;
  readonly deviceId: DeviceId;
  /** As it was called then; null where it was never asked for its name. */
  readonly doorName: string | null;
  readonly verb: Verb;
  readonly via: Via;
  /** Null while it is under way. */
  readonly outcome: Outcome | null;
}

/** Something that Seam told of a door. */
export interface PastHappening extends Mark {
  readonly kind: 'happening';
  readonly happening: Happening;
}

/** The reader stopped their own unlocks, or ended that. */
interface PastPause extends Mark {
  readonly kind: 'pause';
  readonly what: 'paused' | 'resumed';
}

/** One thing of the past. */
export type Past = PastMove | PastHappening | PastPause;

/** Whether one comes before another for whoever reads this way. */
export function comesFirst(one: Mark, other: Mark, way: Way): boolean {
  const isOlder = one.at < other.at || (one.at === other.at && one.id < other.id);
  return way === 'older' ? !isOlder : isOlder;
}
