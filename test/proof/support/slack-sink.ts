import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { botScopes } from '../../../src/slack/scopes.ts';
import { type Kind, spoil } from './fault-kinds.ts';
import { keep, SinkMethods } from './sink-methods.ts';
import { type Told, toldByMessage } from './told.ts';

/** The little of Slack that is needed under load: it takes what the bot says and keeps it. */
export interface SlackSink {
  readonly apiUrl: string;
  readonly botToken: string;
  readonly signingSecret: string;
  /** What the bot calls, and what is done to its answers from now on: methods such as `users.info`, or `response` for answers, `upload` for files. */
  readonly faults: Map<string, Kind>;
  /** The address for answers to the interaction with this trigger id. */
  responseUrl(trigger: string): string;
  /** What was posted to that address, and shown in the modal that this trigger opened, oldest first. */
  answers(trigger: string): readonly Told[];
  /** What this person was told by direct message, and how those were changed, oldest first. */
  direct(userId: string): readonly Told[];
  /** How this person's Home was drawn, oldest first. */
  home(userId: string): readonly Told[];
  /** What is done once or not at all, by what it is of: modals opened, files shown, steps of workflows ended. */
  readonly done: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

/** Slack's own bound on the posts to one `response_url`. */
const MOST_POSTS = 5;

/** Starts a sink on 127.0.0.1. */
export async function startSlackSink(): Promise<SlackSink> {
  const answers = new Map<string, Told[]>();
  const faults = new Map<string, Kind>();
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 120_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the sink has no port');
  const origin = `http://127.0.0.1:${address.port}`;
  const methods = new SinkMethods(origin);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const [, place = '', rest = ''] = /^\/(\w+)\/(.*)$/.exec(request.url ?? '') ?? [];
    const fault = faults.get(place === 'api' ? rest : place);
    // Slack does its work before an answer of its is cut short.
    if (fault !== undefined && fault !== 'cut short') return spoil(response, fault);
    const send = fault === undefined ? sendWhole : () => spoil(response, fault);
    if (place === 'upload') return send(response, 200, 'OK');
    if (place === 'response') {
      if ((answers.get(rest)?.length ?? 0) >= MOST_POSTS) return send(response, 404, 'used_url');
      keep(answers, rest, toldByMessage(JSON.parse(body)));
      return send(response, 200, 'ok');
    }
    const fields = Object.fromEntries(new URLSearchParams(body));
    send(response, 200, JSON.stringify({ ok: true, ...methods.answer(rest, fields) }));
  }

  return {
    apiUrl: `${origin}/api/`,
    botToken: `xoxb-proof-${randomBytes(12).toString('hex')}`,
    signingSecret: randomBytes(16).toString('hex'),
    faults,
    responseUrl: (trigger) => `${origin}/response/${trigger}`,
    answers: (trigger) => [...(answers.get(trigger) ?? []), ...(methods.modals.get(trigger) ?? [])],
    direct: (userId) => methods.directs.get(userId) ?? [],
    home: (userId) => methods.homes.get(userId) ?? [],
    done: methods.done,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function sendWhole(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'content-type': body.startsWith('{') ? 'application/json' : 'text/plain',
    'x-oauth-scopes': Object.keys(botScopes).join(','),
  });
  response.end(body);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}
