import { createHmac } from 'node:crypto';
import { SIGNING_SECRET, TEAM } from '../servers/site.ts';

/** A button as it was shown to someone. */
export interface Button {
  readonly actionId: string;
  readonly value: string;
}

let count = 0;

/** Slack's payload of a typed `/locks …`; no two are the same. */
export function commandOf(
  userId: string,
  text: string,
  responseUrl: string,
  team = TEAM,
): Record<string, string> {
  count += 1;
  return {
    token: 'local-verification-token',
    team_id: team,
    team_domain: 'bench',
    channel_id: 'C0GENERAL',
    channel_name: 'general',
    user_id: userId,
    user_name: userId.toLowerCase(),
    command: '/locks',
    text,
    api_app_id: 'A0BENCH',
    is_enterprise_install: 'false',
    response_url: responseUrl,
    trigger_id: `${process.pid}.${Date.now()}.${count}`,
  };
}

/** Slack's payload of a click in a message that only this person sees; no two are the same. */
export function clickOf(userId: string, { actionId, value }: Button, responseUrl: string): object {
  count += 1;
  return {
    type: 'block_actions',
    team: { id: TEAM, domain: 'bench' },
    enterprise: null,
    is_enterprise_install: false,
    user: { id: userId, username: userId.toLowerCase(), name: userId.toLowerCase(), team_id: TEAM },
    api_app_id: 'A0BENCH',
    token: 'local-verification-token',
    container: {
      type: 'message',
      message_ts: '1700000000.000100',
      channel_id: 'C0GENERAL',
      is_ephemeral: true,
    },
    trigger_id: `${process.pid}.${Date.now()}.${count}`,
    channel: { id: 'C0GENERAL', name: 'general' },
    state: { values: {} },
    response_url: responseUrl,
    actions: [
      {
        type: 'button',
        action_id: actionId,
        block_id: 'b1',
        value,
        text: { type: 'plain_text', text: 'Unlock', emoji: true },
        action_ts: '1700000000.000200',
      },
    ],
  };
}

/** Slack's payload of an event. */
export function eventOf(userId: string): object {
  count += 1;
  return {
    token: 'local-verification-token',
    team_id: TEAM,
    api_app_id: 'A0BENCH',
    event: { type: 'app_home_opened', user: userId, channel: 'D0BENCH', tab: 'home', event_ts: '1.1' },
    type: 'event_callback',
    event_id: `Ev${process.pid}${Date.now()}${count}`,
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [{ enterprise_id: null, team_id: TEAM, user_id: 'U0BENCH', is_bot: true }],
  };
}

/** A command as HTTP carries it. */
export function asForm(fields: Record<string, string>): Body {
  return { type: 'application/x-www-form-urlencoded', text: new URLSearchParams(fields).toString() };
}

/** A click as HTTP carries it. */
export function asPayload(payload: object): Body {
  return asForm({ payload: JSON.stringify(payload) });
}

/** An event as HTTP carries it. */
export function asJson(payload: object): Body {
  return { type: 'application/json', text: JSON.stringify(payload) };
}

/** The body of a request, and what it says that it is. */
export interface Body {
  readonly type: string;
  readonly text: string;
}

/** How a request is dated and signed: rightly, unless a test of trust says otherwise. */
export interface Dating {
  /** Seconds to be off the clock by; below 0 is the past. */
  readonly skewS?: number;
  /** Whether one byte is changed after signing. */
  readonly tampered?: boolean;
}

/** One whole signed request, as it goes over the wire. */
export function signed({ type, text }: Body, { skewS = 0, tampered = false }: Dating = {}): string {
  const date = Math.floor(Date.now() / 1000) + skewS;
  const signature = createHmac('sha256', SIGNING_SECRET).update(`v0:${date}:${text}`).digest('hex');
  const sent = tampered ? text.replace('U', 'V') : text;
  return `${[
    'POST /slack/events HTTP/1.1',
    'host: 127.0.0.1',
    'user-agent: Slackbot 1.0 (+https://api.slack.com/robots)',
    'accept: application/json,*/*',
    `content-type: ${type}`,
    `content-length: ${Buffer.byteLength(sent)}`,
    `x-slack-request-timestamp: ${date}`,
    `x-slack-signature: v0=${signature}`,
  ].join('\r\n')}\r\n\r\n${sent}`;
}
