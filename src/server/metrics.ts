import { createHash, timingSafeEqual } from 'node:crypto';
import type { Route } from './http.ts';

/**
 * `GET /metrics`: the text for whoever sends `Authorization: Bearer <token>`, 401 for everybody else.
 *
 * @param text makes what is answered, anew for each request.
 */
export function metricsRoute(token: string, text: () => Promise<string>): Route {
  const expected = digest(token);
  return {
    method: 'GET',
    path: '/metrics',
    maxBody: 0,
    async handle({ headers }) {
      const [, sent = ''] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
      // Digests are of one length, and how much of them is the same says nothing of the token.
      if (!timingSafeEqual(digest(sent), expected)) {
        return { status: 401, headers: { 'www-authenticate': 'Bearer' } };
      }
      return {
        status: 200,
        headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' },
        body: await text(),
      };
    },
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
