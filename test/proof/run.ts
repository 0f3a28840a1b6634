import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { proof as database } from './database.ts';
import { proof as edge } from './edge.ts';
import { proof as kills } from './kills.ts';
import { proof as once } from './once.ts';
import type { Figure, Proof } from './proof.ts';
import { proof as seamFaults } from './seam-faults.ts';
import { proof as secrets } from './secrets.ts';
import { proof as sigterm } from './sigterm.ts';
import { proof as slackFaults } from './slack-faults.ts';
import { proof as soak } from './soak.ts';

const proofs: readonly Proof[] = [
  once,
  kills,
  sigterm,
  database,
  seamFaults,
  slackFaults,
  edge,
  secrets,
  soak,
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { full: { type: 'boolean', default: false }, size: { type: 'string' }, json: { type: 'string' } },
});
const unknown = positionals.filter((name) => !proofs.some((proof) => proof.name === name));
const size = values.size === undefined ? null : Number(values.size);
if (unknown.length > 0 || (size !== null && !(Number.isInteger(size) && size > 0))) {
  process.stderr.write(
    `Usage: run.ts [${proofs.map(({ name }) => name).join('|')}]… [--full] [--size N] [--json FILE]\n`,
  );
  process.exit(2);
}

/** One proof as it went. */
interface Made {
  readonly name: string;
  readonly promise: string;
  readonly size: number;
  readonly of: string;
  readonly seconds: number;
  readonly figures: readonly Figure[];
}

async function make(proof: Proof): Promise<Made> {
  const { name, promise, size: sizes } = proof;
  const chosen = size ?? (values.full ? sizes.full : sizes.ci);
  process.stdout.write(`${name}: ${promise}\n  ${chosen} ${sizes.of}`);
  const began = performance.now();
  const figures = await proof.run(chosen).catch((error: unknown): Figure[] => [
    {
      what: 'could not be made',
      value: error instanceof Error ? error.message : String(error),
      asPromised: false,
    },
  ]);
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  process.stdout.write(`, ${seconds} s\n`);
  for (const { what, value, asPromised } of figures) {
    process.stdout.write(`  ${asPromised ? 'ok' : 'NOT AS PROMISED'}  ${what}: ${value}\n`);
  }
  return { name, promise, size: chosen, of: sizes.of, seconds, figures };
}

const made: Made[] = [];
for (const proof of proofs) {
  if (positionals.length === 0 || positionals.includes(proof.name)) made.push(await make(proof));
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(made, null, 2)}\n`);
const broken = made.flatMap(({ figures }) => figures).filter(({ asPromised }) => !asPromised).length;
process.stdout.write(broken === 0 ? 'All as promised.\n' : `${broken} not as promised.\n`);
process.exitCode = broken === 0 ? 0 : 1;
