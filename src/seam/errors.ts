import { isSeamHttpApiError, isSeamHttpInvalidResponseError } from 'seam';
import { z } from 'zod';
import { failed, type Outcome, type SeamReason, unreachable } from '../domain/outcome.ts';
import { reasonOfAttempt } from './outcomes.ts';

/**
 * What went wrong between us and Seam.
 * - `unreachable`: nothing was sent.
 * - `timeout`, `lost`: sent perhaps, and no answer that can be read.
 * - `busy`: 429. `key`: Seam does not accept our API key. `rejected`: any other 4xx. `fault`: 5xx.
 */
export type SeamErrorKind = 'unreachable' | 'timeout' | 'lost' | 'busy' | 'key' | 'rejected' | 'fault';

/** The only error that leaves the Seam adapter: it has no `cause`, since that would carry the API key. */
export class SeamError extends Error {
  override readonly name = 'SeamError';
  readonly safeToLog = true;
  readonly kind: SeamErrorKind;
  readonly status: number | null;
  /** Seam's error type (`device_not_found`), or the network's (`ECONNRESET`). */
  readonly code: string;
  readonly requestId: string | null;
  /** How long Seam asks us to wait, ms. */
  readonly waitMs: number | null;

  constructor(facts: {
    kind: SeamErrorKind;
    status?: number | null;
    code: string;
    requestId?: string | null;
    waitMs?: number | null;
  }) {
    super(`Seam: ${facts.kind} (${facts.code})`);
    this.kind = facts.kind;
    this.status = facts.status ?? null;
    this.code = facts.code;
    this.requestId = facts.requestId ?? null;
    this.waitMs = facts.waitMs ?? null;
  }
}

/** axios's error, as far as it is safe to read: the SDK lets it through for empty bodies and network faults. */
const transportError = z.object({
  isAxiosError: z.literal(true),
  code: z.string().optional(),
  response: z.object({ status: z.number(), headers: z.looseObject({}).optional() }).optional(),
});

/** Codes with which the connection was never made, so that nothing can have been sent. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
/** What OpenSSL and Node call a certificate that is not accepted: before that nothing is sent. */
const CERTIFICATE =
  /^(CERT_|CRL_|DEPTH_ZERO_|ERR_TLS_CERT_|ERROR_IN_C|HOSTNAME_MISMATCH|INVALID_|PATH_LENGTH_|SELF_SIGNED_|UNABLE_TO_)/;
/** `ERR_CANCELED` is our own deadline of a request. */
const TIMED_OUT = new Set(['ERR_CANCELED', 'ECONNABORTED', 'ETIMEDOUT']);

/** Turns whatever the SDK threw into a SeamError; anything unknown counts as a lost answer. */
export function toSeamError(error: unknown): SeamError {
  if (error instanceof SeamError) return error;
  if (isSeamHttpInvalidResponseError(error) || error instanceof z.ZodError)
    return new SeamError({ kind: 'lost', code: 'unreadable_answer' });
  const transport = transportError.safeParse(isSeamHttpApiError(error) ? error.cause : error);
  const headers = transport.data?.response?.headers ?? {};
  if (isSeamHttpApiError(error)) {
    // An answer without a request id has an empty one.
    return answered(error.statusCode, error.code, error.requestId || null, headers);
  }
  if (!transport.success) return new SeamError({ kind: 'lost', code: errorName(error) });
  const { code = 'no_code', response } = transport.data;
  if (response !== undefined && (response.status < 200 || response.status > 299)) {
    return answered(response.status, codeOfProxy(response.status), null, headers);
  }
  if (NEVER_SENT.has(code) || CERTIFICATE.test(code)) return new SeamError({ kind: 'unreachable', code });
  return new SeamError({ kind: TIMED_OUT.has(code) ? 'timeout' : 'lost', code });
}

/** The code of an answer without Seam's error type: somebody on the way gave it. */
function codeOfProxy(status: number | null): string {
  return `http_${status}`;
}

function answered(
  status: number,
  code: string,
  requestId: string | null,
  headers: Readonly<Record<string, unknown>>,
): SeamError {
  return new SeamError({ kind: kindOf(status), status, code, requestId, waitMs: retryAfterMs(headers) });
}

function kindOf(status: number): SeamErrorKind {
  if (status === 429) return 'busy';
  if (status === 401 || status === 403) return 'key';
  if (status >= 500) return 'fault';
  return status >= 400 ? 'rejected' : 'lost';
}

function retryAfterMs(headers: Readonly<Record<string, unknown>>): number | null {
  const seconds = Number(headers['retry-after']);
  return headers['retry-after'] !== undefined && Number.isFinite(seconds) ? seconds * 1000 : null;
}

function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** What a failed question to Seam means for a person who waits for an answer and has sent nothing yet. */
export function reasonOf(error: SeamError): SeamReason {
  switch (error.kind) {
    case 'unreachable':
    case 'lost':
      return 'seam_unreachable';
    case 'timeout':
      return 'seam_slow';
    case 'busy':
      return 'seam_busy';
    case 'key':
      return 'seam_key';
    case 'rejected':
    case 'fault':
      return 'seam_fault';
    default:
      return unreachable(error.kind);
  }
}

/**
 * What a failed request to move a bolt means. Only what Seam refused, or what never left us, is certain; a timeout, a
 * lost answer or a 5xx may have moved it, so it is unknown, and is never sent again.
 */
export function outcomeOfFailedMove(error: SeamError): Outcome {
  switch (error.kind) {
    case 'unreachable':
      return failed('seam_unreachable');
    case 'busy':
    case 'key':
      return isRefusal(error) ? failed(reasonOf(error), null, error.waitMs) : LOST;
    case 'rejected':
      return isRefusal(error) ? failed(reasonOfAttempt(error.code, '')) : LOST;
    case 'timeout':
      return { kind: 'unknown', why: 'timeout' };
    case 'lost':
    case 'fault':
      return LOST;
    default:
      return unreachable(error.kind);
  }
}

const LOST: Outcome = { kind: 'unknown', why: 'lost' };

/** Whether Seam itself said no: a 408 only says that it heard too late, and a proxy knows of no door. */
function isRefusal({ status, code }: SeamError): boolean {
  return status !== 408 && code !== codeOfProxy(status);
}
