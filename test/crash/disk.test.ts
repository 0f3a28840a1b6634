import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { eventually, OLIVIA, startWorld, type World } from '../support/world.ts';

let world: World;
let place: string;
afterEach(async () => {
  await world.close();
  execFileSync('umount', ['-l', place]);
  rmSync(place, { recursive: true, force: true });
});

const said = async () => (await world.messages(OLIVIA)).map(({ text }) => text);

/** The whole bot over a disk of its own that can be filled. */
async function onSmallDisk(): Promise<void> {
  place = mkdtempSync(join(tmpdir(), 'small-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place]);
  world = await startWorld({ webhooks: false, folder: place });
  await world.connect(OLIVIA, 'olivia@example.com');
  await world.type(OLIVIA, '/locks');
  await world.sees(OLIVIA, ({ text }) => text.startsWith('Your doors'));
}
const fill = () => {
  for (const size of [64, 16, 4, 1]) {
    for (let n = 0; n < 100; n += 1) {
      try {
        writeFileSync(join(place, `fill-${size}-${n}`), Buffer.alloc(size * 1024));
      } catch {
        break;
      }
    }
  }
};

it('a full disk: nothing is unlocked, everybody is told, nothing crashes, and it recovers', async () => {
  await onSmallDisk();
  fill();
  // What is left in the files that SQLite already has.
  for (let n = 0; n < 300; n += 1) {
    const before = (await world.seamCalls('/locks/unlock_door')).length;
    await world.click(OLIVIA, 'Unlock', 'Server Room').catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 60));
    if ((await said()).some((text) => text.includes('could not write'))) break;
    expect((await world.seamCalls('/locks/unlock_door')).length).toBeGreaterThanOrEqual(before);
  }
  await eventually(
    'full',
    async () => (await said()).some((text) => text.includes('could not write this unlock down')),
    3_000,
  );
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  const posts = (await world.seamCalls('/locks/unlock_door')).length;
  const { deviceId } = await world.door('Front Door');
  await world.forge(OLIVIA, { action_id: 'door:unlock', value: `${OLIVIA} x ${deviceId}` });
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect((await world.seamCalls('/locks/unlock_door')).length).toBe(posts);
  expect(posts).toBeLessThanOrEqual(world.rows('move').length);
  execFileSync('sh', ['-c', `rm ${place}/fill-*`]);
  await world.forge(OLIVIA, { action_id: 'door:unlock', value: `${OLIVIA} x ${deviceId}` });
  await eventually(
    'open again',
    async () => (await world.seamCalls('/locks/unlock_door')).length === posts + 1,
  );
  await eventually(
    'no row is left under way',
    () => world.rows('move').every(({ state }) => state !== 'under_way'),
    8_000,
  );
}, 120_000);
