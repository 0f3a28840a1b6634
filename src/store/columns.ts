import { z } from 'zod';
import type { Door } from '../domain/door.ts';
import { connectedAccountId, deviceId } from '../domain/ids.ts';
import type { Outcome } from '../domain/outcome.ts';

/** How JSON columns are read back: an older or damaged row must not become a wrong type. */
const json = <Value>(schema: z.ZodType<Value>) => ({
  read: (text: string): Value => schema.parse(JSON.parse(text)),
  write: (value: Value): string => JSON.stringify(value),
});

const failureReason = z.enum([
  'offline',
  'low_battery',
  'sign_in_again',
  'jammed',
  'privacy_mode',
  'not_remote',
  'not_permitted',
  'gone',
  'lock_refused',
  'seam_unreachable',
  'seam_slow',
  'seam_busy',
  'seam_fault',
  'seam_key',
  'not_recorded',
]);

export const outcomeColumn = json<Outcome>(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('unlocked') }),
    z.object({ kind: z.literal('sent') }),
    z.object({
      kind: z.literal('failed'),
      reason: failureReason,
      said: z.string().nullable(),
      waitMs: z.number().nullable(),
    }),
    z.object({ kind: z.literal('unknown'), why: z.enum(['timeout', 'lost', 'interrupted']) }),
    z.object({ kind: z.literal('refused'), why: z.enum(['not_yours', 'other_workspace']) }),
  ]),
);

const door: z.ZodType<Door> = z.object({
  id: z.string().transform(deviceId),
  accountId: z.string().transform(connectedAccountId),
  name: z.string(),
  state: z.enum(['locked', 'unlocked', 'unknown']),
  online: z.boolean(),
  battery: z
    .object({ level: z.number().nullable(), status: z.enum(['critical', 'low', 'good', 'full']).nullable() })
    .nullable(),
  canUnlock: z.boolean(),
  problems: z.array(z.object({ kind: z.enum(['error', 'warning']), code: z.string(), message: z.string() })),
});

export const doorsColumn = json<readonly Door[]>(z.array(door));
export const cursorsColumn = json<readonly (string | null)[]>(z.array(z.string().nullable()));
