/** Why Seam could not be asked; nothing was sent. `seam_key`: it does not accept our API key. */
export type SeamReason = 'seam_unreachable' | 'seam_slow' | 'seam_busy' | 'seam_fault' | 'seam_key';

/** Why a door did not open, where that is certain. */
export type FailureReason =
  | 'offline'
  | 'low_battery'
  | 'sign_in_again'
  | 'jammed'
  | 'privacy_mode'
  | 'not_remote'
  | 'not_permitted'
  | 'gone'
  /** The lock or its maker refused, for a reason that only their own words tell. */
  | 'lock_refused'
  | SeamReason
  /** Our own journal could not be written, so nothing was sent. */
  | 'not_recorded';

/** Why somebody's click opened nothing, by rule. */
export type Refusal = 'not_yours' | 'other_workspace';

/** How an unlock ended. `unknown` is an honest answer: what was sent may have arrived. */
export type Outcome =
  | { readonly kind: 'unlocked' }
  /** Sent and accepted, but the lock itself has not confirmed it. */
  | { readonly kind: 'sent' }
  | {
      readonly kind: 'failed';
      readonly reason: FailureReason;
      /** The lock maker's own words, where there are any. Not escaped. */
      readonly said: string | null;
      /** How long to wait before another try, ms, where it is known. */
      readonly waitMs: number | null;
    }
  /** `timeout`: nothing said in time. `lost`: the answer to our request was lost. `interrupted`: we stopped. */
  | { readonly kind: 'unknown'; readonly why: 'timeout' | 'lost' | 'interrupted' }
  | { readonly kind: 'refused'; readonly why: Refusal };

/** A failure with nothing more to say about it. */
export function failed(
  reason: FailureReason,
  said: string | null = null,
  waitMs: number | null = null,
): Outcome {
  return { kind: 'failed', reason, said, waitMs };
}

/** Makes the compiler prove that a switch has every case. */
export function unreachable(value: never): never {
  throw new TypeError(`a case is missing for ${JSON.stringify(value)}`);
}
