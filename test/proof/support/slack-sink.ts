import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { botScopes } from '../../../src/slack/scopes.ts';
import { type Kind, spoil } from './fault-kinds.ts';

/** A button of a message, as it was sent. */
export interface Button {
  readonly action_id: string;
  readonly value: string;
  readonly url: string | null;
}

/** Something that a person was told. */
export interface Told {
  /** ms since the epoch. */
  readonly at: number;
  readonly text: string;
  readonly buttons: readonly Button[];
}

/** The little of Slack that is needed under load: it takes what the bot says and keeps it. */
export interface SlackSink {
  readonly apiUrl: string;
  readonly botToken: string;
  readonly signingSecret: string;
  /** What the bot calls, and what is done to its answers from now on: methods such as `users.info`, or `response_url`. */
  readonly faults: Map<string, Kind>;
  /** The address for answers to the interaction with this trigger id. */
  responseUrl(trigger: string): string;
  /** What was posted to that address, oldest first. */
  answers(trigger: string): readonly Told[];
  /** What this person was told by direct message, oldest first. */
  direct(userId: string): readonly Told[];
  close(): Promise<void>;
}

/** The workspace of the sink. */
export const TEAM = 'T0PROOF';
/** Slack's own bound on the posts to one `response_url`. */
const MOST_POSTS = 5;

const message = z.object({
  text: z.string(),
  blocks: z.preprocess(unpacked, z.array(z.unknown())).optional(),
});
const direct = message.extend({ channel: z.string() });
const button = z.object({
  action_id: z.string(),
  value: z.string(),
  url: z.string().nullable().default(null),
});

/** Starts a sink on 127.0.0.1. */
export async function startSlackSink(): Promise<SlackSink> {
  const answers = new Map<string, Told[]>();
  const directs = new Map<string, Told[]>();
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

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const path = request.url ?? '';
    const fault = faults.get(path.startsWith('/response/') ? 'response_url' : path.slice('/api/'.length));
    // Slack does its work before an answer of its is cut short.
    if (fault !== undefined && fault !== 'cut short') return spoil(response, fault);
    const send = fault === undefined ? sendWhole : () => spoil(response, fault);
    if (path.startsWith('/response/')) {
      const kept = listAt(answers, path.slice('/response/'.length));
      if (kept.length >= MOST_POSTS) return send(response, 404, 'used_url');
      kept.push(toldBy(message.parse(JSON.parse(body))));
      return send(response, 200, 'ok');
    }
    const fields = Object.fromEntries(new URLSearchParams(body));
    if (path === '/api/chat.postMessage') {
      const said = direct.parse(fields);
      listAt(directs, said.channel).push(toldBy(said));
    }
    send(response, 200, JSON.stringify({ ok: true, ...methodAnswer(path, fields) }));
  }

  return {
    apiUrl: `${origin}/api/`,
    botToken: `xoxb-proof-${randomBytes(12).toString('hex')}`,
    signingSecret: randomBytes(16).toString('hex'),
    faults,
    responseUrl: (trigger) => `${origin}/response/${trigger}`,
    answers: (trigger) => answers.get(trigger) ?? [],
    direct: (userId) => directs.get(userId) ?? [],
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function methodAnswer(path: string, { user = '' }: Record<string, string>): object {
  switch (path) {
    case '/api/auth.test':
      return { team_id: TEAM, user_id: 'U0BOT', bot_id: 'B0BOT', is_enterprise_install: false };
    case '/api/users.info':
      return {
        user: { id: user, team_id: TEAM, deleted: false, is_restricted: false, is_ultra_restricted: false },
      };
    case '/api/chat.postMessage':
      return { channel: 'D0PROOF', ts: '1.1' };
    default:
      throw new Error(`the sink does not play ${path}`);
  }
}

function sendWhole(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'content-type': body.startsWith('{') ? 'application/json' : 'text/plain',
    'x-oauth-scopes': Object.keys(botScopes).join(','),
  });
  response.end(body);
}

function toldBy({ text, blocks = [] }: z.output<typeof message>): Told {
  return { at: Date.now(), text, buttons: buttonsIn(blocks) };
}

function buttonsIn(value: unknown): Button[] {
  if (typeof value !== 'object' || value === null) return [];
  const found = button.safeParse(value);
  return found.success ? [found.data] : Object.values(value).flatMap(buttonsIn);
}

function listAt(map: Map<string, Told[]>, key: string): Told[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}

/** A form carries blocks as JSON. */
function unpacked(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value;
}
