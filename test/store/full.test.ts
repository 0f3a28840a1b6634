import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, statfsSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { deviceId, interactionId, listingId, moveId } from '../../src/domain/ids.ts';
import type { MoveRequest } from '../../src/store/move-row.ts';
import type { Database } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { aDoor, aListing, aMove, aRequest, START } from '../support/sights.ts';
import { newFile, open, underWay } from './database.ts';

/** A disk of 1 MB that only this test uses. */
function smallDisk(): { folder: string; unmount(): void } | { why: string } {
  const folder = mkdtempSync(join(tmpdir(), 'latchbolt-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { encoding: 'utf8' });
  if (mounted.status !== 0) {
    rmdirSync(folder);
    return { why: (mounted.error?.message ?? mounted.stderr).trim() };
  }
  return {
    folder,
    unmount() {
      spawnSync('umount', ['--lazy', folder]);
      rmdirSync(folder);
    },
  };
}

const click = (n: number): MoveRequest =>
  aRequest({
    id: moveId(`unlock-${n}`),
    interaction: interactionId(`trigger-${n}`),
    deviceId: deviceId(`door-${n}`),
  });

/** Begins unlocks until one is refused; tells how many were begun, and the refusal. */
async function beginUntilRefused(store: Store): Promise<{ begun: number; refusal: unknown }> {
  for (let begun = 0; begun < 5_000; begun += 1) {
    try {
      await store.moves.begin(click(begun));
    } catch (refusal) {
      return { begun, refusal };
    }
  }
  throw new Error('it never became full');
}

/** What must be so while there is no room, and after there is room again. */
async function survives(store: Store, db: Database, makeRoom: () => Promise<void>): Promise<void> {
  const full = {
    name: 'StoreError',
    kind: 'full',
    code: 'SQLITE_FULL',
    message: 'store: full (SQLITE_FULL)',
  };
  const { begun, refusal } = await beginUntilRefused(store);
  expect(refusal).toMatchObject(full);
  expect(begun).toBeGreaterThan(0);
  const wide = aListing({
    id: listingId('wide'),
    doors: Array.from({ length: 2_000 }, () => aDoor()),
  });
  await expect(store.listings.save(wide)).rejects.toMatchObject(full);
  const kept = async () => (await underWay(db)).map(({ id }) => id).toSorted();
  const all = Array.from({ length: begun }, (_, n) => `unlock-${n}`).toSorted();
  expect(await kept()).toEqual(all);
  expect(await store.listings.find(wide.id)).toBeNull();
  expect((await sql`pragma integrity_check`.execute(db)).rows).toEqual([{ integrity_check: 'ok' }]);

  await makeRoom();
  expect(await store.moves.begin(click(begun))).toEqual({ kind: 'begun', move: aMove(click(begun)) });
  expect(await kept()).toEqual([...all, `unlock-${begun}`].toSorted());
  await store.listings.save(wide);
  expect(await store.listings.find(wide.id)).toEqual(wide);
  await store.moves.end(click(begun).id, { kind: 'unlocked' }, START + 9);
  expect(await kept()).toEqual(all);
}

test('a database that may not grow says `full`, writes nothing by half, and goes on once it may', async () => {
  const { db, store } = await open(newFile());
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db);
  await sql.raw(`pragma max_page_count = ${(rows[0]?.page_count ?? 0) + 20}`).execute(db);
  await survives(store, db, async () => {
    await sql.raw('pragma max_page_count = 1000000').execute(db);
  });
});

test('an outcome for which there is no room leaves the unlock under way, with what joined it', async () => {
  const { db, store } = await open(newFile());
  await store.moves.begin(click(0));
  const joining = { ...click(0), id: moveId('joined'), interaction: interactionId('joined') };
  await store.moves.begin(joining);
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db);
  await sql.raw(`pragma max_page_count = ${rows[0]?.page_count ?? 0}`).execute(db);
  const said = 'word '.repeat(5_000);
  const outcome = { kind: 'failed', reason: 'lock_refused', said, waitMs: null } as const;
  await expect(store.moves.end(click(0).id, outcome, START)).rejects.toMatchObject({ kind: 'full' });
  expect(await underWay(db)).toMatchObject([{ id: 'unlock-0', state: 'under_way', outcome: null }]);
  expect(await store.moves.joinedTo(click(0).id)).toMatchObject([{ state: 'joined', outcome: null }]);
  await sql.raw('pragma max_page_count = 1000000').execute(db);
  await store.moves.end(click(0).id, outcome, START);
  expect(await underWay(db)).toEqual([]);
  expect(await store.moves.joinedTo(click(0).id)).toMatchObject([{ state: 'joined', outcome }]);
});

describe('a disk that is really full', () => {
  const disk = smallDisk();
  const name = 'says `full`, writes nothing by half, and goes on once there is room';

  if ('why' in disk) {
    test.skip(`SKIPPED, since no small disk can be mounted here (${disk.why}): ${name}`, () => undefined);
    return;
  }

  test(name, async () => {
    onTestFinished(() => disk.unmount());
    const { db, store } = await open(join(disk.folder, 'latchbolt.db'));
    const filler = join(disk.folder, 'filler');
    const { bavail, bsize } = statfsSync(disk.folder);
    writeFileSync(filler, Buffer.alloc(bavail * bsize - 64 * 1024));
    await survives(store, db, async () => unlinkSync(filler));
  });
});
