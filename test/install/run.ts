/**
 * Checks a production install as an operator would make it: a folder of its own, `npm ci --omit=dev`, without the
 * sandbox. Run it with `npm run test:install`; it needs the package registry and about a minute.
 */
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, sep } from 'node:path';
import { variables } from '../../src/config/variables.ts';

const root = join(import.meta.dirname, '../..');
const node24 = join(root, 'node_modules/.bin/node');

/** The machine's own commands: npm scripts put the repository's first, and those must not help here. */
const machinePath = (process.env.PATH ?? '')
  .split(delimiter)
  .filter(
    (folder) =>
      folder !== '' && !folder.split(sep).includes('node_modules') && !folder.includes('node-gyp-bin'),
  );

interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

let passed = 0;
let failed = 0;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Notes one check. What was seen is shown only when it failed. */
function check(what: string, good: boolean, seen: string): void {
  if (good) passed += 1;
  else failed += 1;
  say(good ? `passed: ${what}` : `FAILED: ${what}\n${seen.replaceAll(/^/gm, '    ')}`);
}

/** Settings of ours, and what `npm run` adds for its own children: neither may leak into the install. */
const ours = new Set(variables.map(({ name }) => name));
const npms =
  /^(?:npm_package_|npm_lifecycle_|npm_config_local_prefix$|INIT_CWD$|NODE$|NODE_ENV$|NODE_OPTIONS$|NODE_PATH$)/;
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !ours.has(name) && !npms.test(name)),
);

/** Runs a command in `folder`, in an environment without any setting of ours. */
function run(
  folder: string,
  path: readonly string[],
  command: string,
  args: readonly string[],
): Promise<Result> {
  const env = { ...environment, PATH: path.join(delimiter) };
  return new Promise((resolve) => {
    const child = execFile(command, args, { cwd: folder, env, timeout: 300_000 }, (error, out, err) => {
      const reason = child.exitCode === null ? String(error) : '';
      resolve({ code: child.exitCode ?? -1, out, err: err + reason });
    });
  });
}

function shown({ code, out, err }: Result): string {
  return `exit code ${code}\n${out}${err}`.trimEnd();
}

/** The machine's Node of an older major version, or the reason why there is none to try. */
function olderNode(): { node: string; version: string; folder: string } | { reason: string } {
  const seen: string[] = [];
  for (const folder of machinePath) {
    const node = join(folder, 'node');
    if (!existsSync(node)) continue;
    const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
    if (Number.parseInt(version.slice(1), 10) < 24) return { node, version, folder };
    seen.push(`${node} is ${version}`);
  }
  return {
    reason: seen.length > 0 ? `the machine's Node is new enough (${seen.join(', ')})` : 'there is none',
  };
}

function copyProject(folder: string): void {
  for (const name of ['package.json', 'package-lock.json', '.node24', 'src']) {
    cpSync(join(root, name), join(folder, name), {
      recursive: true,
      filter: (source) => !source.split(sep).includes('node_modules'),
    });
  }
  rmSync(join(folder, 'src/sandbox'), { recursive: true });
}

async function checkInstall(folder: string): Promise<void> {
  const install = await run(folder, machinePath, 'npm', ['ci', '--omit=dev', '--no-audit', '--no-fund']);
  check("npm ci --omit=dev succeeds with the machine's own Node and npm", install.code === 0, shown(install));
  const node = join(folder, 'node_modules/.bin/node');
  check('it brings no Node 24 along in node_modules/.bin', !existsSync(node), `${node} is there`);
  const tools = globSync('node_modules/{typescript,vitest,@biomejs,playwright-core}', { cwd: folder });
  check('it brings no development tools along', tools.length === 0, tools.join('\n'));
}

/** Loads everything but the program itself: what only development has would be missed here. */
async function checkImports(folder: string): Promise<void> {
  // The programs themselves do what they are for as soon as they are loaded: each has a check of its own.
  const programs = [join('src', 'main.ts'), join('src', 'doctor', 'main.ts')];
  const files = globSync('src/**/*.ts', { cwd: folder }).filter((file) => !programs.includes(file));
  const code = `for (const file of ${JSON.stringify(files)}) await import(${JSON.stringify(`${folder}/`)} + file);`;
  const result = await run(folder, machinePath, node24, ['--input-type=module', '--eval', code]);
  const what = `all ${files.length} modules load without src/sandbox and without development packages`;
  check(what, files.length > 0 && result.code === 0, shown(result));
}

async function checkRefusal(folder: string): Promise<void> {
  const doctor = await run(folder, machinePath, node24, ['src/doctor.mjs']);
  check(
    'the doctor says what is missing',
    doctor.code === 1 && doctor.out.includes('There are 4 faults.'),
    shown(doctor),
  );

  const start = await run(folder, machinePath, node24, ['src/start.mjs']);
  const text = start.out + start.err;
  check('started under Node 24 without settings, it ends with exit code 1', start.code === 1, shown(start));
  for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', 'SEAM_API_KEY']) {
    check(`it names ${name}, which is missing`, text.includes(`${name} is not set`), shown(start));
  }
  check('it names the demo, which needs no account', text.includes('npm run demo'), shown(start));
  check('it shows no stack trace', !/^\s+at .*:\d+:\d+\)?$/m.test(text), shown(start));
}

async function checkOlderNode(folder: string): Promise<void> {
  const older = olderNode();
  if ('reason' in older) {
    say(`SKIPPED: the start under a Node older than 24, because ${older.reason}.`);
    return;
  }
  say(`The older Node is ${older.node}, ${older.version}.`);
  const path = [older.folder, ...machinePath];
  const start = await run(folder, path, 'npm', ['start', '--silent']);
  check(`npm start under Node ${older.version} ends with exit code 1`, start.code === 1, shown(start));
  const lines = start.err.split('\n').filter((line) => line.startsWith('Latchbolt '));
  const clear =
    lines.length === 1 && start.err.includes('Node.js 24') && start.err.includes(older.version.slice(1));
  check('it says in one sentence which Node is needed and which was found', clear, shown(start));
  const noise = /^\s+at |Error|SyntaxError|ERR_/m.test(start.out + start.err);
  check('it shows no stack trace', !noise, shown(start));
}

const folder = mkdtempSync(join(tmpdir(), 'latchbolt-install-'));
try {
  copyProject(folder);
  say(`The production install is made in ${folder}, with src/sandbox left out.`);
  await checkInstall(folder);
  await checkImports(folder);
  await checkRefusal(folder);
  await checkOlderNode(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;
say(`${passed} passed, ${failed} failed`);
