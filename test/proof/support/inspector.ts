import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { pause } from '../../support/trouble.ts';
import type { Bot } from './bot.ts';
import { hangUp } from './deeds.ts';

/** What a process holds, once everything that nobody refers to is collected. */
export interface Holding {
  /** MB in use on V8's heap. */
  readonly heap: number;
  /** MB resident. */
  readonly rss: number;
  /** Open file descriptors that are no connection. */
  readonly files: number;
  /** Connections, when they were fewest. */
  readonly connections: number;
}

const memory = z.object({ heapUsed: z.number(), rss: z.number() });
const MB = 1024 * 1024;

/**
 * The bot is never quite idle: it looks at doors that were unlocked, and asks for events. So it is looked for so long, and
 * so often, how few connections it needs, ms.
 */
const [COUNT_FOR_MS, COUNT_EVERY_MS] = [15_000, 250];

/** Looks into a bot with nothing to answer that was started with `--inspect`: `idleMs` later, after a full collection. */
export async function lookInto(bot: Bot, idleMs: number): Promise<Holding> {
  if (bot.inspector === null) throw new Error('the bot was started without its inspector');
  hangUp();
  await pause(idleMs);
  const socket = new WebSocket(bot.inspector, { perMessageDeflate: false });
  await once(socket, 'open');
  try {
    // Twice: what a finalizer lets go of in the first is collected in the second.
    for (let n = 0; n < 2; n += 1) await ask(socket, 'HeapProfiler.collectGarbage');
    const { heapUsed, rss } = memory.parse(
      JSON.parse(await evaluate(socket, 'JSON.stringify(process.memoryUsage())')),
    );
    return { heap: heapUsed / MB, rss: rss / MB, ...(await fewest(bot.pid)) };
  } finally {
    socket.close();
  }
}

async function fewest(pid: number): Promise<Pick<Holding, 'files' | 'connections'>> {
  const until = performance.now() + COUNT_FOR_MS;
  let [files, connections] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  while (performance.now() < until) {
    const open = readdirSync(`/proc/${pid}/fd`).map((fd) => targetOf(`/proc/${pid}/fd/${fd}`));
    const sockets = open.filter((target) => target?.startsWith('socket:') === true).length;
    files = Math.min(files, open.filter((target) => target !== null).length - sockets);
    connections = Math.min(connections, sockets);
    await pause(COUNT_EVERY_MS);
  }
  return { files, connections };
}

/** Null for one that was closed meanwhile. */
function targetOf(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

async function evaluate(socket: WebSocket, expression: string): Promise<string> {
  const answer = z.object({ result: z.object({ value: z.string() }) });
  return answer.parse(await ask(socket, 'Runtime.evaluate', { expression, returnByValue: true })).result
    .value;
}

let last = 0;

function ask(socket: WebSocket, method: string, params: object = {}): Promise<unknown> {
  last += 1;
  const id = last;
  return new Promise((resolve) => {
    const heard = (data: WebSocket.RawData): void => {
      const said = z
        .object({ id: z.number().optional(), result: z.unknown() })
        .parse(JSON.parse(String(data)));
      if (said.id !== id) return;
      socket.off('message', heard);
      resolve(said.result);
    };
    socket.on('message', heard);
    socket.send(JSON.stringify({ id, method, params }));
  });
}
