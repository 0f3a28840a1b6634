/**
 * How the doctor asks over HTTP. It uses neither Slack's nor Seam's SDK: they hide the `Date` of an answer, which
 * tells whether our clock is right, and try again where the doctor wants to see the first failure.
 */
import { z } from 'zod';
import type { Time } from '../time.ts';

/** Patience with one answer, ms. */
const TIMEOUT_MS = 5_000;

/** What came back of one request. */
export type Answer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Headers;
      /** The body as JSON; null for what is none. */
      readonly body: unknown;
      readonly tookMs: number;
      /** How far our clock is ahead of the sender's, ms, to about a second; null when the answer has no date. */
      readonly aheadMs: number | null;
    }
  | {
      readonly kind: 'silent';
      /** The system's name of what went wrong, such as `ECONNREFUSED`, or `timeout`. */
      readonly code: string;
    };

/** Asks once; it never throws. A `token` is sent as a bearer, and is in nothing that comes back. */
export type Ask = (
  url: string,
  request?: { readonly method?: 'GET' | 'POST'; readonly token?: string },
) => Promise<Answer>;

/** A way to ask, which follows no redirects. */
export function createAsk(time: Pick<Time, 'now' | 'elapsed'>): Ask {
  return async (url, { method = 'GET', token } = {}) => {
    const [began, start] = [time.now(), time.elapsed()];
    try {
      const response = await fetch(url, {
        method,
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const [ended, tookMs] = [time.now(), Math.round(time.elapsed() - start)];
      const body = asJson(await response.text());
      const aheadMs = aheadOf(response.headers.get('date'), (began + ended) / 2);
      return { kind: 'answered', status: response.status, headers: response.headers, body, tookMs, aheadMs };
    } catch (error) {
      return { kind: 'silent', code: codeOf(error) };
    }
  };
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function aheadOf(date: string | null, now: number): number | null {
  const sent = Date.parse(date ?? '');
  // A date is cut to the second: on average it is half of one more.
  return Number.isNaN(sent) ? null : now - (sent + 500);
}

const failure = z.object({ cause: z.object({ code: z.string() }) });

function codeOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'timeout';
  return failure.safeParse(error).data?.cause.code ?? 'no connection';
}
