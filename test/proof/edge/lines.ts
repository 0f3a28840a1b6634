/** Pipelined keep-alive connections to the bot, which say of each request what became of it. */
import { connect, type Socket } from 'node:net';
import type { Sent } from './wire.ts';

/** What became of a request: an answer, a connection that the bot closed on it, or nothing within the bound. */
export type Fate =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'closed' | 'silent' };

/** How many connections there are, and how many requests stand on one. */
const CONNECTIONS = 8;
const DEPTH = 16;
/** Longer than the bot allows a request to take (11 s), with room for a slow machine, ms. */
const BOUND_MS = 30_000;

/** Sends all of them, each once, and tells of each what became of it. */
export async function sendAll<Request extends Sent>(
  port: number,
  requests: Iterable<Request>,
  told: (request: Request, fate: Fate) => void,
): Promise<void> {
  const source = new Source(requests);
  await Promise.all(Array.from({ length: CONNECTIONS }, () => drain(port, source, told)));
}

/** Requests that wait to be sent: what a closing connection left behind comes first. */
class Source<Request extends Sent> {
  readonly #fresh: Iterator<Request>;
  readonly #again: Request[] = [];

  constructor(requests: Iterable<Request>) {
    this.#fresh = requests[Symbol.iterator]();
  }

  take(): Request | null {
    const again = this.#again.pop();
    if (again !== undefined) return again;
    const next = this.#fresh.next();
    return next.done === true ? null : next.value;
  }

  giveBack(left: readonly Request[]): void {
    this.#again.push(...left);
  }
}

/** One connection after the other, until nothing is left. */
async function drain<Request extends Sent>(
  port: number,
  source: Source<Request>,
  told: (request: Request, fate: Fate) => void,
): Promise<void> {
  for (let next = source.take(); next !== null; next = source.take()) {
    const line = new Line<Request>(port, told);
    source.giveBack(await line.carry(next, source));
  }
}

/** One connection. */
class Line<Request extends Sent> {
  readonly #socket: Socket;
  readonly #told: (request: Request, fate: Fate) => void;
  readonly #waiting: Request[] = [];
  #received = '';
  #heardAt = performance.now();

  constructor(port: number, told: (request: Request, fate: Fate) => void) {
    this.#told = told;
    this.#socket = connect(port, '127.0.0.1').setNoDelay(true).setEncoding('latin1');
  }

  /** Sends from the source until it is empty or the connection ends; resolves to what was sent and not answered. */
  carry(first: Request, source: Source<Request>): Promise<Request[]> {
    const ended = Promise.withResolvers<Request[]>();
    const fill = (): void => {
      const [last] = this.#waiting;
      if (last?.alone === true) return;
      while (this.#waiting.length < DEPTH) {
        const next = source.take();
        if (next === null) break;
        if (next.alone === true && this.#waiting.length > 0) {
          source.giveBack([next]);
          break;
        }
        this.#send(next);
        if (next.alone === true) break;
      }
      if (this.#waiting.length === 0) this.#socket.destroy();
    };
    const watch = setInterval(() => {
      if (performance.now() - this.#heardAt > BOUND_MS) this.#end('silent');
    }, 1_000);
    this.#socket.on('data', (text: string) => {
      this.#received += text;
      if (this.#read()) fill();
    });
    // A reset is one way in which a connection is closed.
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => {
      clearInterval(watch);
      this.#end('closed');
      ended.resolve(this.#waiting.splice(0));
    });
    this.#send(first);
    fill();
    return ended.promise;
  }

  #send(request: Request): void {
    if (this.#waiting.length === 0) this.#heardAt = performance.now();
    this.#waiting.push(request);
    this.#socket.write(request.bytes);
  }

  /** Tells of each answer that is whole; false once the connection is no more to be used. */
  #read(): boolean {
    for (;;) {
      const head = this.#received.indexOf('\r\n\r\n');
      if (head === -1) return true;
      const lines = this.#received.slice(0, head).toLowerCase();
      const status = Number(lines.slice(9, 12));
      if (status < 200) {
        this.#received = this.#received.slice(head + 4);
        continue;
      }
      const [request] = this.#waiting;
      const length = request?.bodiless === true ? 0 : Number(/\ncontent-length: (\d+)/.exec(lines)?.[1] ?? 0);
      if (this.#received.length < head + 4 + length) return true;
      this.#received = this.#received.slice(head + 4 + length);
      this.#heardAt = performance.now();
      if (request === undefined) return this.#leave();
      this.#waiting.shift();
      this.#told(request, { kind: 'answered', status });
      if (request.alone === true || lines.includes('\nconnection: close')) return this.#leave();
    }
  }

  #leave(): false {
    this.#received = '';
    this.#left = true;
    this.#socket.destroy();
    return false;
  }

  #left = false;

  /** The first that waits is the one whose answer was due. */
  #end(kind: 'closed' | 'silent'): void {
    const request = this.#left ? undefined : this.#waiting.shift();
    if (request !== undefined) this.#told(request, { kind });
    this.#left = true;
    this.#socket.destroy();
  }
}
