/** A server that hands every request on to another, hears both sides, and may answer in its place. */
import { once } from 'node:events';
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What passed: a question, and what came back. */
export interface Exchange {
  readonly path: string;
  readonly asked: Buffer;
  readonly status: number;
  readonly headers: string;
  readonly answered: Buffer;
}

/** What a tap does beside handing on. */
export interface TapWork {
  /** Answers this question as JSON in place of the server behind; null leaves it to that. */
  instead?(path: string, asked: Buffer): object | null;
  /** Is told of each question that was answered. */
  heard?(exchange: Exchange): void;
}

/** A running tap. */
export interface Tap {
  readonly url: string;
  /** How many questions wait for their answer now. */
  underWay(): number;
  close(): Promise<void>;
}

/** Starts one on 127.0.0.1. What the server behind resets, or never answers, is reset or never answered here too. */
export async function startTap(target: () => string, work: TapWork): Promise<Tap> {
  let underWay = 0;
  const server = createServer((incoming, outgoing) => {
    underWay += 1;
    outgoing.once('close', () => {
      underWay -= 1;
    });
    pass(target(), work, incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.keepAliveTimeout = 120_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the tap has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    underWay: () => underWay,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function pass(
  target: string,
  work: TapWork,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const asked = await whole(incoming);
  const path = incoming.url ?? '/';
  const own = work.instead?.(path, asked) ?? null;
  if (own !== null) {
    outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(own));
    return;
  }
  const { host: _, connection: __, ...headers } = incoming.headers;
  const onward = ask(new URL(path, target), { method: incoming.method, headers });
  outgoing.on('close', () => onward.destroy());
  onward.end(asked);
  const [answer]: IncomingMessage[] = await once(onward, 'response');
  if (answer === undefined) throw new Error('no answer');
  const answered = await whole(answer);
  const status = answer.statusCode ?? 0;
  work.heard?.({ path, asked, status, headers: answer.rawHeaders.join('\n'), answered });
  const { connection: ___, 'transfer-encoding': ____, ...said } = answer.headers;
  outgoing.writeHead(status, { ...said, 'content-length': answered.length }).end(answered);
}

async function whole(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}
