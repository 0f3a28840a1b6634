import { randomUUID } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BEN, OLIVIA, startWorld, type World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
  await world.connect(OLIVIA, 'olivia@example.com');
});
afterEach(() => world.close());

const says = async (who: string, text: string, begins = '') => {
  const before = (await world.messages(who)).at(-1)?.id;
  await world.type(who, text);
  return world.sees(who, (message) => message.id !== before && message.text.startsWith(begins));
};
const aliases = () => world.rows('alias').map(({ word }) => word);

it.each([
  ['“Front Door” hq', 'hq'],
  ['"front door" "the office"', 'the office'],
  ['front door hq', 'hq'],
  ['Front Door ‘list’', 'list'],
])('gives a door a name of one’s own: %s', async (typed, word) => {
  expect(await says(OLIVIA, `/locks alias ${typed}`)).toMatchObject({
    ephemeral: true,
    text: `Front Door is “${word}” too from now on, for you alone. Type for example: /locks unlock ${word}.`,
  });
  expect((await says(OLIVIA, `/locks status ${word.toUpperCase()}`)).text).toBe(
    'Your door. Front Door: locked.',
  );
  expect(aliases()).toEqual([word]);
});

it('lists them, each with a way out of it', async () => {
  expect((await says(OLIVIA, '/locks alias')).text).toBe(
    'You have given no door a short name of your own yet. Type for example: /locks alias "Front Door" hq.',
  );
  await says(OLIVIA, '/locks alias garage box', 'Garage is');
  await says(OLIVIA, '/locks alias front door <hq> & more', 'Front Door is');
  const list = await says(OLIVIA, '/locks alias');
  expect(list).toMatchObject({
    text: 'Your own names for doors: “box”: Garage; “&lt;hq&gt; &amp; more”: Front Door.',
    lines: ['Your own names for doors:', '“box”: Garage', '“<hq> & more”: Front Door'],
    buttons: ['Remove', 'Remove'],
  });
  await world.click(OLIVIA, 'Remove', 'more');
  await world.sees(OLIVIA, ({ id, lines }) => id === list.id && lines.length === 2);
  expect(aliases()).toEqual(['box']);
  // Another person has names of their own.
  await world.connect(BEN, 'ben@example.com');
  expect((await says(BEN, '/locks unlock box')).text).toContain('None of your doors is called “box”.');
});

it('says so when a word was another door’s until now', async () => {
  await says(OLIVIA, '/locks alias garage hq', 'Garage is');
  expect((await says(OLIVIA, '/locks alias loft HQ')).text).toBe(
    'Loft is “HQ” too from now on, for you alone. Before, the word was for Garage. Type for example: /locks unlock HQ.',
  );
  expect(aliases()).toEqual(['HQ']);
});

it.each([
  [
    '"Front Door"',
    'What do you want to call Front Door? Type the word after the door, for example: /locks alias "Front Door" hq.',
  ],
  [
    '"Front Door hq',
    'In “"Front Door hq” a quotation mark is not closed. Type for example: /locks alias "Front Door" hq.',
  ],
  [
    'frnt hq',
    'None of your doors is called “frnt hq”. Type /locks to see your doors, then for example: /locks alias "front door" hq.',
  ],
  [
    'front door \u200b\u200b',
    'What do you want to call front door? Type the word after the door, for example: /locks alias "front door" hq.',
  ],
  [
    'front door garage',
    'Another door of yours is called “garage”, so it cannot be a name for Front Door. Take another word.',
  ],
  [
    `front door ${'x'.repeat(41)}`,
    `The word “${'x'.repeat(41)}” is too long for a short name: 40 characters at most. Type for example: /locks alias "Front Door" hq.`,
  ],
])('says what is wrong: %s', async (typed, answer) => {
  const { text } = await says(OLIVIA, `/locks alias ${typed}`);
  expect(text).toBe(answer);
  expect(aliases()).toEqual([]);
});

it('offers the nearest door for a name in quotes that none has', async () => {
  const shown = await says(OLIVIA, '/locks alias “Frnt Door” hq');
  expect(shown.lines).toEqual([
    'None of your doors is called “Frnt Door”. Did you mean this one? Or type for example: /locks alias "Front Door" hq.',
    'Front Door',
  ]);
  await world.click(OLIVIA, 'Call it “hq”');
  await world.sees(OLIVIA, ({ text }) => text.startsWith('Front Door is “hq” too'));
  await world.forge(BEN, { action_id: 'alias:call', value: `${BEN} x` });
  await world.sees(BEN, ({ text }) => text.startsWith('This button is from an older message'));
});

it('says that the door of a word is gone, and keeps the word out of nobody’s way', async () => {
  await says(OLIVIA, '/locks alias loft up', 'Loft is');
  const sqlite = new Sqlite(world.house.config.database.file);
  sqlite.prepare('update alias set device_id = ?').run(randomUUID());
  sqlite.close();
  expect((await says(OLIVIA, '/locks unlock up')).text).toBe(
    'The word “up” was yours for a door that is not in your accounts any more. ' +
      'Type /locks to see your doors, then for example: /locks unlock front door.',
  );
  expect((await says(OLIVIA, '/locks alias')).lines).toEqual([
    'Your own names for doors:',
    '“up”: a door no longer in your accounts',
  ]);
  expect((await says(OLIVIA, '/locks alias garage up')).text).toContain(
    'Before, the word was for a door that is not in your accounts any more.',
  );
});
