import type { Spread } from '../figures.ts';
import type { GoalName } from '../goals.ts';
import type { House } from '../house.ts';

/** How large everything is. */
export interface Size {
  readonly rounds: number;
  /** How long one slot of load is, ms. */
  readonly slotMs: number;
  /** How many single things are timed. */
  readonly samples: number;
  /** How long the open loop goes on, ms. */
  readonly openMs: number;
  readonly workspaces: number;
  readonly grown: { readonly people: number; readonly rows: number };
}

/** One server's part of a row. */
export interface Measure {
  readonly row: string;
  readonly server: string;
  /** Processor time of one, µs. */
  readonly us: Spread;
  /** The same over the peer's in the same round; null for rows without a peer. */
  readonly toPeer: Spread | null;
  readonly perSecond: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
}

/** What a row found. */
export interface Found {
  readonly figures?: Partial<Record<GoalName, number>>;
  readonly measures?: readonly Measure[];
  /** Figures without a goal: what, and its value with its unit. */
  readonly told?: readonly (readonly [what: string, value: string])[];
  /** What makes the run worthless or wrong; none is fine. */
  readonly faults?: readonly string[];
}

/** Part of the bench that can be run by its name alone. */
export interface Row {
  readonly name: string;
  run(house: House, size: Size): Promise<Found>;
}
