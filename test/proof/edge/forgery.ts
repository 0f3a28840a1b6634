/** What every forgery is made of. */
import { asSlack } from './encodings.ts';
import type { Payload } from './recorded.ts';
import { type Header, requestOf, type Sent, type SlackSigner } from './wire.ts';

/** What they are forged from. */
export interface ForgedNeeds {
  /** A click that would open a door if it were believed. */
  readonly click: Payload;
  readonly signer: SlackSigner;
  readonly webhookSecret: string;
}

/** One request, and the answers that are right: statuses, or a connection that is closed. */
export interface Forged extends Sent {
  readonly sort: string;
  readonly right: readonly (number | 'closed')[];
}

/** Makes the n-th of its sort. */
type Make = (n: number) => Sent | Buffer;
/** A sort of forgery: its name, its right answers, and how it is made. */
export type Sort = readonly [sort: string, right: Forged['right'], make: Make];

/** Where Slack's requests and Seam's webhooks are taken. */
export const SLACK = '/slack/events';
export const SEAM = '/seam/webhooks';

/** The click's bytes, other for each `n`, with what a request of Slack's has beside its signature. */
export function slackParts({ click, signer }: ForgedNeeds) {
  const type: Header = ['content-type', 'application/x-www-form-urlencoded'];
  const bodyOf = (n: number) =>
    asSlack({ ...click, body: { ...click.body, trigger_id: `forged.${n}` } }).bytes;
  const now = () => Math.floor(signer.now() / 1000);
  const post = (body: Buffer, ...headers: Header[]) => requestOf('POST', SLACK, [type, ...headers], body);
  return { type, bodyOf, now, post };
}
