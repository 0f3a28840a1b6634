import { chmodSync, readdirSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadOrCreateKeyFile } from '../../src/key-file.ts';
import { reportOn } from './deployment.ts';
import { expected, MADE } from './expected.ts';
import { deployMade, seal } from './made.ts';

describe('the doctor, about the encryption key', () => {
  it('it opens what is sealed', async () => {
    const { config, file } = await deployMade();
    seal(file, loadOrCreateKeyFile(file).key);
    expect(await reportOn(config)).toBe(
      expected({
        ...MADE,
        'Encryption key': [
          'ok       Encryption key: FOLDER/latchbolt.db.key opens what is sealed in the database.',
        ],
      }),
    );
  });

  it('it is another one', async () => {
    const { config, file } = await deployMade();
    seal(file, loadOrCreateKeyFile(file).key);
    expect(await reportOn({ ...config, encryptionKey: Buffer.alloc(32, 9) })).toBe(
      expected({
        ...MADE,
        'Encryption key': [
          'fault    Encryption key: ENCRYPTION_KEY is not the key that the database was sealed with. Bring that one back; if it is lost, start Latchbolt all the same: it answers by direct message what it cannot answer otherwise.',
        ],
      }),
    );
  });

  it('its file is gone, and something is sealed', async () => {
    const { config, file, folder } = await deployMade();
    seal(file, loadOrCreateKeyFile(file).key);
    rmSync(`${file}.key`);
    expect(await reportOn(config)).toBe(
      expected({
        ...MADE,
        'Encryption key': [
          'fault    Encryption key: FOLDER/latchbolt.db.key is gone. Bring it back from the backup; if there is none, start Latchbolt all the same: it makes a new one, and answers by direct message what it cannot answer otherwise.',
        ],
      }),
    );
    expect(readdirSync(folder)).toEqual(['latchbolt.db']);
  });

  it('its file is gone, and nothing is sealed', async () => {
    const { config, file, folder } = await deployMade();
    rmSync(`${file}.key`);
    expect(await reportOn(config)).toBe(
      expected({
        ...MADE,
        'Encryption key': [
          'note     Encryption key: the next start makes it in FOLDER/latchbolt.db.key. Back that up together with the database.',
        ],
      }),
    );
    expect(readdirSync(folder)).toEqual(['latchbolt.db']);
  });

  it.each<[string, (path: string) => void, string]>([
    [
      'open to others',
      (path) => chmodSync(path, 0o644),
      "The key file FOLDER/latchbolt.db.key is open to others (mode 0644, it must be 0600). Mend it with: chmod 600 'FOLDER/latchbolt.db.key'",
    ],
    [
      'cut short',
      (path) => truncateSync(path, 31),
      'The key file FOLDER/latchbolt.db.key holds 31 bytes, not 32: it is damaged. Bring it back from a backup.',
    ],
    [
      'a link to nowhere',
      (path) => {
        rmSync(path);
        symlinkSync('/nowhere', path);
      },
      'The key file FOLDER/latchbolt.db.key is a link, not an ordinary file.',
    ],
  ])('its file is %s', async (_, spoil, says) => {
    const { config, file } = await deployMade();
    spoil(`${file}.key`);
    expect(await reportOn(config)).toBe(
      expected({ ...MADE, 'Encryption key': [`fault    Encryption key: ${says}`] }),
    );
  });
});
