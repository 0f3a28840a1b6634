import { OLIVIA } from '../../support/world.ts';
import { goTo, type Studio, takeDialog, takeMessage } from './studio.ts';

/** Codes for guests. */
export async function codes(studio: Studio): Promise<void> {
  const { world, page, olivia } = studio;
  await world.connect(OLIVIA, 'codes@example.com');
  await olivia.door('Porch').waitFor();
  await olivia.type('/locks code porch for 2h for Anna');
  await olivia.newest.getByText('Read it out, or pass it on yourself').waitFor();
  await takeMessage('code', studio);

  await olivia.type('/locks code');
  await olivia.dialog.getByRole('button', { name: /^Door: / }).click();
  await page.getByRole('listbox', { name: 'Door' }).getByRole('option', { name: 'Lobby' }).click();
  await olivia.dialog.getByLabel('For whom').fill('Cleaner');
  await takeDialog('code-form', studio);
  await olivia.dialog.getByRole('button', { name: 'Make', exact: true }).click();
  await olivia.dialog.waitFor({ state: 'detached' });
  await goTo(studio, 'messages');
  await olivia.newest.getByText('The PIN works.').waitFor();
  await goTo(studio, 'general');
  await olivia.type('/locks codes');
  await olivia.newest.getByText('Your codes').waitFor();
  await takeMessage('codes', studio);
}
