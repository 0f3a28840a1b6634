import { z } from 'zod';
import type { SeenHow } from './happening.ts';
import { idSchema } from './id-schema.ts';
import { connectedAccountId, type DeviceId, deviceId } from './ids.ts';

/** What Seam last knew of a bolt; `unknown` where it does not say. */
const lockStateSchema = z.enum(['locked', 'unlocked', 'unknown']);
export type LockState = z.infer<typeof lockStateSchema>;

export const batteryStatusSchema = z.enum(['critical', 'low', 'good', 'full']);

const batterySchema = z
  .object({
    /** From 0 to 1. */
    level: z.number().nullable(),
    status: batteryStatusSchema.nullable(),
  })
  .readonly();
/** How full a lock's battery is. */
export type Battery = z.infer<typeof batterySchema>;

const problemSchema = z
  .object({
    kind: z.enum(['error', 'warning']),
    code: z.string(),
    /** Seam's own English sentence, for a code that we have no words for; may be empty. */
    message: z.string(),
  })
  .readonly();
/** Something that Seam says is wrong with a lock, by Seam's code. */
export type Problem = z.infer<typeof problemSchema>;

/** Which codes a lock takes from afar. */
const keypadSchema = z
  .object({
    /** Those that are sent to the lock, and can be taken back. */
    online: z.boolean(),
    /** Those that its maker computes: for whole hours, and nobody can take them back. */
    offline: z.boolean(),
    /** How many digits a PIN may have; empty where Seam does not say. */
    lengths: z.array(z.number()).readonly(),
    /** How long the name of a code may be; null for any length. */
    longestName: z.number().nullable(),
  })
  .readonly();
export type Keypad = z.infer<typeof keypadSchema>;

/** A lock that takes none. */
export const NO_CODES: Keypad = { online: false, offline: false, lengths: [], longestName: null };

/** A door as it is kept with a list. */
export const doorSchema = z
  .object({
    id: idSchema(deviceId),
    accountId: idSchema(connectedAccountId),
    /** As its owner wrote it; something of it can be seen. */
    name: z.string(),
    state: lockStateSchema,
    /** Null where Seam does not say: then nothing is said of it, and an unlock is worth a try. */
    online: z.boolean().nullable(),
    battery: batterySchema.nullable(),
    /** Whether the lock takes an unlock from afar at all. */
    canUnlock: z.boolean(),
    /** The same for locking. */
    canLock: z.boolean().default(false),
    codes: keypadSchema.default(NO_CODES),
    problems: z.array(problemSchema).readonly(),
  })
  .readonly();
/** A lock that Seam lists for one person; to that person it is a door. */
export type Door = z.infer<typeof doorSchema>;

/** The last time we saw a door move: by our own action, by an event from Seam, or by asking Seam. */
export interface Sighting {
  readonly deviceId: DeviceId;
  readonly state: 'locked' | 'unlocked';
  readonly how: SeenHow;
  /** ms since the epoch. */
  readonly at: number;
}

/** An account as it is kept with a person's Home. */
export const accountSchema = z
  .object({
    id: idSchema(connectedAccountId),
    /** What its owner knows it by: brand and e-mail, phone or user name. Something of it can be seen. */
    name: z.string(),
    /** False once the brand wants its owner to sign in again. */
    healthy: z.boolean(),
  })
  .readonly();
/** A brand's account that a person connected. */
export type Account = z.infer<typeof accountSchema>;
