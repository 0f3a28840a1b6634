import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { TEAM } from '../servers/site.ts';

/** Hears each message that is posted to one `response_url`. */
export type Hearer = (body: string) => void;

const ack = z.object({ envelope_id: z.string() });

/**
 * As much of Slack as load needs: who the bot is, messages to a `response_url`, Socket Mode. The local Slack judges
 * every block, which under load would be the measure of itself; that is for the tests.
 */
export class SmallSlack {
  /** Calls of the Web API by method. */
  readonly calls = new Map<string, number>();
  /** The connections of Socket Mode that stand. */
  sockets: WebSocket[] = [];
  url = '';
  readonly #hearers = new Map<string, Hearer>();
  readonly #acks = new Map<string, () => void>();
  readonly #server = createServer({ keepAliveTimeout: 120_000 }, (request, response) =>
    this.#answer(request, response),
  );
  readonly #webSockets = new WebSocketServer({ noServer: true });
  #urls = 0;

  async start(): Promise<void> {
    this.#server.on('upgrade', (request, socket, head) =>
      this.#webSockets.handleUpgrade(request, socket, head, (link) => this.#welcome(link)),
    );
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (typeof address === 'object' && address !== null) this.url = `http://127.0.0.1:${address.port}`;
  }

  /** A fresh `response_url`; without a hearer, what is posted there is taken and forgotten. */
  responseUrl(hear?: Hearer): string {
    this.#urls += 1;
    const path = `/response/${this.#urls}`;
    if (hear !== undefined) this.#hearers.set(path, hear);
    return this.url + path;
  }

  /** Nobody listens at this `response_url` any more. */
  forget(url: string): void {
    this.#hearers.delete(url.slice(this.url.length));
  }

  /** Sends one envelope over the given connection, and resolves when it is acknowledged. */
  envelope(socket: WebSocket, id: string, type: string, payload: object): Promise<void> {
    const acked = Promise.withResolvers<void>();
    this.#acks.set(id, acked.resolve);
    socket.send(JSON.stringify({ envelope_id: id, type, accepts_response_payload: true, payload }));
    return acked.promise;
  }

  close(): void {
    for (const socket of this.sockets) socket.terminate();
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const path = request.url ?? '/';
      if (path.startsWith('/response/')) {
        response.writeHead(200, { 'content-type': 'text/plain' }).end('ok');
        this.#hearers.get(path)?.(Buffer.concat(pieces).toString());
      } else {
        const answer = this.#method(path.slice('/api/'.length), Buffer.concat(pieces).toString());
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      }
    });
  }

  #method(name: string, body: string): object {
    this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
    switch (name) {
      case 'auth.test':
        return {
          ok: true,
          team_id: TEAM,
          team: 'Bench',
          user_id: 'U0BENCH',
          user: 'bench',
          bot_id: 'B0BENCH',
        };
      case 'users.info':
        return { ok: true, user: { id: new URLSearchParams(body).get('user'), team_id: TEAM } };
      case 'apps.connections.open':
        return { ok: true, url: `${this.url.replace(/^http/, 'ws')}/link?ticket=1&app_id=A0BENCH` };
      default:
        return { ok: true };
    }
  }

  #welcome(socket: WebSocket): void {
    this.sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.sockets = this.sockets.filter((other) => other !== socket);
    });
    socket.on('message', (data) => {
      const read = ack.safeParse(JSON.parse(String(data)));
      if (!read.success) return;
      this.#acks.get(read.data.envelope_id)?.();
      this.#acks.delete(read.data.envelope_id);
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.sockets.length,
        debug_info: { host: 'bench', build_number: 1, approximate_connection_time: 18_060 },
        connection_info: { app_id: 'A0BENCH' },
      }),
    );
  }
}
