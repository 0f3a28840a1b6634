import { expect, it } from 'vitest';
import { OLIVIA } from '../support/world.ts';
import { nameless } from './support/judge.ts';
import { personAt } from './support/person.ts';
import { openStage } from './support/stage.ts';

it('makes a code in the form, opens the door with it at the keypad, and revokes it in the list', async () => {
  const { world, page } = await openStage();
  const olivia = personAt(page);
  await world.connect(OLIVIA, 'codes@example.com');
  await olivia.newest.getByText('Connected: August, codes@example.com').waitFor();

  // By name, in one line: the PIN is there when the lock has learnt it.
  await olivia.type('/locks code porch for 2h for Anna');
  await olivia.newest.getByText('Read it out, or pass it on yourself').waitFor();
  await olivia.newest.getByText('Only visible to you').waitFor();
  const digits = await olivia.newest.getByText(/^\d( \d){5}$/).innerText();

  await olivia.choose('Change Porch', 'Type a PIN at the keypad');
  const keypad = page.getByRole('form', { name: 'Keypad of Porch' });
  await page.keyboard.type(digits.replaceAll(' ', ''));
  await page.keyboard.press('Enter');
  await keypad.getByText('The lock opens.').waitFor();
  await page.keyboard.press('Escape');
  await keypad.waitFor({ state: 'detached' });

  // In the form: the door from a list that Latchbolt gives, the end as it stands there, and for whom.
  await olivia.type('/locks code');
  const form = page.getByRole('dialog', { name: 'Make a code' });
  await form.waitFor();
  expect(await nameless(page)).toEqual([]);
  await form.getByRole('button', { name: /^Door: / }).click();
  await page.getByRole('listbox', { name: 'Door' }).getByRole('option', { name: 'Lobby' }).click();
  await form.getByLabel('For whom').fill('Ben');
  await form.getByRole('button', { name: 'Make', exact: true }).click();
  await form.waitFor({ state: 'detached' });
  await page.getByRole('navigation', { name: 'Channels' }).getByText('Latchbolt').first().click();
  // The news that Anna's code was used comes at any moment, and stands above or below it.
  await olivia.messages.filter({ hasText: 'Porch: unlocked with the code' }).waitFor();
  const ben = olivia.messages.filter({ hasText: 'Lobby, for Ben' });
  await ben.getByText('The PIN works.').waitFor();
  await ben.getByRole('button', { name: 'Show the PIN of Lobby, for Ben' }).click();
  await olivia.newest.getByText(/^\d( \d){5}$/).waitFor();

  // In the list: both, each with a button that ends it.
  await olivia.type('/locks codes');
  await olivia.newest.getByText('Your codes').waitFor();
  await olivia.newest.getByText('Porch, for Anna').waitFor();
  await olivia.confirm('Revoke the code of Porch, for Anna', 'Revoke');
  await olivia.newest.getByText('Revoked. The PIN no longer opens the door.').waitFor();
  expect(await world.seamCalls('/access_codes/create')).toHaveLength(2);
  expect(await world.seamCalls('/access_codes/delete')).toHaveLength(1);
});
