import { inspect } from 'node:util';
import { SeamHttpApiError, SeamHttpInvalidResponseError, SeamHttpUnauthorizedError } from 'seam';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Outcome } from '../../src/domain/outcome.ts';
import { outcomeOfFailedMove, reasonOf, SeamError, toSeamError } from '../../src/seam/errors.ts';

const KEY = 'seam_test_tattletale';

/** As in axios, headers are no plain object. */
class Headers {
  constructor(headers: Readonly<Record<string, string>>) {
    Object.assign(this, headers);
  }
}

/** An error as axios makes it, with the API key where axios has it. */
function transport(code: string | undefined, status?: number, headers: Record<string, string> = {}): Error {
  const config = { headers: new Headers({ authorization: `Bearer ${KEY}` }) };
  const response =
    status === undefined ? undefined : { status, headers: new Headers(headers), data: '', config };
  return Object.assign(new Error('It went wrong'), { isAxiosError: true, code, config, response });
}

function answered(status: number, type: string, requestId: string, headers: Record<string, string> = {}) {
  const cause = transport('ERR_BAD_REQUEST', status, headers);
  return new SeamHttpApiError({ type, message: `with ${KEY}` }, status, requestId, { cause });
}

type Facts = Pick<SeamError, 'kind' | 'status' | 'code' | 'requestId' | 'waitMs'>;
const facts = (error: SeamError): Facts => {
  const { kind, status, code, requestId, waitMs } = error;
  return { kind, status, code, requestId, waitMs };
};
const none = { status: null, requestId: null, waitMs: null };

describe('what the SDK throws', () => {
  test.each<[unknown, Facts]>([
    [
      answered(404, 'device_not_found', 'req-1'),
      { kind: 'rejected', status: 404, code: 'device_not_found', requestId: 'req-1', waitMs: null },
    ],
    [
      answered(429, 'rate_limit_exceeded', '', { 'retry-after': '12' }),
      { kind: 'busy', status: 429, code: 'rate_limit_exceeded', requestId: null, waitMs: 12_000 },
    ],
    [
      answered(503, 'service_unavailable', 'req-2', { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }),
      { kind: 'fault', status: 503, code: 'service_unavailable', requestId: 'req-2', waitMs: null },
    ],
    [
      new SeamHttpUnauthorizedError('req-3', undefined, { cause: transport('ERR_BAD_REQUEST', 401) }),
      { kind: 'key', status: 401, code: 'unauthorized', requestId: 'req-3', waitMs: null },
    ],
    [
      new SeamHttpApiError({ type: 'forbidden', message: 'No' }, 403, 'req-4'),
      { kind: 'key', status: 403, code: 'forbidden', requestId: 'req-4', waitMs: null },
    ],
    [
      new SeamHttpInvalidResponseError('/devices/list', 'devices', 'which it does not contain'),
      { ...none, kind: 'lost', code: 'unreadable_answer' },
    ],
    [z.string().safeParse(7).error, { ...none, kind: 'lost', code: 'unreadable_answer' }],
    [
      transport('ERR_BAD_RESPONSE', 502, { 'retry-after': '3' }),
      { ...none, kind: 'fault', status: 502, code: 'http_502', waitMs: 3_000 },
    ],
    [transport('ERR_BAD_REQUEST', 418), { ...none, kind: 'rejected', status: 418, code: 'http_418' }],
    [transport('ERR_FR_TOO_MANY_REDIRECTS', 302), { ...none, kind: 'lost', status: 302, code: 'http_302' }],
    [transport('ERR_BAD_RESPONSE', 200), { ...none, kind: 'lost', code: 'ERR_BAD_RESPONSE' }],
    ...[
      'ECONNREFUSED',
      'ENOTFOUND',
      'EAI_AGAIN',
      'EHOSTUNREACH',
      'ENETUNREACH',
      'UND_ERR_CONNECT_TIMEOUT',
    ].map((code): [unknown, Facts] => [transport(code), { ...none, kind: 'unreachable', code }]),
    // A certificate that is not accepted ends a connection before anything is sent.
    ...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID'].map(
      (code): [unknown, Facts] => [transport(code), { ...none, kind: 'unreachable', code }],
    ),
    ...['ERR_CANCELED', 'ECONNABORTED', 'ETIMEDOUT'].map((code): [unknown, Facts] => [
      transport(code),
      { ...none, kind: 'timeout', code },
    ]),
    ...['ECONNRESET', 'EPIPE', 'ERR_NETWORK', 'UND_ERR_HEADERS_TIMEOUT'].map((code): [unknown, Facts] => [
      transport(code),
      { ...none, kind: 'lost', code },
    ]),
    [transport(undefined), { ...none, kind: 'lost', code: 'no_code' }],
    [new TypeError('x is undefined'), { ...none, kind: 'lost', code: 'TypeError' }],
    [
      { isAxiosError: true, code: 42 },
      { ...none, kind: 'lost', code: 'object' },
    ],
    ['a text', { ...none, kind: 'lost', code: 'string' }],
    [null, { ...none, kind: 'lost', code: 'object' }],
    [undefined, { ...none, kind: 'lost', code: 'undefined' }],
  ])('%s becomes a SeamError', (thrown, expected) => {
    const error = toSeamError(thrown);
    expect(facts(error)).toEqual(expected);
    expect(error.message).toBe(`Seam: ${expected.kind} (${expected.code})`);
    expect('cause' in error).toBe(false);
    expect(inspect(error, { depth: Infinity, showHidden: true }) + JSON.stringify(error)).not.toContain(KEY);
  });

  test('stays itself when it is a SeamError already', () => {
    const error = new SeamError({ kind: 'busy', code: 'x', waitMs: 5 });
    expect(toSeamError(error)).toBe(error);
  });
});

