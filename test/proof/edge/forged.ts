/** Requests that nobody signed, or not rightly: each sort with the only answers that it may get. */
import { createHmac } from 'node:crypto';
import { webhooks } from './forged-webhooks.ts';
import { type Forged, type ForgedNeeds, SLACK, type Sort, slackParts } from './forgery.ts';
import { broken, misplaced } from './misplaced.ts';
import { chunkedOf, slackDigest, slackHeaders } from './wire.ts';

/** So many forgeries, each sort as often as any other. */
export function* forgedRequests(needs: ForgedNeeds, count: number): Generator<Forged> {
  const sorts = [...unsigned(needs), ...misplaced(needs), ...webhooks(needs), ...broken(needs)];
  for (let n = 0; n < count; n += 1) {
    const [sort, right, make] = sorts[n % sorts.length] ?? sorts[0] ?? never();
    const made = make(n);
    yield { sort, right, ...(Buffer.isBuffer(made) ? { bytes: made } : made) };
  }
}

function unsigned(needs: ForgedNeeds): Sort[] {
  const { signer } = needs;
  const { bodyOf, now, post, type } = slackParts(needs);
  const refused = [401] as const;
  /** A signature of another text, told with the true time. */
  const signature = (sort: string, of: (body: Buffer, dated: string, n: number) => string): Sort => [
    sort,
    refused,
    (n) => {
      const body = bodyOf(n);
      const dated = String(now());
      return post(body, ['x-slack-signature', of(body, dated, n)], ['x-slack-request-timestamp', dated]);
    },
  ];
  const good = (body: Buffer, dated: string) => `v0=${slackDigest(signer.secret, body, dated)}`;
  /** A true signature of this very date. */
  const dated = (sort: string, date: (n: number) => string): Sort => [
    sort,
    refused,
    (n) => post(bodyOf(n), ...slackHeaders(signer, bodyOf(n), date(n))),
  ];
  /** True headers over another body. */
  const tampered = (sort: string, change: (body: Buffer, n: number) => Buffer): Sort => [
    sort,
    refused,
    (n) => post(change(bodyOf(n), n), ...slackHeaders(signer, bodyOf(n))),
  ];
  const hmac = (algorithm: string, key: string | Buffer, text: Buffer) =>
    createHmac(algorithm, key).update(text).digest('hex');
  const base = (body: Buffer, date: string) => Buffer.concat([Buffer.from(`v0:${date}:`), body]);
  return [
    ['no headers', refused, (n) => post(bodyOf(n))],
    ['no signature', refused, (n) => post(bodyOf(n), slackHeaders(signer, bodyOf(n))[1])],
    ['no date', refused, (n) => post(bodyOf(n), slackHeaders(signer, bodyOf(n))[0])],
    ['no body', refused, (n) => post(Buffer.alloc(0), ...slackHeaders(signer, bodyOf(n)))],
    ['in chunks', refused, (n) => chunkedOf(SLACK, [type], bodyOf(n), 1 + (n % 700))],
    ['asks to go on', refused, (n) => ({ bytes: post(bodyOf(n), ['expect', '100-continue']), alone: true })],
    // Slack does not sign this question, and nothing is done about it.
    ['is your certificate sound', [200], () => post(Buffer.from('ssl_check=1&token=x'))],
    [
      'twice the signature',
      refused,
      (n) => {
        const [mark, date] = slackHeaders(signer, bodyOf(n));
        return post(bodyOf(n), mark, mark, date);
      },
    ],
    [
      'twice the date',
      refused,
      (n) => {
        const [mark, date] = slackHeaders(signer, bodyOf(n));
        return post(bodyOf(n), mark, date, date);
      },
    ],
    [
      'a wrong signature and a right one',
      refused,
      (n) => {
        const [mark, date] = slackHeaders(signer, bodyOf(n));
        return post(bodyOf(n), ['x-slack-signature', `v0=${'0'.repeat(64)}`], mark, date);
      },
    ],
    signature('an empty signature', () => ''),
    signature('zeros', () => `v0=${'0'.repeat(64)}`),
    signature('uppercase', (body, date) => good(body, date).toUpperCase().replace('V0', 'v0')),
    signature('another version', (body, date) => good(body, date).replace('v0', 'v1')),
    signature('a version in capitals', (body, date) => good(body, date).replace('v0', 'V0')),
    signature('no version', (body, date) => good(body, date).slice(3)),
    signature('cut', (body, date, n) => good(body, date).slice(0, 3 + (n % 64))),
    signature('longer', (body, date) => `${good(body, date)}00`),
    signature('one letter other', (body, date, n) => {
      const at = 3 + (n % 64);
      const text = good(body, date);
      return `${text.slice(0, at)}${text[at] === 'a' ? 'b' : 'a'}${text.slice(at + 1)}`;
    }),
    signature(
      'in base64',
      (body, date) => `v0=${Buffer.from(good(body, date).slice(3), 'hex').toString('base64')}`,
    ),
    signature('another secret', (body, date) => `v0=${slackDigest(`${signer.secret}x`, body, date)}`),
    signature('an empty secret', (body, date) => `v0=${slackDigest('', body, date)}`),
    signature(
      'the secret as bytes',
      (body, date) => `v0=${hmac('sha256', Buffer.from(signer.secret, 'hex'), base(body, date))}`,
    ),
    signature('SHA-1', (body, date) => `v0=${hmac('sha1', signer.secret, base(body, date))}`),
    signature(
      'SHA-512',
      (body, date) => `v0=${hmac('sha512', signer.secret, base(body, date)).slice(0, 64)}`,
    ),
    signature('the body alone', (body) => `v0=${hmac('sha256', signer.secret, body)}`),
    signature('another date', (body, date) => good(body, String(Number(date) - 1))),
    tampered('a byte other', (body, n) => {
      const other = Buffer.from(body);
      other[n % other.length] = (other[n % other.length] ?? 0) ^ 1;
      return other;
    }),
    tampered('a byte less', (body) => body.subarray(0, -1)),
    tampered('a byte more', (body) => Buffer.concat([body, Buffer.from(' ')])),
    tampered('a field more', (body) => Buffer.concat([body, Buffer.from('&payload=%7B%7D')])),
    dated('stale', (n) => String(now() - 330 - n)),
    dated('from the future', (n) => String(now() + 330 + n)),
    dated('in ms', () => String(signer.now())),
    dated('before 1970', () => '-1'),
    dated('not a number', (n) => ['NaN', 'now', '1e9', '0x1', '1.5', '١٢٣', ' ', ''][n % 8] ?? ''),
    dated('a number without end', () => '9'.repeat(400)),
    dated('with a sign', () => `+${now()}`),
    dated('with a fraction', () => `${now()}.0`),
  ];
}

function never(): never {
  throw new Error('there are no forgeries');
}
