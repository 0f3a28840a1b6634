import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { migrations } from '../../src/store/migrations.ts';
import { deploy, reportOn } from './deployment.ts';
import { expected, MADE } from './expected.ts';
import { change, deployMade } from './made.ts';

/** Every file of the folder, by its content. */
function contentOf(folder: string): Record<string, string> {
  const hash = (name: string) =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
  return Object.fromEntries(readdirSync(folder).map((name) => [name, hash(name)]));
}

/** SQLite's page, bytes. */
const PAGE = 4096;
const KEY_UNTRIED = [
  'ok       Encryption key: FOLDER/latchbolt.db.key is there; nothing is sealed in the database that it could be tried on.',
];
const made = { ...MADE, 'Encryption key': KEY_UNTRIED };

describe('the doctor, about the database', () => {
  it('changes nothing in one that was closed in order', async () => {
    const { config, folder } = await deployMade();
    const before = contentOf(folder);
    expect(await reportOn(config)).toBe(expected(made));
    expect(contentOf(folder)).toEqual(before);
  });

  it('reads what only stands in the -wal so far, and changes neither', async () => {
    const { config, file, folder } = await deployMade();
    const other = new Sqlite(file);
    try {
      other.exec("insert into kysely_migration (name, timestamp) values ('9999_later', '1')");
      const before = contentOf(folder);
      expect(await reportOn(config)).toBe(
        expected({
          ...made,
          'Database version': [
            'fault    Database version: The database is newer than this Latchbolt (it has 9999_later). Start the newer version, or restore the backup made before the upgrade.',
          ],
        }),
      );
      const after = contentOf(folder);
      const file_ = (content: Record<string, string>) => [
        content['latchbolt.db'],
        content['latchbolt.db-wal'],
      ];
      expect(Object.keys(after)).toEqual(Object.keys(before));
      expect(file_(after)).toEqual(file_(before));
    } finally {
      other.close();
    }
  });

  it('its folder is missing', async () => {
    const { config, folder } = await deploy();
    rmSync(folder, { recursive: true });
    const missing = (about: string) => [`skipped  ${about}: because its folder is missing.`];
    expect(await reportOn(config)).toBe(
      expected({
        'Database folder': [
          'fault    Database folder: there is no FOLDER. Make it, for the user that runs Latchbolt, or set DATABASE_URL.',
        ],
        Disk: missing('Disk'),
        'Database file': missing('Database file'),
        'Database contents': missing('Database contents'),
        'Database version': missing('Database version'),
        'Encryption key': missing('Encryption key'),
      }),
    );
  });

  it('its folder is none', async () => {
    const { config, folder } = await deploy();
    rmSync(folder, { recursive: true });
    writeFileSync(folder, '');
    const report = await reportOn(config);
    expect(report).toContain('\nfault    Database folder: there is no FOLDER. Make it, ');
  });

  it('its folder cannot be looked into', async () => {
    const { config, folder } = await deploy();
    symlinkSync('loop', join(folder, 'loop'));
    const file = join(folder, 'loop', 'latchbolt.db');
    const unseen = (about: string) => [`skipped  ${about}: because its folder cannot be looked into.`];
    expect(await reportOn({ ...config, database: { file } })).toBe(
      expected({
        'Database folder': [
          'fault    Database folder: FOLDER cannot be looked into (ELOOP). Run this as the user that runs Latchbolt, and check DATABASE_URL.',
        ],
        Disk: unseen('Disk'),
        'Database file': unseen('Database file'),
        'Database contents': unseen('Database contents'),
        'Database version': unseen('Database version'),
        'Encryption key': unseen('Encryption key'),
      }),
    );
  });

  it('nothing can be written in its folder', async () => {
    const { config } = await deploy();
    // Not even root can write in there.
    const file = '/proc/self/latchbolt.db';
    expect(await reportOn({ ...config, database: { file } })).toBe(
      expected({
        'Database folder': [
          'fault    Database folder: nothing can be written in FOLDER (ENOENT). Let the user that runs Latchbolt write there.',
        ],
      }),
    );
  });

  it.each([
    [
      'over a network',
      { type: 0x6969 },
      'fault    Disk: FOLDER is on a network (NFS), where a journal can break. Use a local disk.',
    ],
    [
      'in memory',
      { type: 0x01021994 },
      'fault    Disk: FOLDER is in memory only, and gone after a restart. Use a disk that lasts.',
    ],
    ['full', { bavail: 2_560 }, 'fault    Disk: only 10 MB are free in FOLDER. Make room: 100 MB at least.'],
    [
      "a container's own",
      { type: 0x794c7630 },
      "note     Disk: FOLDER is a container's own, and gone with the container. Put a volume there.",
    ],
  ])('a disk that is %s', async (_, disk, line) => {
    const { config } = await deploy();
    expect(await reportOn(config, { disk })).toBe(expected({ Disk: [line] }));
  });

  it('others may read it', async () => {
    const { config, file } = await deployMade();
    chmodSync(file, 0o640);
    expect(await reportOn(config)).toBe(
      expected({
        ...made,
        'Database file': [
          'fault    Database file: others may read FOLDER/latchbolt.db. Mend it with: chmod 600 FOLDER/latchbolt.db',
        ],
      }),
    );
  });

  it('it is damaged', async () => {
    const { config, file } = await deployMade();
    const rows = JSON.stringify(Array.from({ length: 500 }, (_, index) => `msg_${index}`));
    change(file, 'insert into webhook (id, at) select value, 1 from json_each(?)', rows);
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xff, bytes.length - PAGE));
    const report = await reportOn(config);
    expect(report.replace(/is damaged \(.+\)/, 'is damaged (…)')).toBe(
      expected({
        ...made,
        'Database contents': [
          'fault    Database contents: it is damaged (…). Stop Latchbolt, and bring back a backup.',
        ],
      }),
    );
  });

  it('it is no database', async () => {
    const { config, file } = await deployMade();
    writeFileSync(file, 'a shopping list, and a long one at that: bread, butter, cheese'.repeat(20));
    expect(await reportOn(config)).toBe(
      expected({
        ...made,
        'Database contents': [
          "fault    Database contents: FOLDER/latchbolt.db cannot be read as a database (SQLITE_NOTADB). Check DATABASE_URL, and that the file is the user's that runs Latchbolt; or bring back a backup.",
        ],
        'Database version': ['skipped  Database version: because it cannot be read.'],
      }),
    );
  });

  it('it is of another program', async () => {
    const { config, file } = await deployMade();
    change(file, 'drop table kysely_migration');
    expect(await reportOn(config)).toBe(
      expected({
        ...made,
        'Database version': [
          'fault    Database version: it is of another program. Set DATABASE_URL to a file of its own.',
        ],
      }),
    );
  });

  it('it is empty', async () => {
    const { config, file } = await deployMade();
    writeFileSync(file, '');
    expect(await reportOn(config)).toBe(
      expected({
        ...made,
        'Database version': ['note     Database version: it is empty; the first start fills it.'],
      }),
    );
  });

  it('it is of an older Latchbolt', async () => {
    const { config, file } = await deployMade();
    const last = Object.keys(migrations).at(-1);
    change(file, 'delete from kysely_migration where name = ?', last);
    expect(await reportOn(config)).toBe(
      expected({
        ...made,
        'Database version': [
          'note     Database version: it is of an older Latchbolt; the next start brings it up to date. Back it up before.',
        ],
      }),
    );
  });
});
