import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { startBot } from './bot.ts';
import { ConfigError, describeFaults } from './config/variables.ts';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { thisProcess } from './runs.ts';
import { StartError } from './start-error.ts';
import { systemTime } from './time.ts';

try {
  const dotEnv = existsSync('.env') ? readFileSync('.env', 'utf8') : null;
  const config = readConfig(process.env, { dotEnv });
  const log = createLog({ level: config.logLevel });
  const bot = await startBot(config, { time: systemTime, newId: randomUUID, log, place: thisProcess });
  const stop = (exitCode: number): void => {
    bot.close().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        log.fatal({ err: error }, 'Latchbolt could not stop in order');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', () => stop(0));
  process.once('SIGINT', () => stop(0));
  bot.ready.catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : 'Slack cannot be reached.'}\n`);
    stop(1);
  });
} catch (error) {
  process.exitCode = 1;
  if (error instanceof ConfigError) process.stderr.write(describeFaults(error));
  else if (error instanceof StartError) process.stderr.write(`${error.message}\n`);
  else throw error;
}
