import type { ConnectedAccountId, DeviceId } from './ids.ts';

/** What Seam last knew of a bolt; `unknown` where it does not say. */
export type LockState = 'locked' | 'unlocked' | 'unknown';

/** How full a lock's battery is. `level` runs from 0 to 1. */
export interface Battery {
  readonly level: number | null;
  readonly status: 'critical' | 'low' | 'good' | 'full' | null;
}

/** Something that Seam says is wrong with a lock, by Seam's code. */
export interface Problem {
  readonly kind: 'error' | 'warning';
  readonly code: string;
  /** Seam's own English sentence, for a code that we have no words for. */
  readonly message: string;
}

/** A lock that Seam lists for one person; to that person it is a door. */
export interface Door {
  readonly id: DeviceId;
  readonly accountId: ConnectedAccountId;
  /** As its owner wrote it; something of it can be seen. */
  readonly name: string;
  readonly state: LockState;
  readonly online: boolean;
  readonly battery: Battery | null;
  /** Whether the lock takes an unlock from afar at all. */
  readonly canUnlock: boolean;
  readonly problems: readonly Problem[];
}

/** The last time we saw a door move: by our own action, or by an event from Seam. */
export interface Sighting {
  readonly deviceId: DeviceId;
  readonly state: 'locked' | 'unlocked';
  /** ms since the epoch. */
  readonly at: number;
}

/** A brand's account that a person connected. */
export interface Account {
  readonly id: ConnectedAccountId;
  /** What its owner knows it by: brand and e-mail, phone or user name. Something of it can be seen. */
  readonly name: string;
  /** False once the brand wants its owner to sign in again. */
  readonly healthy: boolean;
}
