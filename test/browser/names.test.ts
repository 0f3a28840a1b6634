import { expect, it } from 'vitest';
import { OLIVIA } from '../support/world.ts';
import { personAt } from './support/person.ts';
import { openStage } from './support/stage.ts';

it('opens a door by its name, gives it another, and puts it first', async () => {
  const { world, page } = await openStage();
  const olivia = personAt(page);
  await world.connect(OLIVIA, 'olivia@example.com');
  await olivia.door('Garage').waitFor();

  await olivia.type('/locks unlock “garage”');
  await olivia.newest.getByText('Press Unlock to open this door.').waitFor();
  await olivia.button('Unlock Garage').click();
  const question = page.getByRole('dialog', { name: 'Unlock Garage?' });
  await question.getByRole('button', { name: 'Unlock', exact: true }).click();
  await olivia.newest.getByText('Unlocked. The lock has confirmed it.').waitFor();
  await olivia.button('Add to favourites').click();
  await olivia.button('Remove from favourites').waitFor();

  await olivia.type('/locks alias garage box');
  await olivia.newest.getByText('Garage is “box” too from now on').waitFor();
  await olivia.type('/locks lock box');
  await olivia.newest.getByText('Locked. The lock has confirmed it.').waitFor();
  await expect.poll(async () => (await world.door('Garage')).locked).toBe(true);
  expect(world.rows('move').map(({ verb, via }) => [verb, via])).toEqual([
    ['unlock', 'message'],
    ['lock', 'name'],
  ]);

  await olivia.type('/locks');
  await olivia.newest.getByText('Your doors').waitFor();
  expect(await olivia.newest.locator('.section').nth(1).innerText()).toContain('Garage');
});

it('opens a door from the shortcuts, by a part of its name, and says so in the same window', async () => {
  const { world, page } = await openStage();
  const olivia = personAt(page);
  await world.connect(OLIVIA, 'olivia@example.com');
  await olivia.door('Front Door').waitFor();
  await olivia.choose('Shortcuts', 'Unlock a door');
  const chooser = page.getByRole('dialog', { name: 'Unlock a door' });
  await chooser.getByRole('button', { name: 'Door: Type a part of its name' }).click();
  const options = page.getByRole('listbox', { name: 'Door' }).getByRole('option');
  await expect.poll(() => options.count()).toBe(7);
  await page.keyboard.type('fro');
  await expect.poll(() => options.allInnerTexts()).toEqual(['Front Door']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await chooser.getByRole('button', { name: 'Unlock', exact: true }).click();
  const outcome = page.getByRole('dialog', { name: 'Latchbolt' });
  await outcome.getByText('Front Door: Unlocked. The lock has confirmed it.').waitFor();
  await outcome.getByRole('button', { name: 'Close', exact: true }).last().click();
  await outcome.waitFor({ state: 'detached' });
  expect(world.rows('move')).toMatchObject([{ via: 'shortcut', outcome: '{"kind":"unlocked"}' }]);
});
