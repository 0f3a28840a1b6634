import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { runId } from '../../src/domain/ids.ts';
import { createLog } from '../../src/log.ts';
import { createSealer } from '../../src/seal.ts';
import { type Move, moveRows } from '../../src/store/move-row.ts';
import type { Database, OpenDatabase } from '../../src/store/schema.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { openStore, type Store } from '../../src/store/store.ts';

/** A path for a database, in a folder that goes with the test. */
export function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchbolt-sqlite-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'latchbolt.db');
}

const sealer = createSealer(Buffer.alloc(32, 7));

/** Opens a store as the bot does, for one of its runs; it closes with the test. */
export async function open(
  file: string,
  run = 'run-1',
): Promise<{ opened: OpenDatabase; db: Database; store: Store }> {
  const opened = openSqlite(file);
  onTestFinished(() => opened.db.destroy());
  const log = createLog({ level: 'silent' });
  const store = await openStore(opened, { sealer, log, run: runId(run) });
  return { opened, db: opened.db, store };
}

/** The rows of the journal that are under way, as they stand. */
export async function underWay(db: Database): Promise<Move[]> {
  const rows = await db.selectFrom('move').selectAll().where('state', '=', 'under_way').execute();
  return rows.map(moveRows(sealer).read);
}

/** Looks into the file with a connection of its own, as another program would. */
export function lookInto<Row>(file: string, query: string): Row[] {
  const sqlite = new Sqlite(file);
  try {
    return sqlite.prepare<[], Row>(query).all();
  } finally {
    sqlite.close();
  }
}

/** Lets another process hold the database for itself; `release` gives it back. */
export async function holdElsewhere(file: string): Promise<{ release(): Promise<void> }> {
  const holder: ChildProcess = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import Sqlite from 'better-sqlite3';
       const sqlite = new Sqlite(process.argv[1]);
       sqlite.exec('BEGIN EXCLUSIVE');
       process.stdout.write('held');
       process.stdin.resume().on('end', () => { sqlite.exec('COMMIT'); sqlite.close(); });`,
      file,
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const over = once(holder, 'exit');
  onTestFinished(() => {
    holder.kill('SIGKILL');
  });
  if (holder.stdout !== null) await Promise.race([once(holder.stdout, 'data'), over]);
  if (holder.exitCode !== null) throw new Error('the other process could not hold the database');
  return {
    async release() {
      holder.stdin?.end();
      await over;
    },
  };
}
