/** Whoever has left an account hears no more of its doors, though a colleague keeps it and Seam goes on telling. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inHome } from '../support/home.ts';
import { inTrouble, pause, rowOf } from '../support/trouble.ts';
import { still } from '../support/words.ts';
import { BEN, eventually, OLIVIA, startWorld, type World } from '../support/world.ts';

const HOUR_MS = 60 * 60_000;

let world: World;
const { openList } = inTrouble(() => world);
const home = inHome(() => world);

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
  const before = (await card())?.lines;
  await world.seam.faults([{ at: '/devices/list', do: 'status', status: 503 }]);
  await byHand(true);
  await pause(500);
  expect((await card())?.lines).toEqual(before);
  await world.seam.faults([]);
  world.time.advance(60_000);
  await eventually(
    'it is told',
    async () => (await card())?.lines[0] === 'Front Door: Locked again by hand.',
  );
});

/** The list that is open since before, once something else in it was asked for. */
async function askedAgain(list: { id: string }) {
  const { deviceId } = await world.door('Studio');
  const [row] = world.rows('listing').filter(({ place }) => place === 'message');
  await world.forge(OLIVIA, { action_id: 'door:unlock', value: `${OLIVIA} ${row?.id} ${deviceId}` });
  return eventually('it was refused', async () =>
    (await world.messages(OLIVIA)).find(
      ({ id, text }) => id !== list.id && text.includes('This door is not one of yours'),
    ),
  );
}

describe('a list of before its person has left an account', () => {
  it('does not say what happened at its doors since, whoever draws it anew', async () => {
    const list = await openList(OLIVIA);
    expect(rowOf(list, 'Front Door')).toBe(':lock: *Locked*, as Seam reports it now · Online');
    await leave();
    await byHand(false);
    expect(world.rows('sighting')).toHaveLength(1);
    const drawn = await askedAgain(list);
    expect(rowOf(drawn, 'Front Door')).toBe(':lock: *Locked*, as Seam reports it now · Online');
  });
});

it('Home keeps the doors and accounts that are left, and no others, though Seam cannot be asked', async () => {
  await home.opened(OLIVIA, 'Front Door');
  await world.type(OLIVIA, '/locks disconnect');
  await world.sees(OLIVIA, ({ text }) => text.startsWith('Your lock accounts'));
  await world.seam.faults([{ at: '/client_sessions/create', do: 'status', status: 503 }]);
  await world.click(OLIVIA, 'Disconnect', 'olivia@example.com');
  await eventually('they are gone', async () => {
    const shown = JSON.stringify(await home.lines(OLIVIA));
    return !shown.includes('Front Door') && !shown.includes('olivia@example.com');
  });
  const shown = JSON.stringify(await home.lines(OLIVIA));
  expect(shown).toContain('Guest House');
  expect(shown).toContain('gwen@example.com');
});
