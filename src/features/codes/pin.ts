import type { Context } from '../../context.ts';
import type { CodeStop } from '../../domain/code.ts';
import { ownDoor } from '../../finding/own.ts';
import type { StoredCode } from '../../store/code-row.ts';
import type { StoredPerson } from '../../store/people.ts';
import { stopOf } from './decide.ts';

/** Seam's word for a PIN that must be used within a day. */
const USE_SOON = 'igloo_algopin_must_be_used_within_24_hours';

/** What becomes of the wish to see a PIN. */
export type PinAsked =
  | { readonly kind: 'pin'; readonly pin: string; readonly useSoon: boolean }
  | { readonly kind: 'not_yours' }
  | { readonly kind: 'stopped'; readonly why: CodeStop }
  | { readonly kind: 'none' };

/**
 * The PIN of a code of this person's, whose door is theirs at this moment. It comes from Seam each time, and is kept
 * nowhere. None is shown while unlocks are stopped: it would open the door for good. Throws a SeamError or a StoreError
 * where that cannot be found out.
 */
export async function readPin(context: Context, person: StoredPerson, code: StoredCode): Promise<PinAsked> {
  const { seam, store, unlocksPaused } = context;
  if ((await ownDoor(context, person, code.deviceId)) === null) return { kind: 'not_yours' };
  const known = code.accessCodeId === null ? null : await seam.code(code.accessCodeId);
  if (known === null || known.pin === null) return { kind: 'none' };
  // Read last: whoever holds a phone that is lost must not read the PIN on it.
  const why = stopOf({ pausedAt: await store.pauses.since(person) }, unlocksPaused);
  if (why !== null) return { kind: 'stopped', why };
  return { kind: 'pin', pin: known.pin, useSoon: known.warnings.includes(USE_SOON) };
}
