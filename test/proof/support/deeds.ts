import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { type Button, type SlackSink, TEAM } from './slack-sink.ts';

/** One thing that a person did, as Slack would send it. */
export interface Deed {
  /** Slack's `trigger_id`, under which the sink keeps the answers. */
  readonly trigger: string;
  readonly userId: string;
  readonly body: string;
}

/** A deed signed at a certain second; sent again, it is the same to the byte. */
export interface SignedDeed {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** How a request was answered: the status, null when the connection broke; ms until the answer was there. */
export interface Ack {
  readonly status: number | null;
  readonly ms: number;
}

const CHANNEL = 'C0GENERAL';
const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** Closes the connections that nobody uses now. */
export function hangUp(): void {
  agent.destroy();
}

/** Somebody types `/locks …`. */
export function typed(sink: SlackSink, userId: string, text: string): Deed {
  const trigger = randomUUID();
  const fields = {
    token: 'verification-token',
    team_id: TEAM,
    team_domain: 'proof',
    channel_id: CHANNEL,
    channel_name: 'general',
    user_id: userId,
    user_name: userId.toLowerCase(),
    command: '/locks',
    text,
    api_app_id: 'A0APP',
    is_enterprise_install: 'false',
    response_url: sink.responseUrl(trigger),
    trigger_id: trigger,
  };
  return { trigger, userId, body: new URLSearchParams(fields).toString() };
}

/** Somebody clicks a button of a message that only they see. */
export function clicked(sink: SlackSink, userId: string, { action_id, value }: Omit<Button, 'url'>): Deed {
  const trigger = randomUUID();
  const payload = {
    type: 'block_actions',
    user: { id: userId, username: userId.toLowerCase(), name: userId.toLowerCase(), team_id: TEAM },
    api_app_id: 'A0APP',
    token: 'verification-token',
    container: { type: 'message', message_ts: '1.1', channel_id: CHANNEL, is_ephemeral: true },
    trigger_id: trigger,
    team: { id: TEAM, domain: 'proof' },
    enterprise: null,
    is_enterprise_install: false,
    channel: { id: CHANNEL, name: 'general' },
    state: { values: {} },
    response_url: sink.responseUrl(trigger),
    actions: [{ type: 'button', block_id: 'b', action_id, value, action_ts: '1.1' }],
  };
  return { trigger, userId, body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString() };
}

/** Signs a request as Slack does, dated `secondsAgo`. */
export function signed({ signingSecret }: SlackSink, { body }: { body: string }, secondsAgo = 0): SignedDeed {
  const timestamp = String(Math.floor(Date.now() / 1000) - secondsAgo);
  const signature = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(Buffer.byteLength(body)),
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    },
  };
}

/** Sends it to the bot on that port. Never rejects: a bot may be killed while it is asked. */
export function deliver(port: number, { body, headers }: SignedDeed): Promise<Ack> {
  const began = performance.now();
  return new Promise((resolve) => {
    const answered = (status: number | null) => resolve({ status, ms: performance.now() - began });
    const out = request({ host: '127.0.0.1', port, path: '/slack/events', method: 'POST', agent, headers });
    out.on('error', () => answered(null));
    out.on('response', (response) => {
      response.on('error', () => answered(null));
      response.on('end', () => answered(response.statusCode ?? null));
      response.resume();
    });
    out.end(body);
  });
}
