/**
 * `npm run bench`: how quick, and how cheap, as ratios within one run (see docs and goals.ts).
 *
 *   --rounds N    rounds of slots, 9 by default
 *   --quick       everything tiny, only to see that it runs; nothing is written
 *   --only a,b    just these rows
 *   --growth      the growth to 1,000,000 people and 10,000,000 rows, which takes minutes
 *   --profile DIR a CPU profile of every bot that is measured
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { startHouse } from './house.ts';
import { reportOf, textOf } from './report.ts';
import { ack } from './rows/ack.ts';
import { door } from './rows/door.ts';
import { locks, unlock } from './rows/flows.ts';
import { growth } from './rows/growth.ts';
import { many } from './rows/many.ts';
import { open } from './rows/open.ts';
import type { Found, Row, Size } from './rows/row.ts';
import { socket } from './rows/socket.ts';
import { start } from './rows/start.ts';
import { trust } from './rows/trust.ts';
import { workspaces } from './rows/workspaces.ts';
import { pictureOf } from './svg.ts';

const rows: readonly Row[] = [trust, ack, socket, locks, unlock, door, many, open, start, workspaces, growth];

const { values } = parseArgs({
  options: {
    rounds: { type: 'string' },
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    growth: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
});

const usual: Size = {
  rounds: Number(values.rounds ?? 9),
  slotMs: 1_200,
  samples: 40,
  openMs: 20_000,
  workspaces: 20_000,
  grown: values.growth ? { people: 1_000_000, rows: 10_000_000 } : { people: 100_000, rows: 500_000 },
};
const tiny: Size = {
  rounds: Number(values.rounds ?? 1),
  slotMs: 300,
  samples: 8,
  openMs: 2_000,
  workspaces: 500,
  grown: { people: 5_000, rows: 10_000 },
};
const size = values.quick ? tiny : usual;
const names = values.only?.split(',') ?? rows.map(({ name }) => name);
const unknown = names.filter((name) => rows.every((row) => row.name !== name));
if (unknown.length > 0) {
  throw new Error(`no row ${unknown.join(', ')}; there are ${rows.map(({ name }) => name).join(', ')}`);
}

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const loadBefore = loadavg()[0] ?? 0;
const house = await startHouse(values.quick ? 1_000 : 2_000, values.profile ?? null);
const found: Found[] = [];
/** Of a tiny run only trust is judged: its figures mean nothing. */
const judged: Found[] = [];
try {
  for (const row of rows.filter(({ name }) => names.includes(name))) {
    const began = performance.now();
    const one = await row.run(house, size);
    found.push(one);
    if (!values.quick || row.name === trust.name) judged.push(one);
    say(`${row.name}: ${((performance.now() - began) / 1000).toFixed(0)} s`);
  }
} finally {
  await house.close();
}

const report = reportOf(found, size, loadBefore);
say(`\n${textOf(report)}`);
if (!values.quick && values.only === undefined) {
  await mkdir('docs', { recursive: true });
  await writeFile('docs/bench.json', `${JSON.stringify(report, null, 2)}\n`);
  const about = `npm run bench, Node ${report.node}, ${cpus().length} cores, ${report.at.slice(0, 10)}. Each group has its own scale.`;
  await writeFile('docs/bench.svg', pictureOf(report.measures, about));
}
process.exitCode = judged.every(({ faults = [] }) => faults.length === 0) ? 0 : 1;
