import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Config } from '../../src/config.ts';

/** The bot in a process of its own, so that it can be killed. */
export interface BotProcess {
  readonly child: ChildProcess;
  readonly output: string[];
  /** Resolves with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  kill(signal: NodeJS.Signals): Promise<number | string>;
}

/** The settings as an operator would write them. */
export function environmentOf(config: Config): Record<string, string> {
  const { slack, seam } = config;
  return {
    SLACK_BOT_TOKEN: slack.botToken,
    ...(slack.mode === 'socket'
      ? { SLACK_APP_TOKEN: slack.appToken }
      : { SLACK_SIGNING_SECRET: slack.signingSecret }),
    SLACK_API_URL: slack.apiUrl,
    SEAM_API_KEY: seam.apiKey,
    SEAM_ENDPOINT: seam.endpoint,
    DATABASE_URL: `file:${config.database.file}`,
    ENCRYPTION_KEY: config.encryptionKey?.toString('base64') ?? '',
    PORT: '0',
    LOG_LEVEL: 'debug',
  };
}

/** Starts `npm start`'s own entry and waits until it says that it is ready. */
export async function startBotProcess(config: Config): Promise<BotProcess> {
  const child = spawn(process.execPath, ['src/start.mjs'], {
    env: { PATH: process.env.PATH ?? '', ...environmentOf(config) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string);
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output.push(text);
        if (text.includes('Latchbolt is ready')) resolve();
      });
    }
  });
  await Promise.race([
    ready,
    ended.then((how) => {
      throw new Error(`the bot ended (${how}):\n${output.join('')}`);
    }),
  ]);
  return {
    child,
    output,
    ended,
    async kill(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** Runs the bot until it ends by itself. */
export async function endingOf(
  env: Record<string, string>,
): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(process.execPath, ['src/start.mjs'], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : null, stderr };
}
