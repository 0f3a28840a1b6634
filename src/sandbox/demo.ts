import { createLog } from '../log.ts';
import { type House, startHouse } from './house.ts';

/** Where the page is, unless something else is there already. */
const PORT = 4400;

const log = createLog({ level: 'warn' });

async function start(): Promise<House> {
  try {
    return await startHouse({ port: PORT, log, allowGuests: true, workflow: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    return startHouse({ log, allowGuests: true, workflow: true });
  }
}

const house = await start();
process.stdout.write(
  `
  Latchbolt, with a Slack and a house of its own, is at

    ${house.slack.url}

  Nothing leaves this machine, and nothing is kept. Stop it with Ctrl+C.

`,
);

const stop = (): void => {
  void house.close().then(() => process.exit(0));
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
