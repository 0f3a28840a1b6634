import { execFile } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeyFileError, loadOrCreateKeyFile } from '../src/key-file.ts';

const run = promisify(execFile);
let folder = '';
let database = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchbolt-key-'));
  database = join(folder, 'doors.db');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What is wrong with the key file, in the operator's words. */
function problem(): string {
  try {
    loadOrCreateKeyFile(database);
  } catch (error) {
    if (error instanceof KeyFileError) return error.message;
    throw error;
  }
  throw new Error('the key file was taken');
}

describe('loadOrCreateKeyFile', () => {
  it('makes a key of 32 bytes that only the owner can read, whatever the umask', () => {
    const before = process.umask(0);
    try {
      const made = loadOrCreateKeyFile(database);
      expect(made).toEqual({ key: expect.any(Buffer), created: true, path: `${database}.key` });
      expect(made.key).toHaveLength(32);
      expect(made.key.equals(Buffer.alloc(32))).toBe(false);
      expect(statSync(made.path).mode & 0o777).toBe(0o600);
      expect(readFileSync(made.path).equals(made.key)).toBe(true);
    } finally {
      process.umask(before);
    }
  });

  it('gives the same key from then on, and leaves nothing else behind', () => {
    const { key } = loadOrCreateKeyFile(database);
    const again = loadOrCreateKeyFile(database);
    expect(again.created).toBe(false);
    expect(again.key.equals(key)).toBe(true);
    expect(readdirSync(folder)).toEqual(['doors.db.key']);
  });

  it('gives each database its own key', () => {
    const other = loadOrCreateKeyFile(join(folder, 'other.db'));
    expect(loadOrCreateKeyFile(database).key.equals(other.key)).toBe(false);
  });

  it.each([
    [0o644, '0644'],
    [0o640, '0640'],
    [0o602, '0602'],
    [0o700, '0700'],
  ])('refuses a file with the mode %o, and says how to mend it', (mode, shown) => {
    const { key, path } = loadOrCreateKeyFile(database);
    chmodSync(path, mode);
    expect(problem()).toBe(
      `The key file ${path} is open to others (mode ${shown}, it must be 0600). Mend it with: chmod 600 '${path}'`,
    );
    chmodSync(path, 0o600);
    expect(loadOrCreateKeyFile(database).key.equals(key)).toBe(true);
  });

  it('takes a file that the owner may only read', () => {
    const { key, path } = loadOrCreateKeyFile(database);
    chmodSync(path, 0o400);
    expect(loadOrCreateKeyFile(database).key.equals(key)).toBe(true);
  });

  it.each([0, 31, 33, 44])('refuses a file of %i bytes, and leaves it as it is', (length) => {
    writeFileSync(`${database}.key`, 'x'.repeat(length), { mode: 0o600 });
    expect(problem()).toContain(`holds ${length} bytes, not 32`);
    expect(statSync(`${database}.key`).size).toBe(length);
  });

  it('refuses a link, a folder and a pipe', async () => {
    const { path } = loadOrCreateKeyFile(join(folder, 'other.db'));
    symlinkSync(path, `${database}.key`);
    expect(problem()).toContain('is a link');
    rmSync(`${database}.key`);
    mkdirSync(`${database}.key`);
    expect(problem()).toContain('not an ordinary file');
    rmSync(`${database}.key`, { recursive: true });
    await run('mkfifo', ['-m', '600', `${database}.key`]);
    expect(problem()).toContain('not an ordinary file');
  });

  it('passes on what the system says when the folder is missing', () => {
    database = join(folder, 'missing', 'doors.db');
    expect(() => loadOrCreateKeyFile(database)).toThrow(/ENOENT/);
  });

  it('gives every process of a race the same key, made once', async () => {
    const code = `
      const { loadOrCreateKeyFile } = await import(${JSON.stringify(join(import.meta.dirname, '../src/key-file.ts'))});
      const { key, created } = loadOrCreateKeyFile(${JSON.stringify(database)});
      process.stdout.write(JSON.stringify({ key: key.toString('hex'), created }));
    `;
    const racers = Array.from({ length: 6 }, () =>
      run(process.execPath, ['--input-type=module', '-e', code]),
    );
    const results: { key: string; created: boolean }[] = (await Promise.all(racers)).map(({ stdout }) =>
      JSON.parse(stdout),
    );
    expect(new Set(results.map(({ key }) => key)).size).toBe(1);
    expect(results.filter(({ created }) => created)).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['doors.db.key']);
  });
});
