import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';

/** The bot in a process of its own. */
export interface Bot {
  readonly pid: number;
  /** Where it takes Slack's requests. */
  readonly port: number;
  /** Where Node's inspector listens, if it was asked for. */
  readonly inspector: string | null;
  /** The last lines that it wrote. */
  readonly output: readonly string[];
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  alive(): boolean;
  /** Sends the signal, and resolves when it has ended. */
  kill(signal: NodeJS.Signals): Promise<number | string>;
}

const ROOT = join(import.meta.dirname, '../../..');
/** So many lines of output are kept. */
const KEPT = 200;
const ready = z.object({ msg: z.literal('Latchbolt is ready'), port: z.int() });

/** The bot ended before it was ready. */
export class BotEnded extends Error {
  override readonly name = 'BotEnded';
}

/** Starts what `npm start` starts, with these settings alone; resolves when it is ready. */
export async function startBot(env: Record<string, string>, nodeArgs: readonly string[] = []): Promise<Bot> {
  const child = spawn(process.execPath, [...nodeArgs, 'src/start.mjs'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', ...env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  const ended = once(child, 'exit').then(([code, signal]) =>
    z.union([z.number(), z.string()]).parse(code ?? signal),
  );
  let inspector: string | null = null;
  const port = new Promise<number>((resolve) => {
    const read = (line: string) => {
      output.push(line);
      if (output.length > KEPT) output.shift();
      inspector ??= /^Debugger listening on (ws:\S+)/.exec(line)?.[1] ?? null;
      const said = line.includes('Latchbolt is ready') ? ready.safeParse(JSON.parse(line)) : null;
      if (said?.success === true) resolve(said.data.port);
    };
    for (const stream of [child.stdout, child.stderr]) eachLine(stream, read);
  });
  const found = await Promise.race([port, ended]);
  if (child.pid === undefined || typeof found === 'string' || child.exitCode !== null) {
    throw new BotEnded(`the bot ended (${found}):\n${output.join('\n')}`);
  }
  return {
    pid: child.pid,
    port: found,
    inspector,
    output,
    ended,
    alive: () => child.exitCode === null && child.signalCode === null,
    kill(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

function eachLine(stream: NodeJS.ReadableStream, read: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) read(line);
  });
}
