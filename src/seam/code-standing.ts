import type { CodeRefusal, CodeStanding, CodeTrouble } from '../domain/code.ts';
import { outcomeOfFailedMove, type SeamError } from './errors.ts';
import type { AccessCode } from './port.ts';

/** What Seam's errors of a code are about; those that are not here are the lock's own, and can wait. */
const TROUBLES: Readonly<Record<string, CodeTrouble>> = {
  duplicate_code_on_device: 'duplicate',
  no_space_for_access_code_on_device: 'no_room',
  code_constraints_violated: 'constraints',
  conflicting_external_modification: 'changed_elsewhere',
  access_code_inactive: 'changed_elsewhere',
  failed_to_set_on_device: 'lock_refused',
  failed_to_issue: 'lock_refused',
  failed_to_update: 'lock_refused',
  failed_to_remove: 'lock_refused',
  failed_to_remove_from_device: 'lock_refused',
  provider_issue: 'lock_refused',
  account_disconnected: 'sign_in_again',
  missing_device_credentials: 'sign_in_again',
  insufficient_permissions: 'not_permitted',
  august_lock_not_authorized: 'not_permitted',
  subscription_required: 'not_permitted',
  salto_ks_subscription_limit_exceeded: 'not_permitted',
  device_removed: 'gone',
};
/** The lock is out of reach: what is asked of it is done when it is back. */
const OUT_OF_REACH = /offline|_disconnected$|^delay_in_/;

/**
 * How a code stands, from what Seam says of it; `before` is what was known. What Seam cannot say (`unknown`) changes
 * nothing.
 */
export function standingOf({ status, errors, warnings }: AccessCode, before: CodeStanding): CodeStanding {
  const [trouble] = errors.flatMap((code) => (Object.hasOwn(TROUBLES, code) ? (TROUBLES[code] ?? []) : []));
  const delayed = [...errors, ...warnings].some((code) => OUT_OF_REACH.test(code));
  switch (status) {
    case 'setting':
      return trouble === undefined ? { kind: 'setting', delayed } : { kind: 'failed', why: trouble };
    case 'removing':
      return trouble === undefined ? { kind: 'removing', delayed } : { kind: 'not_removed', why: trouble };
    case 'unset':
      return isBroken(trouble) ? { kind: 'failed', why: trouble } : { kind: 'scheduled' };
    case 'set':
      return isBroken(trouble) ? { kind: 'failed', why: trouble } : { kind: 'set' };
    case 'unknown':
      if (before.kind !== 'asking' && before.kind !== 'unknown') return before;
      return { kind: 'failed', why: trouble ?? 'lock_refused' };
  }
}

/** Whether a lock that has learnt a code does not take it all the same: it needs no connection for that. */
function isBroken(trouble: CodeTrouble | undefined): trouble is CodeTrouble {
  return trouble === 'changed_elsewhere';
}

/**
 * What a failed request for a code means: none was made, or, after a timeout, a lost answer or a 5xx, nobody knows. It is
 * never sent again.
 */
export function standingOfFailure(error: SeamError, offline: boolean): CodeStanding {
  const outcome = outcomeOfFailedMove(error);
  if (outcome.kind !== 'failed') return { kind: 'unknown' };
  const { waitMs } = outcome;
  if (error.code === 'device_not_supported') return { kind: 'refused', why: 'no_codes', waitMs };
  if (offline && error.code === 'invalid_input') return { kind: 'refused', why: 'times', waitMs };
  return { kind: 'refused', why: refusalOf(outcome.reason), waitMs };
}

function refusalOf(reason: string): CodeRefusal {
  const known: readonly CodeRefusal[] = [
    'sign_in_again',
    'not_permitted',
    'offline',
    'gone',
    'seam_unreachable',
    'seam_busy',
    'seam_key',
  ];
  return known.find((one) => one === reason) ?? 'lock_refused';
}
