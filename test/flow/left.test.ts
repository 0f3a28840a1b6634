/** Whoever has left an account hears no more of its doors, though a colleague keeps it and Seam goes on telling. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pause } from '../support/trouble.ts';
import { still } from '../support/words.ts';
import { BEN, eventually, OLIVIA, startWorld, type World } from '../support/world.ts';

const HOUR_MS = 60 * 60_000;

let world: World;

beforeEach(async () => {
  world = await startWorld();
  await world.connect(OLIVIA, 'olivia@example.com');
  await world.connect(OLIVIA, 'gwen@example.com');
  await world.connect(BEN, 'olivia@example.com');
});
afterEach(() => world.close());

/** Somebody locks or opens the front door by hand, which is heard. */
async function byHand(locked: boolean) {
  const before = world.rows('happening').length;
  const { deviceId } = await world.door('Front Door');
  await world.seam.door({ deviceId, locked });
  await eventually('it was heard', () => world.rows('happening').length > before);
}

async function leave() {
  await world.type(OLIVIA, '/locks disconnect');
  await world.sees(OLIVIA, ({ text }) => text.startsWith('Your lock accounts'));
  await world.click(OLIVIA, 'Disconnect', 'olivia@example.com');
  await world.sees(OLIVIA, ({ text }) => text.startsWith('Disconnected'));
}

/** Olivia unlocks the front door with a button whose list is nowhere: what becomes of it is on a card. */
async function unlockAway() {
  const { deviceId } = await world.door('Front Door');
  await world.forge(OLIVIA, { action_id: 'door:unlock', value: `${OLIVIA} nowhere ${deviceId}` });
  await eventually('a card', async () => card());
}

const card = async () =>
  (await world.messages(OLIVIA)).find(
    ({ ephemeral, lines }) => !ephemeral && String(lines[0]).startsWith('Front Door'),
  );
const NOT_YOURS = [
  'Front Door',
  'Unlocked by you <moment>.',
  'This door is not in your accounts any more. Type /locks to see your doors.',
];
const isClosed = async () => JSON.stringify((await card())?.lines.map(still)) === JSON.stringify(NOT_YOURS);

describe('the card of a door of an account that its person has left', () => {
  it('says so instead of what happens there', async () => {
    await unlockAway();
    await leave();
    await byHand(true);
    await eventually('the card is closed', isClosed);
    expect((await card())?.buttons).toEqual([]);
    await byHand(false);
    await pause(300);
    expect(await isClosed()).toBe(true);
  });

  it('says nothing of it at its end either', async () => {
    await unlockAway();
    await leave();
    world.time.advance(12 * HOUR_MS);
    await eventually('it is not followed any more', () => world.rows('follow').length === 0);
    expect(await isClosed()).toBe(true);
  });
});

it('a card tells nothing while nobody can say whose door it is, and tells it then', async () => {
  await unlockAway();
  const before = await card();
  await world.seam.faults([{ at: '/devices/list', do: 'status', status: 503 }]);
  await byHand(true);
  await pause(500);
  expect(await card()).toEqual(before);
  await world.seam.faults([]);
  world.time.advance(60_000);
  await eventually(
    'it is told',
    async () => (await card())?.lines[0] === 'Front Door: Locked again by hand.',
  );
});
