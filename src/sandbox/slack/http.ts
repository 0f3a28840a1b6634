/** Reading requests and writing answers over plain `node:http`. */
import type { IncomingMessage, ServerResponse } from 'node:http';

const MOST_BYTES = 2 * 1024 * 1024;

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

/** How an answer leaves: whole, cut short, never, or as a torn connection. */
export type Departure = 'whole' | 'truncate' | 'hang' | 'reset';

export class TooLarge extends Error {}

export async function readBody(request: IncomingMessage): Promise<string> {
  return (await readBytes(request, MOST_BYTES)).toString('utf8');
}

/** Reads the whole body, of at most so many bytes. */
export async function readBytes(request: IncomingMessage, most: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request) {
    if (!Buffer.isBuffer(piece)) continue;
    size += piece.length;
    if (size > most) throw new TooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

export function text(body: string, status = 200): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}

export function send(response: ServerResponse, answer: Answer, departure: Departure = 'whole'): void {
  if (departure === 'hang') return;
  if (departure === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
  if (departure === 'whole') {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.destroy());
}
