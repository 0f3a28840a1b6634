import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { median, shuffled } from '../figures.ts';
import type { House } from '../house.ts';
import { environmentOf, SIGNING_SECRET } from '../servers/site.ts';
import type { Row, Size } from './row.ts';

/** How long a process is left alone before its memory is looked at, ms. */
const CALM_MS = 1_500;
const LANES = 48;

/** One contestant: the command that starts it on a port, and its environment. */
interface Contestant {
  readonly name: string;
  readonly command: (port: number) => { args: string[]; env: Record<string, string> };
}

/** From the start of the process to its first ack, and what it then holds in memory. */
export const start: Row = {
  name: 'start',
  async run(house, size) {
    const database = await house.database('start');
    const { seam, slackUrl, key } = house;
    const site = { slackUrl, seamUrl: seam.url, seamKey: seam.apiKey, database, key, mode: 'http' } as const;
    const contestants: Contestant[] = [
      {
        name: 'floor',
        command: (port) => ({ args: [here('../servers/bare/floor.ts'), `${port}`], env: {} }),
      },
      {
        name: 'bare Bolt with the SDK',
        command: (port) => ({ args: [here('../servers/bare/bolt.ts'), `${port}`, SIGNING_SECRET], env: {} }),
      },
      {
        name: 'ours',
        command: (port) => ({
          args: [here('../../../src/start.mjs')],
          env: environmentOf({ ...site, port }),
        }),
      },
    ];
    const found = new Map(contestants.map(({ name }) => [name, [] as Started[]]));
    for (let round = 0; round <= size.rounds; round += 1) {
      for (const contestant of shuffled(contestants)) {
        const started = await startOne(house, size, contestant);
        // The first start fills the caches of the disk, and Node's own.
        if (round > 0) found.get(contestant.name)?.push(started);
      }
    }
    const middle = (name: string, figure: keyof Started) =>
      median((found.get(name) ?? []).map((started) => started[figure]));
    const ratio = (figure: keyof Started) =>
      middle('ours', figure) / middle('bare Bolt with the SDK', figure);
    return {
      figures: { start: ratio('ackMs'), idle: ratio('idleMb') },
      told: contestants.map(({ name }) => [
        `${name}: start to first ack; memory idle, loaded`,
        `${middle(name, 'ackMs').toFixed(0)} ms; ${middle(name, 'idleMb').toFixed(0)} MB, ${middle(name, 'loadedMb').toFixed(0)} MB`,
      ]),
    };
  },
};

interface Started {
  readonly ackMs: number;
  readonly idleMb: number;
  readonly loadedMb: number;
}

async function startOne(house: House, { slotMs }: Size, { command }: Contestant): Promise<Started> {
  const port = await freePort();
  const { args, env } = command(port);
  const acked = house.load.ask('firstAck', { port }, z.number());
  const began = performance.timeOrigin + performance.now();
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  try {
    const ackMs = (await acked) - began;
    await sleep(CALM_MS);
    const idleMb = await residentMb(child.pid);
    await house.closed({ port }, { deed: 'ack command', lanes: LANES, forMs: slotMs });
    return { ackMs, idleMb, loadedMb: await residentMb(child.pid) };
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

async function residentMb(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return (Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024) / 1e6;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const closed = once(server, 'close');
  server.close();
  await closed;
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function here(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
