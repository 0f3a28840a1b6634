/** Deliveries over HTTP, signed as Slack signs them. */
import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { Clock } from './clock.ts';
import { parseJson } from './content.ts';
import { type Attempt, EMPTY, type Outgoing } from './outgoing.ts';

const GIVE_UP_MS = 10_000;

export class SignedHttp {
  private readonly agent = new Agent({ keepAlive: true, maxFreeSockets: 64 });
  private readonly clock: Clock;
  private readonly secret: string;
  private url: string;

  constructor(clock: Clock, secret: string, url: string) {
    this.clock = clock;
    this.secret = secret;
    this.url = plainHttp(url);
  }

  setUrl(url: string): void {
    this.url = plainHttp(url);
  }

  /** One signed request; every sending of it is the same to the byte. */
  prepare(outgoing: Outgoing): () => Promise<Attempt> {
    const { contentType, body } = encode(outgoing);
    const timestamp = String(Math.floor(this.clock.wall() / 1000));
    const signature = createHmac('sha256', this.secret).update(`v0:${timestamp}:${body}`).digest('hex');
    const headers: Record<string, string | number> = {
      'content-type': contentType,
      'content-length': Buffer.byteLength(body),
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    };
    if (outgoing.retry !== undefined) {
      headers['x-slack-retry-num'] = outgoing.retry.num;
      headers['x-slack-retry-reason'] = outgoing.retry.reason;
    }
    return () => this.post(headers, body, true);
  }

  close(): void {
    this.agent.destroy();
  }

  private post(headers: Record<string, string | number>, body: string, again: boolean): Promise<Attempt> {
    if (this.url === '') return Promise.resolve({ ok: false, why: 'dispatch_failed' });
    const sent = performance.now();
    return new Promise((resolve) => {
      const out = request(this.url, { method: 'POST', agent: this.agent, headers, timeout: GIVE_UP_MS });
      out.on('timeout', () => out.destroy());
      out.on('error', () => {
        // A kept connection that the app closed meanwhile is no answer of the app's.
        if (again && out.reusedSocket) resolve(this.post(headers, body, false));
        else resolve({ ok: false, why: 'dispatch_failed' });
      });
      out.on('response', (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('error', () => resolve({ ok: false, why: 'dispatch_failed' }));
        response.on('end', () => {
          if (response.statusCode !== 200) resolve({ ok: false, why: 'dispatch_failed' });
          else
            resolve({
              ok: true,
              ms: performance.now() - sent,
              response: read(Buffer.concat(pieces).toString()),
            });
        });
      });
      out.end(body);
    });
  }
}

function encode({ kind, body }: Outgoing): { contentType: string; body: string } {
  if (kind === 'events_api') return { contentType: 'application/json', body: JSON.stringify(body) };
  const fields = new URLSearchParams();
  if (kind === 'interactive') fields.set('payload', JSON.stringify(body));
  else for (const [name, value] of Object.entries(body)) fields.set(name, String(value));
  return { contentType: 'application/x-www-form-urlencoded', body: fields.toString() };
}

function read(body: string): unknown {
  return body === '' ? EMPTY : (parseJson(body) ?? body);
}

/** The app runs on this machine, so that its address needs no TLS; `''` until there is one. */
function plainHttp(url: string): string {
  if (url !== '' && !/^http:\/\//.test(url)) throw new Error(`not an http:// address: ${url}`);
  return url;
}
