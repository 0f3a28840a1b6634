import type { HttpResponse, Route } from './http.ts';

/** A check that says nothing for this long has failed, ms: whoever asks usually waits a few seconds. */
const PATIENCE_MS = 2_000;

/**
 * `GET /healthz`: 200 `{"status":"ok"}` when every check holds, else 503 with the names of those that do not. A check
 * fails by answering false, by throwing, or by not answering within 2 s.
 *
 * @param checks by the names that the answer shows; they are asked together, at each request.
 */
export function healthRoute(checks: Record<string, () => Promise<boolean> | boolean>): Route {
  return {
    method: 'GET',
    path: '/healthz',
    maxBody: 0,
    async handle() {
      const names = Object.keys(checks);
      const held = await Promise.all(Object.values(checks).map(holds));
      const failing = names.filter((_, index) => held[index] !== true);
      return failing.length === 0 ? json(200, { status: 'ok' }) : json(503, { status: 'failing', failing });
    },
  };
}

async function holds(check: () => Promise<boolean> | boolean): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), PATIENCE_MS);
  try {
    return await Promise.race([check(), late.promise]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

function json(status: number, value: unknown): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(value),
  };
}
