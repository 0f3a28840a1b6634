import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own that can be filled. */
export interface SmallDisk {
  readonly folder: string;
  /** Leaves no room on it. */
  fill(): void;
  /** Gives the room back. */
  clear(): void;
  close(): void;
}

const FILLER = 'filler-';
/** What it is filled with, kB: large pieces first, then what still fits. */
const PIECES = [64, 16, 4, 1];

/** Mounts one of so many megabytes, which takes root on Linux. */
export function mountSmallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'latchbolt-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  return {
    folder,
    fill() {
      let n = 0;
      for (const size of PIECES) {
        while (fits(join(folder, `${FILLER}${n}`), size)) n += 1;
      }
    },
    clear() {
      for (const name of readdirSync(folder)) if (name.startsWith(FILLER)) rmSync(join(folder, name));
    },
    close() {
      execFileSync('umount', ['-l', folder]);
      rmdirSync(folder);
    },
  };
}

function fits(file: string, kilobytes: number): boolean {
  try {
    writeFileSync(file, Buffer.alloc(kilobytes * 1024));
    return true;
  } catch {
    return false;
  }
}