describe('what it means', () => {
  const of = (kind: SeamError['kind'], code = 'x', waitMs: number | null = null) =>
    new SeamError({ kind, code, waitMs });
  const failed = (reason: string, waitMs: number | null = null) => ({
    kind: 'failed',
    reason,
    said: null,
    waitMs,
  });

  test.each([
    ['unreachable', 'seam_unreachable'],
    ['lost', 'seam_unreachable'],
    ['timeout', 'seam_slow'],
    ['busy', 'seam_busy'],
    ['key', 'seam_key'],
    ['rejected', 'seam_fault'],
    ['fault', 'seam_fault'],
  ] as const)('for a question that was %s: %s', (kind, reason) => {
    expect(reasonOf(of(kind))).toBe(reason);
  });

  test.each<[SeamError, Outcome | object]>([
    [of('unreachable'), failed('seam_unreachable')],
    [of('busy', 'rate_limit_exceeded', 9_000), failed('seam_busy', 9_000)],
    [of('key'), failed('seam_key')],
    [of('rejected', 'device_not_found'), failed('gone')],
    [of('rejected', 'device_not_supported'), failed('not_remote')],
    [of('rejected', 'account_disconnected'), failed('sign_in_again')],
    [of('rejected', 'something_new'), failed('lock_refused')],
    [of('timeout'), { kind: 'unknown', why: 'timeout' }],
    [of('lost'), { kind: 'unknown', why: 'lost' }],
    [of('fault', 'x', 9_000), { kind: 'unknown', why: 'lost' }],
    // Said by somebody on the way, who knows of no door; or by Seam, that it heard too late.
    [toSeamError(transport('ERR_BAD_REQUEST', 404)), { kind: 'unknown', why: 'lost' }],
    [toSeamError(transport('ERR_BAD_REQUEST', 408)), { kind: 'unknown', why: 'lost' }],
    [toSeamError(transport('ERR_BAD_REQUEST', 429)), { kind: 'unknown', why: 'lost' }],
    [toSeamError(transport('ERR_BAD_REQUEST', 403)), { kind: 'unknown', why: 'lost' }],
    [toSeamError(answered(408, 'request_timeout', 'req-1')), { kind: 'unknown', why: 'lost' }],
    [toSeamError(answered(404, 'device_not_found', 'req-1')), failed('gone')],
    [toSeamError(answered(401, 'unauthorized', '')), failed('seam_key')],
  ])('for an unlock that ended in %s', (error, outcome) => {
    expect(outcomeOfFailedMove(error)).toEqual(outcome);
  });
});
