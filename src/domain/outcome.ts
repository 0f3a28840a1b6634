import { z } from 'zod';

/** Why Seam could not be asked; nothing was sent. `seam_key`: it does not accept our API key. */
export const SEAM_REASONS = ['seam_unreachable', 'seam_slow', 'seam_busy', 'seam_fault', 'seam_key'] as const;
export type SeamReason = (typeof SEAM_REASONS)[number];

/** Why a bolt did not move, where that is certain. */
const FAILURE_REASONS = [
  'offline',
  'low_battery',
  'sign_in_again',
  'jammed',
  'privacy_mode',
  'not_remote',
  'not_permitted',
  'gone',
  /** The lock or its maker refused, for a reason that only their own words tell. */
  'lock_refused',
  ...SEAM_REASONS,
  /** Our own journal could not be written, so nothing was sent. */
  'not_recorded',
  /** Latchbolt ended before it asked, so nothing was sent. */
  'not_sent',
  /** The opposite is under way, so nothing was sent. */
  'crossed',
  /** Too many of this door, or by this person, within a minute; nothing was sent. */
  'door_limit',
  'person_limit',
] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

/** Why somebody's click moved nothing, by rule. */
const REFUSALS = [
  'not_yours',
  'other_workspace',
  'guest',
  'deactivated',
  'bot',
  /** The button is in a copy of the message, shared somewhere else. */
  'copy',
  /** The button is in a message of long ago. */
  'old',
  /** The operator has stopped all unlocks. */
  'paused',
  /** The person has stopped their own unlocks. */
  'paused_by_you',
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** An outcome as the journal keeps it. */
export const outcomeSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('unlocked') }),
    z.object({ kind: z.literal('locked') }),
    /** Sent and accepted, but the lock itself has not confirmed it. */
    z.object({ kind: z.literal('sent') }),
    z.object({
      kind: z.literal('failed'),
      reason: z.enum(FAILURE_REASONS),
      /** The lock maker's own words, where there are any. Not escaped. */
      said: z.string().nullable(),
      /** How long to wait before another try, ms, where it is known. */
      waitMs: z.number().nullable(),
    }),
    /** `timeout`: nothing said in time. `lost`: the answer to our request was lost. `interrupted`: we stopped. */
    z.object({ kind: z.literal('unknown'), why: z.enum(['timeout', 'lost', 'interrupted']) }),
    z.object({ kind: z.literal('refused'), why: z.enum(REFUSALS) }),
  ])
  .readonly();
/** How a move ended. `unknown` is an honest answer: what was sent may have arrived. */
export type Outcome = z.infer<typeof outcomeSchema>;

/** Whether two outcomes say the same: read, their fields stand in one order. */
export function isSame(one: Outcome, other: Outcome): boolean {
  return JSON.stringify(outcomeSchema.parse(one)) === JSON.stringify(outcomeSchema.parse(other));
}

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
