/** Requests as bytes, so that what no HTTP client would send can be sent, and how Slack and Seam sign them. */
import { createHmac } from 'node:crypto';

/** One request as it goes over the wire. */
export interface Sent {
  readonly bytes: Buffer;
  /** Its answer has no body, whatever its length says: a HEAD. */
  readonly bodiless?: boolean;
  /** It may end its connection, so that nothing is sent behind it. */
  readonly alone?: boolean;
}

/** A header and its value; the same one may come twice. */
export type Header = readonly [name: string, value: string];

/** What Slack signs with. */
export interface SlackSigner {
  readonly secret: string;
  /** Wall time, ms. */
  readonly now: () => number;
}

/** A whole request with a body of the right length. */
export function requestOf(method: string, path: string, headers: readonly Header[], body: Buffer): Buffer {
  return headed(method, path, [...headers, ['content-length', String(body.length)]], body);
}

/** The same in chunks, whose length nobody says before. */
export function chunkedOf(path: string, headers: readonly Header[], body: Buffer, size: number): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at < body.length; at += size) {
    const piece = body.subarray(at, at + size);
    pieces.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n'));
  }
  const chunks = Buffer.concat([...pieces, Buffer.from('0\r\n\r\n')]);
  return headed('POST', path, [...headers, ['transfer-encoding', 'chunked']], chunks);
}

/** A head with these headers alone, and whatever follows it. */
export function headed(
  method: string,
  path: string,
  headers: readonly Header[],
  rest: Buffer = Buffer.alloc(0),
): Buffer {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'host: bot',
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), rest]);
}

/** Slack's two headers for these bytes. `dated` in s since 1970. */
export function slackHeaders(
  { secret, now }: SlackSigner,
  body: Buffer,
  dated = String(Math.floor(now() / 1000)),
): [signature: Header, timestamp: Header] {
  return [
    ['x-slack-signature', `v0=${slackDigest(secret, body, dated)}`],
    ['x-slack-request-timestamp', dated],
  ];
}

/** The signature's hexadecimal part. */
export function slackDigest(secret: string, body: Buffer, dated: string): string {
  return createHmac('sha256', secret).update(`v0:${dated}:`).update(body).digest('hex');
}

/** Svix's three headers for these bytes, as Seam sends them. */
export function seamHeaders(
  secret: string,
  body: Buffer,
  id: string,
  dated = String(Math.floor(Date.now() / 1000)),
): [id: Header, timestamp: Header, signature: Header] {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${dated}.`).update(body).digest('base64');
  return [
    ['svix-id', id],
    ['svix-timestamp', dated],
    ['svix-signature', `v1,${mac}`],
  ];
}
