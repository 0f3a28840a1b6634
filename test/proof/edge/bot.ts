/** The real bot in a process of its own, with settings that a proof may change, watched for how it lives and ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Config } from '../../../src/config.ts';
import { environmentOf } from '../../support/process.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** A bot that runs, or did. */
export interface WatchedBot {
  /** The port of its HTTP server. */
  readonly port: number;
  running(): boolean;
  /** Sends the signal and resolves, once it has ended, with the exit code or the signal that ended it. */
  stop(signal: NodeJS.Signals): Promise<number | string>;
}

/** Hears all that the bot writes, in pieces as they come. */
export type Heard = (text: string, from: 'stdout' | 'stderr') => void;

/** The settings of a config with Seam's webhooks, the log at its most talkative, and a free port. */
export function talkative(config: Config): Record<string, string> {
  const { webhookSecret } = config.seam;
  return {
    ...environmentOf(config),
    LOG_LEVEL: 'trace',
    ...(webhookSecret !== null && {
      SEAM_WEBHOOK_SECRET: webhookSecret,
      PUBLIC_URL: 'https://latchbolt.example.com',
    }),
  };
}

/** Starts it and waits until it says that it is ready; rejects when it ends before that. */
export async function startBot(env: Record<string, string>, heard: Heard): Promise<WatchedBot> {
  const ready = Promise.withResolvers<number>();
  let said = '';
  const listen: Heard = (text, from) => {
    heard(text, from);
    if (said === 'ready') return;
    said += text;
    const port = /"port":(\d+).*Latchbolt is ready/.exec(said)?.[1];
    if (port === undefined) return;
    said = 'ready';
    ready.resolve(Number(port));
  };
  const { child, ended } = run(env, listen);
  const port = await Promise.race([
    ready.promise,
    ended.then((how) => Promise.reject(new Error(`the bot ended (${how}):\n${said}`))),
  ]);
  return {
    port,
    running: () => child.exitCode === null && child.signalCode === null,
    async stop(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/**
 * Starts one that is expected to end by itself, and resolves with its exit code. It is killed when it says that it is
 * ready, and after `forMs`.
 */
export async function endingOf(
  env: Record<string, string>,
  heard: Heard,
  forMs: number,
): Promise<number | string> {
  const { child, ended } = run(env, (text, from) => {
    heard(text, from);
    if (text.includes('Latchbolt is ready')) child.kill('SIGKILL');
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), forMs);
  const how = await ended;
  clearTimeout(timer);
  return how;
}

function run(
  env: Record<string, string>,
  heard: Heard,
): { child: ChildProcess; ended: Promise<number | string> } {
  const child = spawn(process.execPath, ['src/start.mjs'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => heard(text, 'stdout'));
  child.stderr.setEncoding('utf8').on('data', (text: string) => heard(text, 'stderr'));
  // `close` comes when all that it wrote has been read.
  const ended = once(child, 'close').then(() => child.signalCode ?? child.exitCode ?? 'unknown');
  return { child, ended };
}
