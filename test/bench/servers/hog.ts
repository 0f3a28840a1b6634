/** Another connection to the bot's database, which holds the write lock for a while every second. */
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { z } from 'zod';
import { answerParent, settingsOf } from '../worker.ts';

const HOLD_MS = 300;
const EVERY_MS = 1_000;

const { database } = settingsOf(z.object({ database: z.string() }));
const sqlite = new Sqlite(database, { timeout: 5_000 });
let stopped = false;

async function hold(): Promise<void> {
  while (!stopped) {
    sqlite.exec('begin immediate');
    await sleep(HOLD_MS);
    sqlite.exec('commit');
    await sleep(EVERY_MS - HOLD_MS);
  }
}

const holding = hold();
answerParent({
  async stop() {
    stopped = true;
    await holding;
    sqlite.close();
  },
});
