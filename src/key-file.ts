/**
 * The key file: where the encryption key is kept when the operator sets no ENCRYPTION_KEY. It stands beside the
 * database, so that a backup of the folder is complete; it guards the database file alone, for instance when only
 * that is copied or sent to someone.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { StartError } from './start-error.ts';

const KEY_BYTES = 32;
/** Read and write for the owner, nothing for anyone else. */
const OWNER_ONLY = 0o600;

/** Thrown when a key file is there but cannot be trusted. The message says how to mend it and holds no key. */
export class KeyFileError extends StartError {
  override readonly name = 'KeyFileError';
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** Reads the key, or gives null when there is no file. What is judged is the file that is read, not its name. */
function readKey(path: string): Buffer | null {
  const file = openExisting(path);
  if (file === null) return null;
  try {
    const { mode } = fstatSync(file);
    if ((mode & constants.S_IFMT) !== constants.S_IFREG) {
      throw new KeyFileError(`The key file ${path} is not an ordinary file.`);
    }
    const rights = mode & 0o777;
    if ((rights & ~OWNER_ONLY) !== 0) {
      const now = rights.toString(8).padStart(4, '0');
      throw new KeyFileError(
        `The key file ${path} is open to others (mode ${now}, it must be 0600). Mend it with: chmod 600 '${path}'`,
      );
    }
    const key = readFileSync(file);
    if (key.length === KEY_BYTES) return key;
    throw new KeyFileError(
      `The key file ${path} holds ${key.length} bytes, not 32: it is damaged. Bring it back from a backup.`,
    );
  } finally {
    closeSync(file);
  }
}

function openExisting(path: string): number | null {
  try {
    // Not to wait for a pipe's other end, and not to follow a link that someone else may have put there.
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    if (hasCode(error, 'ELOOP'))
      throw new KeyFileError(`The key file ${path} is a link, not an ordinary file.`);
    throw error;
  }
}

/** Writes a new file for the owner alone and waits until it is on the disk. */
function writeNew(path: string, content: Buffer): void {
  const file = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, OWNER_ONLY);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Puts a new key in place, or returns false when someone else was first. The key is written under a name of its own
 * and then linked, so that nobody ever sees half a key, not even after a power cut.
 */
function placeNewKey(path: string, key: Buffer): boolean {
  const draft = `${path}.${randomBytes(8).toString('hex')}.new`;

  try {
    writeNew(draft, key);
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Gives the encryption key that belongs to a database file, and makes one when there is none.
 *
 * The file is `<databaseFile>.key` and holds 32 random bytes as they are; `base64 < file` gives what ENCRYPTION_KEY
 * takes. `created` with a database that is not new means that its key was lost: what is sealed there cannot be opened.
 *
 * @throws {KeyFileError} when others may read the file, or it does not hold 32 bytes, or is no ordinary file
 * @throws the system's error when the folder is missing or may not be written
 */
export function loadOrCreateKeyFile(databaseFile: string): { key: Buffer; created: boolean; path: string } {
  const path = `${databaseFile}.key`;
  const existing = readKey(path);
  if (existing !== null) return { key: existing, created: false, path };
  const key = randomBytes(KEY_BYTES);
  if (placeNewKey(path, key)) return { key, created: true, path };
  const other = readKey(path);
  if (other === null)
    throw new KeyFileError(`The key file ${path} came and went while it was read. Try again.`);
  return { key: other, created: false, path };
}
