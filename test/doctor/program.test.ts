import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { botScopes } from '../../src/slack/scopes.ts';
import { environmentOf } from '../support/process.ts';
import { deploy, plain } from './deployment.ts';
import { expected } from './expected.ts';

const DOCTOR = resolve('src/doctor.mjs');

/** Runs the doctor as an operator does, in this folder. */
function run(
  folder: string,
  { env = {}, args = [DOCTOR] }: { env?: Record<string, string>; args?: string[] } = {},
): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((done) => {
    const options = { cwd: folder, env: { PATH: process.env.PATH ?? '', ...env } };
    const child = execFile(process.execPath, args, options, (_, out, err) =>
      done({ code: child.exitCode, out, err }),
    );
  });
}

function newFolder(parent: string): string {
  const folder = mkdtempSync(join(parent, '.latchbolt-doctor-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

it('ends with 0 when all is well, with the settings from .env', async () => {
  const { config } = await deploy();
  // Where the packages are there is a disk that lasts, unlike perhaps where temporary files are.
  const folder = newFolder(resolve('node_modules'));
  const { PORT: _, ENCRYPTION_KEY: __, ...env } = environmentOf(config);
  const settings = { ...env, DATABASE_URL: `file:${folder}/latchbolt.db`, PORT: String(config.port) };
  writeFileSync(
    join(folder, '.env'),
    Object.entries(settings)
      .map((entry) => entry.join('='))
      .join('\n'),
  );
  const { code, out, err } = await run(folder);
  const file = join(folder, 'latchbolt.db');
  const report = plain(out, { database: { file }, port: config.port });
  const disk = 'a line of its own on every machine';
  expect(report.replace(/^(ok {2}|note) {5}Disk: .*$/m, disk)).toBe(expected({ Disk: [disk] }));
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

it('ends with 1 when there is a fault', async () => {
  const { code, out, err } = await run(newFolder(tmpdir()), { env: { SLACK_BOT_TOKEN: 'xoxb-1' } });
  expect(out).toMatch(/^fault {4}Settings: SLACK_APP_TOKEN is not set\./);
  expect(out).toMatch(/\n\nThere are 3 faults\. Mend them, then run npm run doctor again\.\n$/);
  expect({ code, err }).toEqual({ code: 1, err: '' });
});

it('ends under an older Node in one sentence, with nothing loaded', async () => {
  const folder = newFolder(tmpdir());
  copyFileSync(DOCTOR, join(folder, 'doctor.mjs'));
  const pretend =
    "data:text/javascript,Object.defineProperty(process, 'versions', { value: { node: '20.20.2' } })";
  expect(await run(folder, { args: ['--import', pretend, join(folder, 'doctor.mjs')] })).toEqual({
    code: 1,
    out: '',
    err: 'Latchbolt needs Node.js 24 or newer, but this is Node.js 20.20.2: get a newer one from https://nodejs.org/en/download and start again.\n',
  });
});

it('wants what manifest.yml asks for', () => {
  const manifest = z
    .object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) })
    .parse(parse(readFileSync('manifest.yml', 'utf8')));
  expect(Object.keys(botScopes).toSorted()).toEqual(manifest.oauth_config.scopes.bot.toSorted());
});
