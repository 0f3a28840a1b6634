import type { AccessCodeId, ActionAttemptId, ConnectedAccountId, DeviceId } from './ids.ts';

/**
 * How a bolt was moved, as far as the lock tells: from afar, by a PIN at its keypad, by a card or a phone held to it, by
 * hand or key, or by itself.
 */
export type How = 'remote' | 'keypad' | 'card' | 'by_hand' | 'by_itself' | 'unknown';

/** How we know of it: `asked` for here and done, or `seen` so when Seam was asked how the door is. */
export type SeenHow = How | 'asked' | 'seen';

/** What can happen to a door without being asked for here. */
export type HappeningKind =
  | 'locked'
  | 'unlocked'
  /** Somebody was not let in: a wrong PIN, for instance. */
  | 'denied'
  | 'offline'
  | 'online'
  | 'battery_low'
  | 'tampered'
  | 'removed';

/** A code that was typed at a door. */
export interface TypedCode {
  readonly deviceId: DeviceId;
  readonly codeId: AccessCodeId;
}

/** Something that happened to a door, as Seam told it. */
export interface Happening {
  /** Seam's id of the event, by which the same is known again however it arrives. */
  readonly id: string;
  readonly deviceId: DeviceId;
  /** The account that the door belongs to, where Seam says. */
  readonly accountId: ConnectedAccountId | null;
  readonly kind: HappeningKind;
  /** Of a bolt that moved; null for all else. */
  readonly how: How | null;
  /** The code that was typed, where Seam knows it. */
  readonly codeId: AccessCodeId | null;
  /** What was asked of Seam, by us or another app, where this came of it. */
  readonly attemptId: ActionAttemptId | null;
  /** ms since the epoch. */
  readonly at: number;
}

/** The codes that were typed in all this. */
export function typedCodes(happenings: readonly Happening[]): readonly TypedCode[] {
  return happenings.flatMap(({ deviceId, codeId }) => (codeId === null ? [] : [{ deviceId, codeId }]));
}
