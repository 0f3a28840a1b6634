import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

/** What `apps.connections.open` does. */
export type Opening = (response: ServerResponse) => void;

/** One connection as Slack sees it. */
export interface Link {
  socket: WebSocket;
  /** What the app sent, in order. */
  acks: { envelope_id: string; payload: unknown }[];
  send(message: unknown): void;
}

/** Just enough of Slack for Socket Mode, and everything that it can do wrong. The port stays the same throughout. */
export class SmallSlack {
  readonly links: Link[] = [];
  opened = 0;
  /** Answers `apps.connections.open` instead of us, when set. */
  opening: Opening | undefined;
  /** What becomes of the request to upgrade. */
  upgrade: 'hello' | 'silent' | 'refused' | 'hung' = 'hello';
  /** Connections whose request to upgrade is never answered. */
  readonly hung = new Set<Duplex>();
  port = 0;
  #server: Server | undefined;
  readonly #ws = new WebSocketServer({ noServer: true });

  get url(): string {
    return `http://127.0.0.1:${this.port}/api/`;
  }

  /** Starts, or comes back after `down`. */
  async up(): Promise<void> {
    const server = createServer((request, response) => this.#answer(request, response));
    server.on('upgrade', (request, socket, head) => {
      // Whoever asked may be gone before the answer.
      socket.on('error', () => undefined);
      if (this.upgrade === 'hung') this.#hold(socket);
      else if (this.upgrade === 'refused') socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
      else this.#ws.handleUpgrade(request, socket, head, (link) => this.#connect(link));
    });
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    const address = server.address();
    if (typeof address === 'object' && address !== null) this.port = address.port;
    this.#server = server;
  }

  /** As when the network is gone: every connection breaks, and none can be made. */
  async down(): Promise<void> {
    for (const { socket } of this.open) socket.terminate();
    const server = this.#server;
    if (server === undefined) return;
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    this.#server = undefined;
  }

  /** The connections that stand now, the oldest first. */
  get open(): Link[] {
    return this.links.filter(({ socket }) => socket.readyState === socket.OPEN);
  }

  /** Ids of all envelopes that were acknowledged, on whichever connection. */
  get acknowledged(): string[] {
    return this.links.flatMap(({ acks }) => acks.map(({ envelope_id: id }) => id));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    this.opened += 1;
    const genuine =
      request.url === '/api/apps.connections.open' && request.headers.authorization === 'Bearer xapp-1';
    if (this.opening !== undefined) this.opening(response);
    else if (!genuine) json(response, { ok: false, error: 'invalid_auth' });
    else json(response, { ok: true, url: `ws://127.0.0.1:${this.port}/link/?ticket=s3cr3t&app_id=A1` });
  }

  #hold(socket: Duplex): void {
    this.hung.add(socket);
    // Without reading nobody would notice the end.
    socket
      .resume()
      .on('error', () => undefined)
      .on('end', () => socket.destroy());
    socket.on('close', () => this.hung.delete(socket));
  }

  #connect(socket: WebSocket): void {
    const link: Link = { socket, acks: [], send: (message) => socket.send(JSON.stringify(message)) };
    this.links.push(link);
    socket.on('error', () => undefined);
    socket.on('message', (data) => link.acks.push(JSON.parse(String(data))));
    if (this.upgrade === 'hello') link.send({ type: 'hello', num_connections: 1 });
  }
}

export function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
