import { type FailureReason, failed, type Outcome } from '../domain/outcome.ts';
import type { Attempt } from './port.ts';

/**
 * What a lock's refusal is about. Seam's OpenAPI leaves the type an open text, so that the order matters:
 * exact types first, then what the type or the message speaks of. Spaces of a message count as `_`.
 */
const SIGNS: readonly (readonly [RegExp, FailureReason])[] = [
  [/account_disconnected|reauthoriz|invalid_credentials|missing_device_credentials/i, 'sign_in_again'],
  [/privacy_mode/i, 'privacy_mode'],
  [/low_battery|battery/i, 'low_battery'],
  [/(?<![a-z])jam(med|ming)?(?![a-z])/i, 'jammed'],
  [/offline|disconnected|unreachable|hub_|bridge/i, 'offline'],
  [/not_authorized|insufficient_permissions|subscription/i, 'not_permitted'],
  [/device_removed|device_not_found/i, 'gone'],
  [/not_supported|unsupported|not_enabled/i, 'not_remote'],
];

/** The reason behind an action attempt's error. */
export function reasonOfAttempt(type: string, message: string): FailureReason {
  for (const words of [type, message.replaceAll(' ', '_')]) {
    const found = SIGNS.find(([sign]) => sign.test(words));
    if (found !== undefined) return found[1];
  }
  return 'lock_refused';
}

/** The outcome of a settled action attempt; null while it is pending. */
export function outcomeOfAttempt(attempt: Attempt): Outcome | null {
  switch (attempt.kind) {
    case 'pending':
      return null;
    case 'success':
      if (!attempt.confirmed) return { kind: 'sent' };
      return { kind: attempt.verb === 'lock' ? 'locked' : 'unlocked' };
    case 'error':
      return failed(reasonOfAttempt(attempt.type, attempt.message), attempt.message);
  }
}
