import type { IncomingMessage, ServerResponse } from 'node:http';

/** No request to this server is larger; a larger one is refused rather than held in memory. */
const LARGEST_BODY = 1024 * 1024;

/** A refusal that knows its status: Seam's error format on the API, a plain one on the drive API. */
export class Refusal extends Error {
  readonly status: number;
  readonly type: string;
  readonly extra: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    type: string,
    message: string,
    extra: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ) {
    super(message);
    this.status = status;
    this.type = type;
    this.extra = extra;
    this.headers = headers;
  }
}

/** A thing that is not there, in Seam's words: `device_not_found` and so on. */
export function notFound(what: string, id: string): Refusal {
  const words = what.replaceAll('_', ' ');
  return new Refusal(404, `${what}_not_found`, `Could not find ${words} with id ${id}`);
}

/** What an answer is made of before it is sent, so that a fault can still spoil it. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The whole body as text. One that is too large is read to its end all the same, so that the refusal arrives. */
export async function readBody(req: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of req) {
    const bytes: Buffer = Buffer.isBuffer(part) ? part : Buffer.from(String(part));
    size += bytes.length;
    if (size <= LARGEST_BODY) parts.push(bytes);
  }
  if (size > LARGEST_BODY) throw new Refusal(413, 'payload_too_large', 'The request is too large');
  return Buffer.concat(parts).toString('utf8');
}

/** The body as a JSON object; an empty one is an empty object. */
export function parseJsonObject(text: string): Record<string, unknown> {
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal(400, 'invalid_input', 'The body is not valid JSON');
  }
  if (!isObject(value)) throw new Refusal(400, 'invalid_input', 'The body must be a JSON object');
  return value;
}

/** Whether it is an object with fields: no array, not null. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An answer in JSON. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(value),
  };
}

/** Sends an answer whole. */
export function send(res: ServerResponse, answer: Answer): void {
  if (res.destroyed) return;
  res.writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body) });
  res.end(answer.body);
}
