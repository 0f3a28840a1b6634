import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { parse } from 'node:querystring';
import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import type { Log } from '../log.ts';
import type { HttpRequest, HttpResponse, Route } from '../server/http.ts';
import { idsOf, isDeliverable, isRateNotice } from './body.ts';
import { InFlight } from './in-flight.ts';
import type { Seen } from './seen.ts';

/** What an `HttpReceiver` is made from. */
export interface HttpReceiverOptions {
  /** Slack's signing secret of the app; not empty. */
  readonly signingSecret: string;
  /** Wall time, ms since 1970: requests are dated by it. */
  readonly clock: () => number;
  readonly log: Log;
  /** Remembers signatures. A request dated 5 minutes ahead stays valid for 10: it must keep at least as long. */
  readonly seen: Seen;
}

/** How far a request's date may be from ours, either way, seconds: Slack's own figure. */
const MAX_SKEW_S = 300;
/** When Slack gives up on an acknowledgement and shows the person an error, ms. */
const ACK_MS = 3_000;
/** How often at most the log tells of refused requests, ms. */
const REFUSALS_MS = 60_000;

/**
 * Slack's HTTP mode as one route: `POST /slack/events`.
 *
 * Answers 401 without a valid signature of the last 5 minutes; 415 for a foreign content type; 400 for a body that is
 * signed but not one that Slack sends; 200 at once for what was delivered before; else what the listener
 * acknowledges with. 503 when nothing acknowledged within 3 s, when handling failed before that, and while stopping:
 * Slack tries events again after a 5xx.
 */
export class HttpReceiver implements Receiver, Route {
  readonly method = 'POST';
  readonly path = '/slack/events';
  readonly maxBody = 256 * 1024;
  /** Handlers that still run, acknowledged or not. */
  readonly inFlight = new InFlight();
  readonly #options: HttpReceiverOptions;
  readonly #key: KeyObject;
  #app: App | undefined;
  /** Until `start`, and after `stop`. */
  #stopped = true;
  /** When the log last told of a refusal. */
  #refusedAt = Number.NEGATIVE_INFINITY;

  /** Throws a RangeError when the signing secret is empty: everybody could sign. */
  constructor(options: HttpReceiverOptions) {
    if (options.signingSecret === '') throw new RangeError('the Slack signing secret is empty');
    this.#options = options;
    // A KeyObject is several times cheaper for createHmac than a Buffer.
    this.#key = createSecretKey(Buffer.from(options.signingSecret));
  }

  /** Called by Bolt's App with itself. */
  init(app: App): void {
    this.#app = app;
  }

  /** Takes requests, also again after `stop`. The HTTP server is started by whoever made it. */
  async start(): Promise<void> {
    this.#stopped = false;
  }

  /** Takes no new requests (503). What runs goes on: see `inFlight`. */
  async stop(): Promise<void> {
    this.#stopped = true;
  }

