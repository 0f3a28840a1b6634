import { OLIVIA } from '../../support/world.ts';
import { type Studio, takeDialog, takeMessage } from './studio.ts';

/** Doors by their names, and the shortcut. */
export async function names(studio: Studio): Promise<void> {
  const { world, page, olivia } = studio;
  await world.connect(OLIVIA, 'olivia@example.com');
  await olivia.door('Front Door').waitFor();
  await olivia.type('/locks status front door');
  await olivia.button('Unlock Front Door').waitFor();
  await takeMessage('status', studio);
  await olivia.type('/locks lock garage');
  await olivia.newest.getByText('Locked. The lock has confirmed it.').waitFor();
  await takeMessage('lock', studio);
  await olivia.type('/locks unlock ga');
  await olivia.newest.getByText('“ga”').first().waitFor();
  await takeMessage('picker', studio);

  for (const [door, word] of [
    ['"Front Door"', 'hq'],
    ['garage', 'box'],
    ['"Server Room"', 'the cold one'],
  ]) {
    await olivia.type(`/locks alias ${door} ${word}`);
    await olivia.newest.getByText(`“${word}”`).first().waitFor();
  }
  await olivia.type('/locks alias');
  await olivia.newest
    .getByRole('button', { name: /^Remove/ })
    .first()
    .waitFor();
  await takeMessage('alias', studio);

  for (const door of ['Studio', 'Front Door']) {
    await olivia.type(`/locks favourite ${door}`);
    await olivia.newest.getByText(door).first().waitFor();
  }
  await olivia.type('/locks favourite');
  await olivia.newest.getByText('Your favourites').waitFor();
  await takeMessage('favourites', studio);

  await olivia.choose('Shortcuts', 'Unlock a door(?!.*step)');
  await olivia.dialog.getByRole('button', { name: /^Door: / }).click();
  await page.getByRole('listbox', { name: 'Door' }).getByRole('option', { name: 'Loft' }).waitFor();
  await takeDialog('shortcut', studio);
}
