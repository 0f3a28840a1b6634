import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** A main program that says whether the compile cache is on when it is loaded. */
const main = [
  "import { getCompileCacheDir } from 'node:module';",
  "const cache: string = getCompileCacheDir() === undefined ? 'off' : 'on';",
  "process.stdout.write('main, cache ' + cache);",
].join('\n');

let folder = '';

/** Runs a copy of `start.mjs` beside a `main.ts` of the test's own, under a Node that says it is `version`. */
function start(version: string): Promise<{ code: number; out: string; err: string }> {
  const pretend = `data:text/javascript,Object.defineProperty(process, 'versions', { value: { node: '${version}' } })`;
  const env = { PATH: process.env.PATH, TMPDIR: folder };
  return new Promise((resolve) => {
    const args = ['--import', pretend, join(folder, 'start.mjs')];
    const child = execFile(process.execPath, args, { env }, (_, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchbolt-start-'));
  copyFileSync(join(import.meta.dirname, '../src/start.mjs'), join(folder, 'start.mjs'));
  writeFileSync(join(folder, 'main.ts'), main);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('start.mjs', () => {
  it.each(['24.0.0', '24.21.0', '26.1.0', '100.0.0'])(
    'starts under Node %s, with the compile cache',
    async (version) => {
      expect(await start(version)).toEqual({ code: 0, out: 'main, cache on', err: '' });
    },
  );

  it.each(['20.20.2', '22.18.0', '23.11.1', '18.0.0', '12.22.12'])(
    'ends under Node %s in one sentence, with nothing loaded',
    async (version) => {
      const { code, out, err } = await start(version);
      expect(code).toBe(1);
      expect(out).toBe('');
      expect(err).toBe(
        `Latchbolt needs Node.js 24 or newer, but this is Node.js ${version}: get a newer one from https://nodejs.org/en/download and start again.\n`,
      );
    },
  );

  it('does not swallow what goes wrong in the main program', async () => {
    writeFileSync(join(folder, 'main.ts'), "throw new Error('on purpose');\n");
    const { code, err } = await start('24.0.0');
    expect(code).toBe(1);
    expect(err).toContain('on purpose');
    expect(err).toContain(pathToFileURL(join(folder, 'main.ts')).href);
  });
});
