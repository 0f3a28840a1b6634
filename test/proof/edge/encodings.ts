/** How a payload becomes the bytes of a request: as Slack writes it, or in one of many ways in which it does not. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { Payload } from './recorded.ts';
import { chunkedOf, type Header, requestOf, type Sent, type SlackSigner, slackHeaders } from './wire.ts';

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';
/** What the bot takes at most is 256 KiB. */
const TOO_MUCH = 300 * 1024;

/** Bytes with what is said about them. */
interface Written {
  readonly type: string | null;
  readonly bytes: Buffer;
  readonly headers?: readonly Header[];
}

type Way = (payload: Payload, at: number) => Written;

/** Makes other bytes of what Slack would send. */
const spoiled =
  (spoil: (bytes: Buffer, at: number) => Buffer): Way =>
  (payload, at) => {
    const { type, bytes } = asSlack(payload);
    return { type, bytes: spoil(bytes, at % (bytes.length + 1)) };
  };
const insert = (piece: string | Buffer) =>
  spoiled((bytes, at) => Buffer.concat([bytes.subarray(0, at), Buffer.from(piece), bytes.subarray(at)]));
const typed =
  (type: string | null): Way =>
  (payload) => ({ ...asSlack(payload), type });
const texted =
  (type: string, text: (json: string) => string): Way =>
  ({ body }) => ({ type, bytes: Buffer.from(text(JSON.stringify(body))) });
const headed =
  (...headers: Header[]): Way =>
  (payload) => ({ ...asSlack(payload), headers });

const ODD_WAYS: readonly Way[] = [
  typed(null),
  typed('text/plain'),
  typed('text/xml'),
  typed('multipart/form-data; boundary=x'),
  typed(`${JSON_TYPE}, ${FORM_TYPE}`),
  typed(`${JSON_TYPE}; charset=utf-16`),
  typed(`${FORM_TYPE}; charset=utf-7`),
  typed(JSON_TYPE),
  typed(FORM_TYPE),
  typed('APPLICATION/JSON'),
  texted(JSON_TYPE, (json) => json),
  texted(JSON_TYPE, (json) => `[${json}]`),
  texted(JSON_TYPE, (json) => JSON.stringify(json)),
  texted(JSON_TYPE, (json) => `\uFEFF${json}`),
  texted(JSON_TYPE, (json) => `${json}${json}`),
  texted(JSON_TYPE, (json) => json.replace('{', '{"type":1,"user":[],"__proto__":{"a":1},')),
  texted(JSON_TYPE, (json) => `${'['.repeat(100_000)}${json}`),
  texted(JSON_TYPE, (json) => `${'['.repeat(60_000)}${json.length}${']'.repeat(60_000)}`),
  texted(FORM_TYPE, (json) => json),
  texted(FORM_TYPE, (json) => `payload=${json}`),
  texted(FORM_TYPE, (json) => `payload=${encodeURIComponent(json)}&payload=${encodeURIComponent(json)}`),
  texted(FORM_TYPE, (json) => `payload%5B%5D=${encodeURIComponent(json)}`),
  texted(FORM_TYPE, (json) => `payload=${encodeURIComponent(JSON.stringify(json))}`),
  texted(FORM_TYPE, (json) => `PAYLOAD=${encodeURIComponent(json)}`),
  texted(FORM_TYPE, () => `${'a=1&'.repeat(20_000)}command=/locks`),
  texted(FORM_TYPE, () => '__proto__=1&constructor=2&hasOwnProperty=3&command=/locks'),
  texted(FORM_TYPE, () => 'payload=null'),
  texted(FORM_TYPE, () => 'payload=%7B%22type%22%3A'),
  insert('\0'),
  insert('%'),
  insert('%zz'),
  insert('&&==&'),
  insert('&payload=1'),
  insert(Buffer.from([0xff, 0xfe, 0xc0, 0xaf])),
  insert('%ED%A0%80%FF'),
  insert('\r\n\r\nPOST /slack/events HTTP/1.1\r\n\r\n'),
  spoiled((bytes, at) => bytes.subarray(0, at)),
  spoiled((bytes, at) => bytes.subarray(at)),
  spoiled((bytes, at) => Buffer.concat([bytes.subarray(at), bytes.subarray(0, at)])),
  spoiled((bytes) => gzipSync(bytes)),
  spoiled((bytes) => Buffer.from(bytes.toString('utf8'), 'utf16le')),
  spoiled(() => Buffer.alloc(0)),
  spoiled(() => Buffer.from(' \n ')),
  spoiled((_, at) => Buffer.alloc(at % 4_000, 0xff)),
  spoiled(() => Buffer.alloc(TOO_MUCH, 'a')),
  headed(['content-encoding', 'gzip']),
  headed(['content-encoding', 'identity, br']),
  headed(['x-slack-retry-num', 'NaN'], ['x-slack-retry-reason', '__proto__']),
  headed(['x-slack-retry-num', '1'], ['x-slack-retry-num', '2']),
  headed(['x-http-method-override', 'GET'], ['x-original-url', '/healthz']),
  headed(['expect', '100-continue']),
  (payload) => ({
    ...asSlack(payload),
    bytes: gzipSync(asSlack(payload).bytes),
    headers: [['content-encoding', 'gzip']],
  }),
];

/** How one payload is written: mostly as Slack does, so that its own oddity gets as far as it can. */
export interface Encoding {
  /** The way, or null for Slack's own. */
  readonly way: number | null;
  readonly at: number;
  readonly chunked: boolean;
}

/** Draws one. */
export const encodings: fc.Arbitrary<Encoding> = fc.record({
  way: fc.option(fc.nat({ max: ODD_WAYS.length - 1 }), { nil: null, freq: 1 }),
  at: fc.nat({ max: 20_000 }),
  chunked: fc.integer({ min: 0, max: 19 }).map((n) => n === 0),
});

/** A request with a true signature of these bytes, and the bytes. */
export function signed(
  payload: Payload,
  encoding: Encoding,
  signer: SlackSigner,
): Sent & { readonly body: Buffer } {
  const way = encoding.way === null ? asSlack : (ODD_WAYS[encoding.way] ?? asSlack);
  const { type, bytes: body, headers = [] } = way(payload, encoding.at);
  const all: Header[] = [
    ...slackHeaders(signer, body),
    ...(type === null ? [] : [['content-type', type] as const]),
    ...headers,
  ];
  const bytes = encoding.chunked
    ? chunkedOf('/slack/events', all, body, 1 + (encoding.at % 3_000))
    : requestOf('POST', '/slack/events', all, body);
  return { body, bytes, alone: body.length > 200_000 || headers.some(([name]) => name === 'expect') };
}

/** As Slack writes this kind of payload. */
export function asSlack({ written, body }: Payload): Written {
  if (written === 'json') return { type: JSON_TYPE, bytes: Buffer.from(JSON.stringify(body)) };
  if (written === 'payload') {
    return {
      type: FORM_TYPE,
      bytes: Buffer.from(`payload=${encodeURIComponent(toText(JSON.stringify(body)))}`),
    };
  }
  const fields = Object.entries(body).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : (JSON.stringify(value) ?? ''),
  ]);
  return { type: FORM_TYPE, bytes: Buffer.from(new URLSearchParams(fields).toString()) };
}

/** Half a surrogate pair that JSON left as it is cannot be percent-encoded. */
function toText(json: string): string {
  return json.toWellFormed();
}
