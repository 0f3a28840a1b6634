import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { LogLevel } from '@slack/web-api';
import { onTestFinished } from 'vitest';
import { type SlackDriver, slackDriver } from '../../../src/sandbox/slack/driver.ts';
import {
  type LocalSlack,
  type LocalSlackOptions,
  startLocalSlack,
} from '../../../src/sandbox/slack/server.ts';

export interface Received {
  headers: IncomingHttpHeaders;
  raw: string;
  /** The form's fields, or the JSON, or the JSON in the form's `payload`. */
  body: Record<string, unknown>;
}

/** What the app under test answers to a delivery; `null` never answers. */
export type Answer = { status?: number; body?: string } | null;

/** A bare app that keeps what it gets and answers what the test wants, until the test ends. */
export async function bareApp(answer: (received: Received) => Answer | Promise<Answer> = () => ({})) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    let raw = '';
    for await (const piece of request) raw += String(piece);
    const one = { headers: request.headers, raw, body: bodyOf(raw, request.headers['content-type'] ?? '') };
    received.push(one);
    const said = await answer(one);
    if (said !== null) response.writeHead(said.status ?? 200).end(said.body ?? '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = `http://127.0.0.1:${address.port}/slack/events`;
  return { url, received, dropIdle: () => server.closeIdleConnections() };
}

function bodyOf(raw: string, type: string): Record<string, unknown> {
  if (type === 'application/json') return JSON.parse(raw);
  const fields = Object.fromEntries(new URLSearchParams(raw));
  return fields.payload === undefined ? fields : JSON.parse(fields.payload);
}

export interface Rig {
  slack: LocalSlack;
  drive: SlackDriver;
  received: Received[];
  /** Calls the Web API with JSON and the bot's token. */
  api(method: string, args?: object): Promise<Record<string, unknown>>;
  /** Posts to a `response_url`. */
  respond(url: unknown, body: unknown): Promise<{ status: number; body: string }>;
}

/** What an app asks for that uses its Home and reads its direct messages. */
export const CHATTY = {
  events: ['app_home_opened', 'message.im'],
  scopes: ['chat:write', 'im:history', 'im:write'],
};

/** A local Slack that delivers over HTTP to a bare app, until the test ends. */
export async function rig(
  options: Partial<LocalSlackOptions> = {},
  answer?: (received: Received) => Answer | Promise<Answer>,
): Promise<Rig> {
  const app = await bareApp(answer);
  const slack = await startLocalSlack({
    delivery: { mode: 'http', url: app.url, signingSecret: 'a signing secret' },
    ...options,
  });
  onTestFinished(() => slack.close());
  const api = async (method: string, args: object = {}) => {
    const response = await postJson(`${slack.apiUrl}${method}`, args, slack.botToken);
    return JSON.parse(await response.text());
  };
  const respond = async (url: unknown, body: unknown) => {
    const response = await postJson(String(url), body);
    return { status: response.status, body: await response.text() };
  };
  return { slack, drive: slackDriver(slack.url), received: app.received, api, respond };
}

function postJson(url: string, body: unknown, token?: string): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
}

/** Waits until something is so, for at most 2 seconds. */
export async function until<T>(look: () => Promise<T> | T): Promise<NonNullable<T>> {
  for (let tries = 0; tries < 200; tries += 1) {
    const seen = await look();
    if (seen) return seen;
    await sleep(10);
  }
  throw new Error('it never came about');
}

/** A list with one thing in it, as that thing. */
export function only<T>(list: T[]): T {
  const [first, ...rest] = list;
  if (first === undefined || rest.length > 0) throw new Error(`${list.length} of them`);
  return first;
}

export const plain = (text: string) => ({ type: 'plain_text', text }) as const;
export const long = (length: number) => 'x'.repeat(length);

/** An actions block with one button. */
export const buttonBlock = {
  type: 'actions',
  block_id: 'b',
  elements: [{ type: 'button', action_id: 'door:unlock', text: plain('Unlock'), value: 'door1' }],
} as const;

/** A logger for Slack's own clients, whose complaints the tests provoke. */
export const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};
