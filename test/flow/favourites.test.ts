import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BEN, eventually, OLIVIA, startWorld, type World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
  await world.connect(OLIVIA, 'olivia@example.com');
});
afterEach(() => world.close());

const says = async (who: string, text: string, begins: string) => {
  const before = (await world.messages(who)).at(-1)?.id;
  await world.type(who, text);
  return world.sees(who, (message) => message.id !== before && message.text.startsWith(begins));
};
const doorsIn = (lines: readonly string[]) =>
  lines.filter((_, index) => index > 0 && /Locked|Unlocked/.test(lines[index + 1] ?? ''));

describe('favourites', () => {
  it('come first in the list, in the order in which they were added, and nowhere twice', async () => {
    expect((await says(OLIVIA, '/locks favourite loft', 'A favourite')).text).toBe(
      'A favourite from now on, first in your lists: Loft.',
    );
    await says(OLIVIA, '/locks favourite “Garage”', 'A favourite');
    const list = await says(OLIVIA, '/locks', 'Your doors');
    expect(doorsIn(list.lines)).toEqual([
      'Loft',
      'Garage',
      'Front Door',
      'Back Gate',
      'Server Room',
      'Studio',
      'Cellar',
      'Keypad Only',
    ]);
    expect(await says(OLIVIA, '/locks favourite', 'Your favourites')).toMatchObject({
      text: 'Your favourites, which come first in your lists: Loft; Garage.',
      lines: ['Your favourites, which come first in your lists:', 'Loft', 'Garage'],
      buttons: ['Remove from favourites', 'Remove from favourites'],
    });
    await world.click(OLIVIA, 'Remove from favourites', 'Loft');
    await world.sees(OLIVIA, ({ lines }) => lines.at(-1) === 'Garage' && lines.length === 2);
    expect((await says(OLIVIA, '/locks favourite garage', 'No longer')).buttons).toEqual([
      'Add to favourites',
    ]);
    expect(await says(OLIVIA, '/locks favourite', 'You have no favourites yet.')).toMatchObject({
      text: 'You have no favourites yet. A favourite comes first in your lists. Type for example: /locks favourite front door.',
    });
  });

  it('are added and removed in the status of a door, in place', async () => {
    const shown = await says(OLIVIA, '/locks status studio', 'Your door.');
    await world.click(OLIVIA, 'Add to favourites');
    const added = await world.sees(OLIVIA, ({ buttons }) => buttons.includes('Remove from favourites'));
    expect({ ...added, raw: null, buttons: [] }).toEqual({ ...shown, raw: null, buttons: [] });
    expect(world.rows('favourite')).toMatchObject([{ slack_user_id: OLIVIA }]);
    await world.click(OLIVIA, 'Remove from favourites');
    await world.sees(OLIVIA, ({ buttons }) => buttons.includes('Add to favourites'));
    expect(world.rows('favourite')).toEqual([]);
  });

  it('are nobody else’s door', async () => {
    await world.connect(BEN, 'ben@example.com');
    const shown = await says(OLIVIA, '/locks status studio', 'Your door.');
    await world.forge(BEN, world.button(shown, 'Add to favourites'));
    await world.sees(BEN, ({ text }) => text.startsWith('This door is not one of yours'));
    expect(world.rows('favourite')).toEqual([]);
    await world.forge(BEN, { action_id: 'favourite:add', value: `${BEN} <!channel> x y` });
    await world.sees(BEN, ({ text }) => text.startsWith('This button is from an older message'));
  });

  it('are ten at most', async () => {
    await world.connect(OLIVIA, 'many@example.com');
    for (let i = 1; i <= 10; i += 1) await says(OLIVIA, `/locks favourite room 00${String(i + 10)}`, 'A fav');
    expect((await says(OLIVIA, '/locks favourite loft', 'You have 10')).text).toBe(
      'You have 10 favourites already, and no more fit at the top of a list. Type /locks favourite to remove one, then try again.',
    );
    const list = await says(OLIVIA, '/locks', 'Your doors, page 1');
    expect(doorsIn(list.lines).slice(0, 11)).toEqual([
      ...Array.from({ length: 10 }, (_, i) => `Room 00${i + 11}`),
      'Front Door',
    ]);
    await world.click(OLIVIA, 'Next');
    const next = await world.sees(OLIVIA, ({ text }) => text.startsWith('Your doors, page 2'));
    expect(doorsIn(next.lines).filter((name) => list.lines.includes(name))).toEqual([]);
  });

  it('go with their door, and with their account', async () => {
    for (const name of ['Loft', 'Garage']) await says(OLIVIA, `/locks favourite ${name}`, 'A favourite');
    await says(OLIVIA, '/locks alias loft up', 'Loft is “up” too');
    const { deviceId } = await world.door('Loft');
    await world.seam.door({ deviceId, removed: true });
    await eventually('it is forgotten', () => world.rows('favourite').length === 1);
    expect(world.rows('alias')).toEqual([]);
    await says(OLIVIA, '/locks disconnect', 'Your lock accounts');
    await world.click(OLIVIA, 'Disconnect');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Disconnected'));
    await says(OLIVIA, '/locks favourite', 'You have no doors here yet.');
    world.time.advance(60 * 60 * 1000);
    await eventually('it is forgotten', () => world.rows('favourite').length === 0);
  });
});
