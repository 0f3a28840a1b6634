import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';

/** The times by which a `SocketReceiver` opens, watches and leaves its connections, ms. */
export interface SocketPace {
  /** How long opening a connection may take in all. */
  readonly openMs: number;
  /** How long a ping may stay unanswered. */
  readonly pongMs: number;
  /** The longest wait between two tries. With `openMs` it bounds how late we notice that the network is back. */
  readonly longestWaitMs: number;
  /** Connections in a row that live shorter than this are made again ever more slowly, so that a door that is slammed
   * shut each time is not stormed. */
  readonly stableMs: number;
  /** How long a connection that Slack asked us to leave still serves once another has taken over. */
  readonly lingerMs: number;
}

/** At worst a try that hangs (12 s) and a wait (8 s) lie between the network's return and the next try: 20 s. */
export const PACE: SocketPace = {
  openMs: 12_000,
  pongMs: 5_000,
  longestWaitMs: 8_000,
  stableMs: 2_000,
  lingerMs: 3_000,
};

/** The longest that we believe Slack's `Retry-After`, ms. */
const LONGEST_RATE_WAIT_MS = 60_000;

/**
 * How long to wait before the next try, ms: at least as long as Slack asked for, else doubling with each failure in a
 * row from 250 up to `longestMs`, shortened by up to a half at random, so that connections which fell together do not
 * all come back at once.
 *
 * @param random gives numbers from 0 to 1.
 */
export function waitAfter(
  failures: number,
  fault: unknown,
  longestMs: number,
  random: () => number = Math.random,
): number {
  if (failures === 0) return 0;
  const own = Math.min(longestMs, 250 * 2 ** (failures - 1)) * (1 - random() / 2);
  const asked = fault instanceof WebAPIRateLimitedError ? fault.retryAfter * 1000 : 0;
  return Math.max(own, Math.min(asked, LONGEST_RATE_WAIT_MS));
}

/** Slack's answers that say that the token is wrong, not that something is down. */
const TOKEN_FAULTS: ReadonlySet<string> = new Set([
  'not_authed',
  'invalid_auth',
  'not_allowed_token_type',
  'token_revoked',
  'token_expired',
  'account_inactive',
  'missing_scope',
  'no_permission',
]);

/** True when trying again cannot help before somebody changes the configuration. */
export function isTokenFault(fault: unknown): boolean {
  return fault instanceof WebAPIPlatformError && TOKEN_FAULTS.has(fault.data.error);
}

/** Why the network failed, e.g. `ENOTFOUND`: it stands in the innermost of the errors that each wrap the next. */
export function networkCode(fault: unknown): string | undefined {
  if (!(fault instanceof Error)) return undefined;
  const inner = networkCode(fault.cause);
  if (inner !== undefined) return inner;
  return 'code' in fault && typeof fault.code === 'string' && /^[A-Z_]{3,40}$/.test(fault.code)
    ? fault.code
    : undefined;
}
