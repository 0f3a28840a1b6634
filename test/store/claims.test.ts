import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { interactionId } from '../../src/domain/ids.ts';
import { START } from '../support/sights.ts';
import { newFile, open } from './database.ts';

const delivery = (n: number) => interactionId(`trigger-${n}`);
const MANY = 100;

/** Another process that claims deliveries 0 to `MANY`, once it is let go; says which it had first. */
async function claimElsewhere(file: string, run: string): Promise<{ go(): Promise<number[]> }> {
  const place = (path: string) => JSON.stringify(new URL(`../../src/${path}`, import.meta.url).href);
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--input-type=module',
      '--eval',
      `import { createLog } from ${place('log.ts')};
       import { createSealer } from ${place('seal.ts')};
       import { openSqlite } from ${place('store/sqlite.ts')};
       import { openStore } from ${place('store/store.ts')};
       const [file, run] = process.argv.slice(1);
       const sealer = createSealer(Buffer.alloc(32, 7));
       const store = await openStore(openSqlite(file), { sealer, log: createLog({ level: 'silent' }), run });
       process.stderr.write('ready');
       for await (const _ of process.stdin) break;
       const first = [];
       for (let n = 0; n < ${MANY}; n += 1) {
         if (await store.deliveries.claim('trigger-' + n, ${START})) first.push(n);
       }
       await store.close();
       process.stdout.write(JSON.stringify(first));`,
      file,
      run,
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const output = text(child.stdout);
  const [said] = await once(child.stderr, 'data');
  if (String(said) !== 'ready') throw new Error(`the other process cannot claim: ${said}`);
  return {
    async go() {
      child.stdin.end('go');
      return JSON.parse(await output);
    },
  };
}

test('what two processes are given at once is claimed by one of them', async () => {
  const file = newFile();
  const { db } = await open(file);
  const claimers = [await claimElsewhere(file, 'run-2'), await claimElsewhere(file, 'run-3')];
  const first = await Promise.all(claimers.map((claimer) => claimer.go()));
  expect(first.flat().toSorted((left, right) => left - right)).toEqual(
    Array.from({ length: MANY }, (_, n) => n),
  );
  expect(await db.selectFrom('delivery').select('interaction').execute()).toHaveLength(MANY);
});

test('what two stores over one file are given at once is claimed by one of them', async () => {
  const file = newFile();
  const stores = [(await open(file)).store, (await open(file, 'run-2')).store];
  const claims = await Promise.all(
    Array.from({ length: MANY }, (_, n) => n).map(async (n) => {
      const both = await Promise.all(stores.map(({ deliveries }) => deliveries.claim(delivery(n), START)));
      return both.filter(Boolean).length;
    }),
  );
  expect(claims).toEqual(Array.from({ length: MANY }, () => 1));
});

test('what was claimed stays claimed after a restart, until it is forgotten', async () => {
  const file = newFile();
  const before = await open(file);
  expect(await before.store.deliveries.claim(delivery(1), START)).toBe(true);
  await before.store.close();
  const after = await open(file, 'run-2');
  expect(await after.store.deliveries.claim(delivery(1), START + 9)).toBe(false);
  await after.store.deliveries.forget(START + 1);
  expect(await after.store.deliveries.claim(delivery(1), START + 9)).toBe(true);
});
