/** Socket Mode, the server's side: tickets, hello, envelopes to one connection in turn, acks, refreshes. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import * as z from 'zod';
import { APP } from './cast.ts';
import { parseJson } from './content.ts';
import { type Attempt, EMPTY, type Outgoing } from './outgoing.ts';

const MOST_CONNECTIONS = 10;
const PING_EVERY_MS = 10_000;
const CLOSE_AFTER_MS = 500;
const FORGET_AFTER_MS = 10_000;

const ackShape = z.object({ envelope_id: z.string(), payload: z.unknown().optional() });

export class SocketMode {
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 * 1024 });
  private readonly tickets = new Set<string>();
  /** Those that take envelopes; one that was asked to go takes none. */
  private open: WebSocket[] = [];
  private readonly waiting = new Map<string, ((payload: unknown) => void)[]>();
  private turn = 0;
  private readonly pinging: NodeJS.Timeout;

  constructor() {
    this.pinging = setInterval(() => {
      for (const socket of this.sockets.clients) socket.ping('Ping from Slack');
    }, PING_EVERY_MS).unref();
  }

  /** What `apps.connections.open` answers with: an address good for one connection. */
  ticket(origin: string): string {
    const ticket = randomUUID();
    this.tickets.add(ticket);
    return `${origin.replace(/^http/, 'ws')}/link?ticket=${ticket}&app_id=${APP.id}`;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://local');
    if (url.pathname !== '/link' || !this.tickets.delete(url.searchParams.get('ticket') ?? '')) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    this.sockets.handleUpgrade(request, socket, head, (connection) => this.welcome(connection));
  }

  /** One payload in its envelope; every sending of it carries the same envelope id. */
  prepare(outgoing: Outgoing): () => Promise<Attempt> {
    const id = randomUUID();
    const answers = outgoing.kind === 'slash_commands' || outgoing.answers;
    const envelope = JSON.stringify({
      envelope_id: id,
      payload: outgoing.body,
      type: outgoing.kind,
      accepts_response_payload: answers,
      ...(outgoing.retry === undefined
        ? {}
        : { retry_attempt: outgoing.retry.num, retry_reason: outgoing.retry.reason }),
    });
    return () => this.sendEnvelope(id, envelope);
  }

  /** Asks every connection to reconnect, as Slack does every few hours, then closes it. */
  routine(): void {
    const leaving = this.open;
    this.open = [];
    for (const socket of leaving) dismiss(socket, 'refresh_requested');
  }

  /** Tears every connection, without a word. */
  cut(): void {
    this.open = [];
    for (const socket of this.sockets.clients) socket.terminate();
  }

  /** Says goodbye to all, and waits a moment for theirs. */
  async close(): Promise<void> {
    clearInterval(this.pinging);
    this.open = [];
    this.sockets.close();
    const leaving = [...this.sockets.clients].map(goodbye);
    await Promise.race([Promise.all(leaving), sleep(CLOSE_AFTER_MS, undefined, { ref: false })]);
    this.cut();
  }

  private welcome(socket: WebSocket): void {
    socket.on('error', () => socket.terminate());
    if (this.open.length >= MOST_CONNECTIONS) {
      dismiss(socket, 'too_many_websockets');
      return;
    }
    this.open.push(socket);
    socket.on('close', () => {
      this.open = this.open.filter((other) => other !== socket);
    });
    socket.on('message', (data) => this.hear(data.toString()));
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.open.length,
        debug_info: { host: 'local', build_number: 1, approximate_connection_time: 18_060 },
        connection_info: { app_id: APP.id },
      }),
    );
  }

  private hear(data: string): void {
    const ack = ackShape.safeParse(parseJson(data));
    if (!ack.success) return;
    const waiting = this.waiting.get(ack.data.envelope_id) ?? [];
    this.waiting.delete(ack.data.envelope_id);
    for (const answer of waiting) answer(ack.data.payload);
  }

  private sendEnvelope(id: string, envelope: string): Promise<Attempt> {
    const ready = this.open.filter((one) => one.readyState === one.OPEN);
    const socket = ready[this.turn % ready.length];
    this.turn += 1;
    if (socket === undefined) return Promise.resolve({ ok: false, why: 'dispatch_failed' });
    const sent = performance.now();
    return new Promise((resolve) => {
      const others = this.waiting.get(id) ?? [];
      const answer = (payload: unknown) =>
        resolve({ ok: true, ms: performance.now() - sent, response: isNothing(payload) ? EMPTY : payload });
      this.waiting.set(id, [...others, answer]);
      setTimeout(() => this.waiting.delete(id), FORGET_AFTER_MS).unref();
      socket.send(envelope);
    });
  }
}

function goodbye(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
    socket.close(1001);
  });
}

function dismiss(socket: WebSocket, reason: string): void {
  socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'local' } }));
  setTimeout(() => socket.close(1000), CLOSE_AFTER_MS).unref();
}

/** The SDK acknowledges with an empty object when the app says nothing. */
function isNothing(payload: unknown): boolean {
  if (payload === undefined || payload === null || payload === '') return true;
  return typeof payload === 'object' && Object.keys(payload).length === 0;
}
