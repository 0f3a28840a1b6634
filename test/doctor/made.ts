import Sqlite from 'better-sqlite3';
import type { Config } from '../../src/config.ts';
import { loadOrCreateKeyFile } from '../../src/key-file.ts';
import { createSealer } from '../../src/seal.ts';
import { migrate } from '../../src/store/migrations.ts';
import { responseUrlColumns } from '../../src/store/response-url.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { deploy } from './deployment.ts';

/** A deployment whose bot ran once and ended in order. */
export async function deployMade(): Promise<{ config: Config; file: string; folder: string }> {
  const { config, folder } = await deploy();
  const { file } = config.database;
  const { db } = openSqlite(file);
  await migrate(db);
  await db.destroy();
  loadOrCreateKeyFile(file);
  return { config, file, folder };
}

/** Changes the database as another program would. */
export function change(file: string, statement: string, ...values: unknown[]): void {
  const sqlite = new Sqlite(file);
  sqlite.prepare(statement).run(...values);
  sqlite.close();
}

/** A link whose way back to its person is sealed with this key. */
export function seal(file: string, key: Buffer): void {
  const responseUrl = { url: 'https://hooks.slack.com/commands/secret', expiresAt: 2 };
  const sealed = responseUrlColumns(createSealer(key), 'connect').write('link', responseUrl);
  change(
    file,
    `insert into connect (id, scope, slack_user_id, connect_webview_id, status, created_at, expires_at,
       response_url, response_url_expires_at) values ('link', 'T', 'U', 'webview', 'open', 1, 2, ?, ?)`,
    sealed.response_url,
    sealed.response_url_expires_at,
  );
}
