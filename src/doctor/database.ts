/** Looks at the database, its folder and its key, without disturbing a bot that works on them. */
import { existsSync, lstatSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import type { Config } from '../config.ts';
import { KeyFileError, loadOrCreateKeyFile } from '../key-file.ts';
import { createSealer } from '../seal.ts';
import { openSqlite } from '../store/sqlite.ts';
import {
  CONTENTS,
  judgeDamage,
  judgeSecret,
  judgeVersion,
  type KeyPlace,
  SECRET,
  VERSION,
} from './contents.ts';
import { DISK, type DiskFacts, judgeDisk } from './disk.ts';
import { type Journal, lookInto } from './journal.ts';
import { type Finding, fault, note, ok, skipped } from './report.ts';

const FOLDER = 'Database folder';
const FILE = 'Database file';

/** Asks the system about the file system that a folder is on. */
export type AskDisk = (folder: string) => Promise<DiskFacts>;

type Settings = Pick<Config, 'database' | 'encryptionKey'>;

/** Everything about the database, in the order in which it is told. */
export async function checkDatabase(config: Settings, disk: AskDisk): Promise<Finding[]> {
  const { file } = config.database;
  try {
    return await lookAround(config, file, dirname(file), disk);
  } catch (error) {
    return [
      fault(
        FOLDER,
        `${dirname(file)} cannot be looked into (${codeOf(error)}). Run this as the user that runs Latchbolt, and check DATABASE_URL.`,
      ),
      ...notLookedAt('its folder cannot be looked into.'),
    ];
  }
}

async function lookAround(config: Settings, file: string, folder: string, disk: AskDisk): Promise<Finding[]> {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return [
      fault(FOLDER, `there is no ${folder}. Make it, for the user that runs Latchbolt, or set DATABASE_URL.`),
      ...notLookedAt('its folder is missing.'),
    ];
  }
  const { key, place } = findKey(config);
  const opened = look(file, key);
  return [
    await tryFolder(folder),
    judgeDisk(await disk(folder), folder),
    ...judgeFile(file, opened),
    judgeSecret(place, opened.kind === 'read' ? opened.journal : null),
  ];
}

function notLookedAt(because: string): Finding[] {
  return [DISK, FILE, CONTENTS, VERSION, SECRET].map((about) => skipped(about, because));
}

/** A scratch database beside the real one shows whether that could be kept safely there; it is gone afterwards. */
async function tryFolder(folder: string): Promise<Finding> {
  let scratch: string;
  try {
    scratch = await mkdtemp(join(folder, '.latchbolt-doctor-'));
  } catch (error) {
    return fault(
      FOLDER,
      `nothing can be written in ${folder} (${codeOf(error)}). Let the user that runs Latchbolt write there.`,
    );
  }
  try {
    const { db } = openSqlite(join(scratch, 'scratch.db'));
    await sql`create table scratch (id text)`.execute(db).finally(() => db.destroy());
    return ok(FOLDER, `a journal in ${folder} survives a loss of power (wal, synchronous FULL).`);
  } catch (error) {
    return fault(
      FOLDER,
      `no journal can be kept in ${folder} that survives a loss of power (${codeOf(error)}). Use another folder, on a local disk with room.`,
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

type Opened =
  | { readonly kind: 'none' }
  | { readonly kind: 'read'; readonly journal: Journal }
  | { readonly kind: 'unreadable'; readonly code: string };

function look(file: string, key: Buffer | null): Opened {
  if (!existsSync(file)) return { kind: 'none' };
  try {
    return { kind: 'read', journal: lookInto(file, key === null ? null : createSealer(key)) };
  } catch (error) {
    return { kind: 'unreadable', code: codeOf(error) };
  }
}

function judgeFile(file: string, opened: Opened): Finding[] {
  if (opened.kind === 'none') {
    const notYet = 'there is none yet.';
    return [
      note(FILE, `${file} is not there yet; the first start makes it.`),
      ...[CONTENTS, VERSION].map((about) => skipped(about, notYet)),
    ];
  }
  const mode = judgeRights(file);
  if (opened.kind === 'read') return [mode, judgeDamage(opened.journal), judgeVersion(opened.journal)];
  return [
    mode,
    fault(
      CONTENTS,
      `${file} cannot be read as a database (${opened.code}). Check DATABASE_URL, and that the file is the user's that runs Latchbolt; or bring back a backup.`,
    ),
    skipped(VERSION, 'it cannot be read.'),
  ];
}

/** The next start closes them as well, but until then they are open. */
function judgeRights(file: string): Finding {
  const open = [file, `${file}-wal`, `${file}-shm`].filter((part) => {
    const stats = statSync(part, { throwIfNoEntry: false });
    return stats !== undefined && (stats.mode & 0o077) !== 0;
  });
  return open.length === 0
    ? ok(FILE, `${file} is readable by its owner only.`)
    : fault(FILE, `others may read ${open.join(', ')}. Mend it with: chmod 600 ${open.join(' ')}`);
}

/** The key that the next start would use. Where there is none, none is made. */
function findKey({ database, encryptionKey }: Settings): {
  key: Buffer | null;
  place: KeyPlace;
} {
  if (encryptionKey !== null) {
    return { key: encryptionKey, place: { kind: 'there', place: 'ENCRYPTION_KEY' } };
  }
  const path = `${database.file}.key`;
  // A link that leads nowhere is there too, and is refused.
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined)
    return { key: null, place: { kind: 'missing', place: path } };
  try {
    return { key: loadOrCreateKeyFile(database.file).key, place: { kind: 'there', place: path } };
  } catch (error) {
    const says = error instanceof KeyFileError ? error.message : `${path} cannot be read (${codeOf(error)}).`;
    return { key: null, place: { kind: 'unusable', says } };
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
