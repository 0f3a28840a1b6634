/** Whether the disk under the database is one to keep a journal on. */
import { type Finding, fault, note, ok } from './report.ts';

export const DISK = 'Disk';

/** What the system says of a file system (`statfs`). */
export interface DiskFacts {
  /** Linux's number of its kind. */
  readonly type: number;
  /** Bytes in a block, and how many blocks are free for us. */
  readonly bsize: number;
  readonly bavail: number;
}

/** Less than this is a fault, bytes: room for the journal of months, and for its backup. */
const LEAST_FREE = 100 * 1024 * 1024;

/** SQLite's locks cannot be trusted over a network; the numbers are those of Linux's `statfs(2)`. */
const NETWORK: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB'],
  [0x01021997, '9P'],
  [0x00c36400, 'Ceph'],
  [0x5346414f, 'AFS'],
]);
const IN_MEMORY: readonly number[] = [0x01021994, 0x858458f6];
const OVERLAY = 0x794c7630;

/** Whether the database has room, on a disk where SQLite’s locks hold. */
export function judgeDisk({ type, bsize, bavail }: DiskFacts, folder: string): Finding {
  const free = bsize * bavail;
  const network = NETWORK.get(type);
  if (network !== undefined) {
    return fault(
      DISK,
      `${folder} is on a network (${network}), where a journal can break. Use a local disk.`,
    );
  }
  if (IN_MEMORY.includes(type)) {
    return fault(DISK, `${folder} is in memory only, and gone after a restart. Use a disk that lasts.`);
  }
  if (free < LEAST_FREE) {
    return fault(DISK, `only ${inMegabytes(free)} are free in ${folder}. Make room: 100 MB at least.`);
  }
  return type === OVERLAY
    ? note(DISK, `${folder} is a container's own, and gone with the container. Put a volume there.`)
    : ok(DISK, `${inMegabytes(free)} are free.`);
}

function inMegabytes(bytes: number): string {
  return `${Math.floor(bytes / (1024 * 1024))} MB`;
}
