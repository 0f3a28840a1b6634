import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { seamDriver } from '../../src/sandbox/seam/driver.ts';
import { type Deed, doneSchema } from './load/flows.ts';
import { type SeamAt, seedSeam, seedStore } from './seed.ts';
import { startWorker, type Worker } from './worker.ts';

/** A server under measurement. */
export interface Server {
  readonly name: string;
  readonly port: number;
  /** Processor time so far, µs, once it is idle. */
  usage(): Promise<number>;
  memory(): Promise<{ rss: number; heap: number }>;
  stop(): Promise<void>;
}

/** How the bot is to be started. */
interface OursOptions {
  readonly features: 'real' | 'ack';
  readonly mode?: 'http' | 'socket';
}

/** Everything around the servers, each in a process of its own, and how to start those. */
export interface House {
  readonly seam: SeamAt;
  readonly slackUrl: string;
  readonly drive: ReturnType<typeof seamDriver>;
  readonly load: Worker;
  /** Starts what stands in `servers/`. */
  start(name: string, file: string, more?: object): Promise<Server>;
  /** Starts the bot over a database of its own, which knows everybody. */
  ours(name: string, options: OursOptions): Promise<Server & { readonly database: string }>;
  /** A new file with the database that knows everybody. */
  database(name: string): Promise<string>;
  /** The key of every such database, base64. */
  readonly key: string;
  /** Has people do something at a server. */
  closed(server: { readonly port: number }, slot: Slot): Promise<z.output<typeof doneSchema>[]>;
  close(): Promise<void>;
}

/** A short time of load. */
interface Slot {
  readonly deed: Deed;
  readonly lanes: number;
  /** Without an end when it is left out; then `most` is given. */
  readonly forMs?: number;
  readonly most?: number;
  /** Just this person; everyone in turn when it is left out. */
  readonly person?: string;
}

const whereSeam = z.object({ url: z.string(), apiKey: z.string() });
const memory = z.object({ rss: z.number(), heap: z.number() });

/** Starts the local Seam and the load generator, and lets everybody move in. */
export async function startHouse(people: number, profile: string | null): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'latchbolt-bench-'));
  const seamWorker = await startWorker('servers/seam.ts', {});
  const load = await startWorker('load/main.ts', { people });
  const seam = await seamWorker.ask('where', null, whereSeam);
  const slackUrl = await load.ask('where', null, z.string());
  const key = randomBytes(32);
  const template = join(folder, 'template.db');
  await seedStore(template, key, await seedSeam(seam, people));
  const site = { slackUrl, seamUrl: seam.url, seamKey: seam.apiKey };

  const start = async (name: string, file: string, more: object, nodeOptions: string[]): Promise<Server> => {
    const worker = await startWorker(file, { ...site, ...more }, nodeOptions);
    return {
      name,
      port: await worker.ask('port', null, z.number()),
      usage: () => worker.ask('usage', null, z.number()),
      memory: () => worker.ask('memory', null, memory),
      stop: () => worker.stop(),
    };
  };
  const database = async (name: string): Promise<string> => {
    const file = join(folder, `${name.replaceAll(/\W+/g, '-')}-${randomBytes(4).toString('hex')}.db`);
    await copyFile(template, file);
    return file;
  };
  return {
    seam,
    slackUrl,
    drive: seamDriver(seam.url),
    load,
    database,
    key: key.toString('base64'),
    start: (name, file, more = {}) => start(name, `servers/${file}`, more, []),
    async ours(name, { features, mode = 'http' }) {
      const file = await database(name);
      const profiling = profile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${join(profile, name)}`];
      const settings = { database: file, key: key.toString('base64'), mode, features };
      return { ...(await start(name, 'servers/ours.ts', settings, profiling)), database: file };
    },
    closed: ({ port }, { person = null, forMs = 600_000, most = 1_000_000, ...slot }) =>
      load.ask('closed', { port, person, forMs, most, ...slot }, z.array(doneSchema)),
    async close() {
      await load.stop();
      await seamWorker.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