  /** Answers one request. Never rejects. */
  async handle(request: HttpRequest): Promise<HttpResponse> {
    const signature = this.#verified(request);
    if (signature === undefined) return this.#refuse(request);
    if (this.#app === undefined || this.#stopped) return { status: 503 };
    const content = contentType(request.headers);
    if (content !== 'json' && content !== 'form') return { status: 415 };
    const body = content === 'json' ? parseJson(request.rawBody.toString()) : parseForm(request.rawBody);
    const direct = this.#answeredDirectly(body);
    if (direct !== undefined) return direct;
    if (!isDeliverable(body)) {
      this.#options.log.warn(idsOf(body), 'Slack sent a body of no kind that we know');
      return { status: 400 };
    }
    if (!this.#options.seen.first(signature)) {
      this.#options.log.info(idsOf(body), 'a request came twice and was not done again');
      return OK;
    }
    return this.#deliver(this.#app, body, request.headers);
  }

  /** The request's signature when it is genuine and recent. */
  #verified({ headers, rawBody }: HttpRequest): string | undefined {
    const { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp } = headers;
    // One spelling only: `seen` compares signatures as texts, so no other text may pass for the same signature.
    if (typeof signature !== 'string' || !/^v0=[0-9a-f]{64}$/.test(signature)) return undefined;
    if (typeof timestamp !== 'string' || !/^\d{1,12}$/.test(timestamp)) return undefined;
    if (Math.abs(this.#options.clock() / 1000 - Number(timestamp)) > MAX_SKEW_S) return undefined;
    const hmac = createHmac('sha256', this.#key).update(`v0:${timestamp}:`).update(rawBody);
    return timingSafeEqual(hmac.digest(), Buffer.from(signature.slice(3), 'hex')) ? signature : undefined;
  }

  /** Says so in the log once a minute, for a wrong secret or clock shows nowhere else; more would be a gift to strangers. */
  #refuse(request: HttpRequest): HttpResponse {
    if (isSslCheck(request)) return OK;
    const now = this.#options.clock();
    if (now - this.#refusedAt >= REFUSALS_MS) {
      this.#refusedAt = now;
      this.#options.log.warn('a request without a valid Slack signature of the last 5 minutes was refused');
    }
    return { status: 401 };
  }

  /** Slack's checks and notices, which are not for Bolt. */
  #answeredDirectly(body: unknown): HttpResponse | undefined {
    if (typeof body !== 'object' || body === null) return undefined;
    if ('ssl_check' in body && body.ssl_check === '1') return OK;
    if (isRateNotice(body)) {
      this.#options.log.warn(idsOf(body), 'Slack holds back events: there are too many');
      return OK;
    }
    if (!('type' in body) || body.type !== 'url_verification') return undefined;
    if (!('challenge' in body) || typeof body.challenge !== 'string') return undefined;
    return acknowledgement({ challenge: body.challenge });
  }

  #deliver(app: App, body: ReceiverEvent['body'], headers: IncomingHttpHeaders): Promise<HttpResponse> {
    return new Promise((resolve) => {
      // A promise settles once: of several answers the first is sent.
      const answer = (response: HttpResponse): void => {
        clearTimeout(timer);
        resolve(response);
      };
      const timer = setTimeout(() => {
        this.#options.log.error(idsOf(body), 'nothing was acknowledged within 3 s');
        answer({ status: 503 });
      }, ACK_MS);
      const ack = async (response?: unknown): Promise<void> => answer(acknowledgement(response));
      const event: ReceiverEvent = { body, ack, ...retryOf(headers) };
      this.inFlight.track(this.#process(app, event, () => answer({ status: 503 })));
    });
  }

  async #process(app: App, event: ReceiverEvent, failed: () => void): Promise<void> {
    try {
      await app.processEvent(event);
    } catch (error) {
      this.#options.log.error({ err: error, ...idsOf(event.body) }, 'handling a request failed');
      failed();
    }
  }
}

const OK: HttpResponse = { status: 200 };

function contentType(headers: IncomingHttpHeaders): 'json' | 'form' | undefined {
  const [type = ''] = (headers['content-type'] ?? '').split(';', 1);
  switch (type.trim().toLowerCase()) {
    case 'application/json':
      return 'json';
    case 'application/x-www-form-urlencoded':
      return 'form';
    default:
      return undefined;
  }
}

/** Slack asks now and then whether our certificate is sound, and does not sign that question. Nothing else is done. */
function isSslCheck({ headers, rawBody }: HttpRequest): boolean {
  if (headers['x-slack-signature'] !== undefined || contentType(headers) !== 'form') return false;
  return parse(rawBody.toString()).ssl_check === '1';
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return '';
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Interactions come as JSON in a field `payload`; commands are fields. Slack never sends a field twice. */
function parseForm(rawBody: Buffer): unknown {
  const text = rawBody.toString();
  // Nearly every interaction: one long field, which `parse` would go through letter by letter.
  if (text.startsWith('payload=') && !text.includes('&')) return parseJson(decoded(text.slice(8)));
  const fields = parse(text);
  const { payload } = fields;
  if (typeof payload === 'string') return parseJson(payload);
  return Object.values(fields).some(Array.isArray) ? undefined : fields;
}

/** What a listener acknowledged with, as Slack reads it: a text is shown as it is, anything else goes as JSON. */
function acknowledgement(response: unknown): HttpResponse {
  if (response === undefined || response === null || response === '') return OK;
  if (typeof response === 'string') return { status: 200, body: response };
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(response),
  };
}

function retryOf(headers: IncomingHttpHeaders): Pick<ReceiverEvent, 'retryNum' | 'retryReason'> {
  const { 'x-slack-retry-num': num, 'x-slack-retry-reason': reason } = headers;
  return {
    ...(typeof num === 'string' && /^\d{1,3}$/.test(num) && { retryNum: Number(num) }),
    ...(typeof reason === 'string' && { retryReason: reason }),
  };
}
