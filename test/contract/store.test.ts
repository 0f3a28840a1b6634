import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connectId, connectWebviewId, runId } from '../../src/domain/ids.ts';
import { createLog } from '../../src/log.ts';
import { createSealer } from '../../src/seal.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { openStore } from '../../src/store/store.ts';
import { aRequest, START, someone } from '../support/sights.ts';
import { storeContract } from './store-contract.ts';

storeContract({
  name: 'SQLite',
  async open() {
    const folder = newFolder();
    return {
      ...openSqlite(join(folder, 'latchbolt.db')),
      cleanup: async () => rmSync(folder, { recursive: true }),
    };
  },
});

test('no response_url is in the clear in any byte of the files of SQLite', async () => {
  const folder = newFolder();
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const store = await openStore(openSqlite(join(folder, 'latchbolt.db')), {
    sealer: createSealer(Buffer.alloc(32, 7)),
    log: createLog({ level: 'silent' }),
    run: runId('run-1'),
  });
  const responseUrl = { url: 'https://hooks.slack.com/actions/T1/2/tattletale', expiresAt: START };
  await store.moves.begin(aRequest({ responseUrl }));
  await store.connects.add({
    id: connectId('connect-1'),
    who: someone(),
    webviewId: connectWebviewId('webview-1'),
    createdAt: START,
    expiresAt: START,
    responseUrl,
  });
  await store.connects.told(connectId('connect-1'), START);
  const look = () =>
    Object.fromEntries(
      readdirSync(folder).map((name) => {
        const bytes = readFileSync(join(folder, name));
        return [
          name,
          { door: bytes.includes('door-1'), url: bytes.includes('tattletale') || bytes.includes('hooks.') },
        ];
      }),
    );
  // The door's id proves that the rows are in the bytes that were searched.
  expect(look()).toEqual({
    'latchbolt.db': { door: false, url: false },
    'latchbolt.db-shm': { door: false, url: false },
    'latchbolt.db-wal': { door: true, url: false },
  });
  await store.close();
  expect(look()).toEqual({ 'latchbolt.db': { door: true, url: false } });
});

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'latchbolt-store-'));
}
