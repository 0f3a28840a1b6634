/** Requests that are sent to where nobody takes them, or that are no requests at all. */
import { type Forged, type ForgedNeeds, SEAM, SLACK, type Sort, slackParts } from './forgery.ts';
import { chunkedOf, headed, requestOf, slackHeaders } from './wire.ts';

const TOO_MUCH = Buffer.alloc(300 * 1024, 'a');

/** Truly signed, and sent to where nobody takes it. */
export function misplaced(needs: ForgedNeeds): Sort[] {
  const { type, bodyOf } = slackParts(needs);
  const to = (method: string, path: string, right: Forged['right']): Sort => [
    `${method} ${path.slice(0, 40)}`,
    right,
    (n) => ({
      bytes: requestOf(method, path, [type, ...slackHeaders(needs.signer, bodyOf(n))], bodyOf(n)),
      bodiless: method === 'HEAD',
      alone: true,
    }),
  ];
  const bare = (method: string, path: string, right: Forged['right']): Sort => [
    `${method} ${path} without a body`,
    right,
    () => ({ bytes: headed(method, path, []), bodiless: method === 'HEAD', alone: method === 'CONNECT' }),
  ];
  const otherMethods = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'];
  return [
    bare('GET', '/healthz', [200]),
    bare('HEAD', '/healthz', [200]),
    bare('GET', '/healthz?__proto__=1', [200]),
    bare('CONNECT', 'example.com:443', ['closed']),
    bare('GET', '/', [404]),
    bare('GET', '*', [400]),
    to('POST', '/healthz', [405]),
    to('GET', '/healthz', [413]),
    ...otherMethods.flatMap((method) => [
      to(method, SLACK, [405]),
      bare(method, SLACK, [405]),
      to(method, SEAM, [405]),
    ]),
    ...[
      '/slack/events/',
      '/slack/Events',
      '//slack/events',
      '/slack/%65vents',
      '/slack/./events',
      '/',
      '/slack',
      '/healthz/../slack/events',
      '/slack/events;x',
      '/__proto__',
      '/constructor',
      `/${'a'.repeat(6_000)}`,
    ].map((path) => to('POST', path, [404])),
    to('POST', 'http://bot/slack/events', [400]),
    // The one place where it belongs, but told to be Seam's.
    to('POST', SEAM, [401]),
  ];
}

/** What is no request, or too much of one. Each ends its connection. */
export function broken(needs: ForgedNeeds): Sort[] {
  const { type, bodyOf } = slackParts(needs);
  const marks = (n: number) => slackHeaders(needs.signer, bodyOf(n));
  const raw = (sort: string, right: Forged['right'], make: (n: number) => Buffer): Sort => [
    sort,
    right,
    (n) => ({ bytes: make(n), alone: true }),
  ];
  const text = (lines: string) => Buffer.from(lines.replaceAll('\n', '\r\n'), 'latin1');
  return [
    raw('huge', [413], () => requestOf('POST', SLACK, [type], TOO_MUCH)),
    raw('huge in chunks', [413], () => chunkedOf(SLACK, [type], TOO_MUCH, 60_000)),
    raw('huge for Seam', [413], () => requestOf('POST', SEAM, [type], TOO_MUCH)),
    raw('huge, it says', [413], () => headed('POST', SLACK, [['content-length', '999999999999']])),
    raw('headers without end', [431], () => headed('POST', SLACK, [['x-long', 'a'.repeat(40_000)]])),
    raw('two lengths', [400], (n) =>
      headed('POST', SLACK, [type, ...marks(n), ['content-length', '1'], ['content-length', '2']]),
    ),
    raw('a length and chunks', [400], (n) =>
      headed(
        'POST',
        SLACK,
        [...marks(n), ['content-length', '5'], ['transfer-encoding', 'chunked']],
        text('0\n\n'),
      ),
    ),
    raw('a length below nothing', [400], () => headed('POST', SLACK, [['content-length', '-1']])),
    raw('a chunk that is none', [400, 'closed'], () =>
      headed('POST', SLACK, [['transfer-encoding', 'chunked']], text('zz\n\n')),
    ),
    raw('another coding', [400, 501], () => headed('POST', SLACK, [['transfer-encoding', 'gzip']])),
    raw('a space before the colon', [400], () =>
      text('POST /slack/events HTTP/1.1\nhost: bot\nx-slack-signature : v0\n\n'),
    ),
    raw('a bare line feed', [400], () => Buffer.from('POST /slack/events HTTP/1.1\nhost: bot\nx: y\n\n')),
    raw('a NUL in a header', [400], () => headed('POST', SLACK, [['x', 'a\0b']])),
    raw('no host', [400], () => text('POST /slack/events HTTP/1.1\ncontent-length: 0\n\n')),
    // Node takes it for HTTP of 1991; it is without a signature all the same.
    raw('a line without a version', [400, 401], () => text('POST /slack/events\n\n')),
    raw('HTTP/2', [400, 'closed'], () => text('PRI * HTTP/2.0\n\nSM\n\n')),
    raw('TLS', [400], () => Buffer.from('16030100c8010000c40303', 'hex')),
    raw('bytes', [400], (n) =>
      Buffer.from(Array.from({ length: 64 }, (_, i) => ((n * 31 + i * 17) % 256) | 0x80)),
    ),
  ];
}
