import { z } from 'zod';
import { idSchema } from '../domain/id-schema.ts';
import { actionAttemptId } from '../domain/ids.ts';
import type { Attempt } from './port.ts';

const unlockAttempt = { action_attempt_id: idSchema(actionAttemptId), action_type: z.literal('UNLOCK_DOOR') };

/**
 * What an error says. Half of it is enough; one that says nothing at all is no answer, from which it would be
 * rash to conclude that the door stayed locked.
 */
const said = z
  .object({ type: z.string().nullable().catch(null), message: z.string().nullable().catch(null) })
  .refine(({ type, message }) => type !== null || message !== null);

/** Reads the action attempt of an unlock. */
export const attemptSchema: z.ZodType<Attempt> = z
  .discriminatedUnion('status', [
    z.object({ ...unlockAttempt, status: z.literal('pending') }),
    z.object({
      ...unlockAttempt,
      status: z.literal('success'),
      result: z.object({ was_confirmed_by_device: z.boolean().catch(false) }),
    }),
    z.object({ ...unlockAttempt, status: z.literal('error'), error: said }),
  ])
  .transform((attempt): Attempt => {
    const id = attempt.action_attempt_id;
    switch (attempt.status) {
      case 'pending':
        return { kind: 'pending', id };
      case 'success':
        return { kind: 'success', id, confirmed: attempt.result.was_confirmed_by_device };
      case 'error': {
        const { type, message } = attempt.error;
        return { kind: 'error', id, type: type ?? 'unknown', message: message ?? '' };
      }
    }
  });
