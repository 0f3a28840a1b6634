/** Seam's webhooks, not signed or not rightly. */
import { type ForgedNeeds, SEAM, SLACK, type Sort } from './forgery.ts';
import { type Header, requestOf, seamHeaders, slackHeaders } from './wire.ts';

/** Each sort; every one is refused. */
export function webhooks({ webhookSecret, signer }: ForgedNeeds): Sort[] {
  const type: Header = ['content-type', 'application/json'];
  const bodyOf = (n: number) =>
    Buffer.from(
      JSON.stringify({
        event_type: 'lock.unlocked',
        device_id: '00000000-0000-0000-0000-000000000000',
        occurred_at: new Date(signer.now()).toISOString(),
        n,
      }),
    );
  const post = (sort: string, headers: (body: Buffer, n: number) => readonly Header[], path = SEAM): Sort => [
    `a webhook: ${sort}`,
    [401],
    (n) => requestOf('POST', path, [type, ...headers(bodyOf(n), n)], bodyOf(n)),
  ];
  const other = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
  const now = () => Math.floor(Date.now() / 1000);
  return [
    post('no headers', () => []),
    post('no signature', (body, n) => seamHeaders(webhookSecret, body, `forged.${n}`).slice(0, 2)),
    post('no id', (body, n) => seamHeaders(webhookSecret, body, `forged.${n}`).slice(1)),
    post('no date', (body, n) => seamHeaders(webhookSecret, body, `forged.${n}`).toSpliced(1, 1)),
    post('another secret', (body, n) => seamHeaders(other, body, `forged.${n}`)),
    post('another body', (_, n) => seamHeaders(webhookSecret, Buffer.from('{}'), `forged.${n}`)),
    post('another id', (body, n) => [
      ['svix-id', 'other'],
      ...seamHeaders(webhookSecret, body, `forged.${n}`).slice(1),
    ]),
    post('stale', (body, n) => seamHeaders(webhookSecret, body, `forged.${n}`, String(now() - 330))),
    post('from the future', (body, n) =>
      seamHeaders(webhookSecret, body, `forged.${n}`, String(now() + 330)),
    ),
    post('an odd date', (body, n) =>
      seamHeaders(webhookSecret, body, `forged.${n}`, ['NaN', '', '1e9', '-1'][n % 4]),
    ),
    post('an empty signature', () => [
      ['svix-id', 'x'],
      ['svix-timestamp', String(now())],
      ['svix-signature', 'v1,'],
    ]),
    post('signed as Slack does', (body) => slackHeaders(signer, body)),
    post('sent to Slack’s place', (body, n) => seamHeaders(webhookSecret, body, `forged.${n}`), SLACK),
  ];
}
