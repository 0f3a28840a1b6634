import { expect, it } from 'vitest';
import { features } from '../../src/features/index.ts';
import { OLIVIA } from '../support/world.ts';
import { personAt } from './support/person.ts';
import { openStage } from './support/stage.ts';

it('disconnects an account, once its question is answered with yes', async () => {
  const { world, page } = await openStage();
  const olivia = personAt(page);
  await world.connect(OLIVIA, 'olivia@example.com');
  await olivia.door('Front Door').waitFor();

  await olivia.type('/locks disconnect');
  await olivia.newest.getByText('Your lock accounts').waitFor();
  const disconnect = olivia.newest.getByRole('button', { name: /^Disconnect / });
  await disconnect.click();
  const question = page.getByRole('dialog', { name: /^Disconnect .*olivia@example\.com.*\?$/ });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await question.waitFor({ state: 'detached' });
  expect(await world.seamCalls('/connected_accounts/delete')).toEqual([]);

  await disconnect.click();
  await question.getByRole('button', { name: 'Disconnect', exact: true }).click();
  await olivia.newest.getByText(/^Disconnected: .*olivia@example\.com/).waitFor();
  expect(await world.seamCalls('/connected_accounts/delete')).toHaveLength(1);
  // The house is empty for everyone, and so is her list.
  await olivia.house.getByText('No doors yet').waitFor();
  await olivia.button('Show my doors').click();
  await olivia.newest.getByText('You have no doors here yet').waitFor();
});

it('tells everything that can be typed, and what an unknown word may have meant', async () => {
  const { page } = await openStage();
  const olivia = personAt(page);
  await olivia.type('/locks help');
  await olivia.newest.getByText('What you can type').waitFor();
  const words = features.flatMap(({ subcommands }) => subcommands).map(({ word }) => `/locks ${word}`);
  expect(await olivia.newest.locator('code').allInnerTexts()).toEqual(words);

  await olivia.type('/locks conect');
  await olivia.newest.getByText('There is no “conect”. Did you mean /locks connect?').waitFor();
  expect(await olivia.messages.count()).toBe(2);
  expect(await olivia.newest.locator('code').allInnerTexts()).toEqual(
    expect.arrayContaining(['/locks list']),
  );
});

it('takes a suggestion with the arrows, with a click and with Tab, and recalls what was sent', async () => {
  const { page } = await openStage();
  const { composer } = personAt(page);
  const suggestions = page.getByRole('listbox', { name: 'Commands' });
  await composer.pressSequentially('/');
  await composer.press('ArrowDown');
  await composer.press('ArrowDown');
  const marked = suggestions.getByRole('option', { selected: true });
  expect(await marked.innerText()).toContain('/locks unlock');
  expect(await composer.getAttribute('aria-activedescendant')).toBe(await marked.getAttribute('id'));
  await composer.press('Enter');
  expect(await composer.inputValue()).toBe('/locks unlock');
  await suggestions.waitFor({ state: 'detached' });

  await composer.fill('/');
  await suggestions.getByRole('option', { name: '/locks help' }).click();
  expect(await composer.inputValue()).toBe('/locks help');

  await composer.fill('/locks he');
  await composer.press('Tab');
  expect(await composer.inputValue()).toBe('/locks help');
  await composer.press('Enter');
  await expect.poll(() => composer.inputValue()).toBe('');
  await composer.press('ArrowUp');
  expect(await composer.inputValue()).toBe('/locks help');
});
