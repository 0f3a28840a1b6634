import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { TEAM } from './sink-methods.ts';
import type { SlackSink } from './slack-sink.ts';
import type { Button } from './told.ts';

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
  return interaction(userId, (trigger) => ({
    type: 'block_actions',
    // As of now: what was shown long ago unlocks nothing.
    container: { type: 'message', message_ts: messageTs(), channel_id: CHANNEL, is_ephemeral: true },
    channel: { id: CHANNEL, name: 'general' },
    state: { values: {} },
    response_url: sink.responseUrl(trigger),
    actions: [{ type: 'button', block_id: 'b', action_id, value, action_ts: '1.1' }],
  }));
}

/** Somebody starts a shortcut from anywhere, which has no address for answers. */
export function started(userId: string, callbackId: string): Deed {
  return interaction(userId, () => ({ type: 'shortcut', callback_id: callbackId, action_ts: '1.1' }));
}

/** A modal that somebody sends; `values` by block and action, each as Slack tells of an element. */
export interface Form {
  /** Null for one whose opening nobody looked at. */
  readonly viewId: string | null;
  readonly callbackId: string;
  readonly metadata: string;
  readonly values: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

/** Somebody sends it. */
export function submitted(userId: string, { viewId, callbackId, metadata, values }: Form): Deed {
  return interaction(userId, (trigger) => ({
    type: 'view_submission',
    view: {
      id: viewId ?? trigger,
      type: 'modal',
      callback_id: callbackId,
      private_metadata: metadata,
      state: { values },
      blocks: [],
    },
    response_urls: [],
  }));
}

/** Somebody chooses this door, open now, in the modal of the shortcut. */
export function doorChosen(userId: string, deviceId: string, viewId: string | null = null): Deed {
  const picked = { type: 'external_select', selected_option: { value: deviceId } };
  const values = { door: { 'shortcut:door': picked } };
  return submitted(userId, { viewId, callbackId: 'shortcut:unlock', metadata: String(Date.now()), values });
}

/** Somebody opens the app's Home. */
export function homeOpened(userId: string): Deed {
  return event(userId, { type: 'app_home_opened', user: userId, channel: `D${userId}`, tab: 'home' });
}

/** A workflow that somebody started comes to the step that unlocks this door. */
export function stepBegun(userId: string, door: string): Deed {
  return event(userId, {
    type: 'function_executed',
    function: { id: 'Fn0PROOF', callback_id: 'unlock_door', type: 'app' },
    function_execution_id: `Fx${randomUUID().replaceAll('-', '')}`,
    inputs: { user_context: { id: userId, secret: 'a-secret' }, door },
    bot_access_token: 'xwfp-proof',
  });
}

function interaction(userId: string, parts: (trigger: string) => object): Deed {
  const trigger = randomUUID();
  const payload = {
    user: { id: userId, username: userId.toLowerCase(), name: userId.toLowerCase(), team_id: TEAM },
    api_app_id: 'A0APP',
    token: 'verification-token',
    trigger_id: trigger,
    team: { id: TEAM, domain: 'proof' },
    enterprise: null,
    is_enterprise_install: false,
    ...parts(trigger),
  };
  return { trigger, userId, body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString() };
}

/** Slack's events are JSON. They have no trigger: the id of the event is in its place. */
function event(userId: string, event: object): Deed {
  const trigger = `Ev${randomUUID()}`;
  const [token, seconds] = ['verification-token', Math.floor(Date.now() / 1000)];
  const common = { token, team_id: TEAM, api_app_id: 'A0APP', event_id: trigger, event_time: seconds };
  return { trigger, userId, body: JSON.stringify({ type: 'event_callback', ...common, event }) };
}

function messageTs(): string {
  return `${Math.floor(Date.now() / 1000)}.000100`;
}

/** Signs a request as Slack does, dated `secondsAgo`. */
export function signed({ signingSecret }: SlackSink, { body }: { body: string }, secondsAgo = 0): SignedDeed {
  const timestamp = String(Math.floor(Date.now() / 1000) - secondsAgo);
  const signature = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    body,
    headers: {
      'content-type': body.startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded',
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
