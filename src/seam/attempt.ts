import { z } from 'zod';
import { idSchema } from '../domain/id-schema.ts';
import { actionAttemptId } from '../domain/ids.ts';
import type { Attempt } from './port.ts';

const attempted = {
  action_attempt_id: idSchema(actionAttemptId),
  action_type: z.enum(['UNLOCK_DOOR', 'LOCK_DOOR']),
};

/**
 * What an error says. Half of it is enough; one that says nothing at all is no answer, from which it would be
 * rash to conclude that the bolt stayed where it was.
 */
const said = z
  .object({ type: z.string().nullable().catch(null), message: z.string().nullable().catch(null) })
  .refine(({ type, message }) => type !== null || message !== null);

/** Reads the action attempt of an unlock or a lock. */
export const attemptSchema: z.ZodType<Attempt> = z
  .discriminatedUnion('status', [
    z.object({ ...attempted, status: z.literal('pending') }),
    z.object({
      ...attempted,
      status: z.literal('success'),
      result: z.object({ was_confirmed_by_device: z.boolean().catch(false) }),
    }),
    z.object({ ...attempted, status: z.literal('error'), error: said }),
  ])
  .transform((attempt): Attempt => {
    const verb = attempt.action_type === 'LOCK_DOOR' ? 'lock' : 'unlock';
    const about = { id: attempt.action_attempt_id, verb } as const;
    switch (attempt.status) {
      case 'pending':
        return { kind: 'pending', ...about };
      case 'success':
        return { kind: 'success', ...about, confirmed: attempt.result.was_confirmed_by_device };
      case 'error': {
        const { type, message } = attempt.error;
        return { kind: 'error', ...about, type: type ?? 'unknown', message: message ?? '' };
      }
    }
  });
