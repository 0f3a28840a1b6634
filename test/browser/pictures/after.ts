import { OLIVIA } from '../../support/world.ts';
import { goTo, type Studio, takeDialog, takeMessage } from './studio.ts';

/** What becomes of a door after it was unlocked. */
export async function after(studio: Studio): Promise<void> {
  const { world, page, olivia } = studio;
  await world.connect(OLIVIA, 'olivia@example.com');
  await olivia.door('Front Door').waitFor();
  await olivia.type('/locks');
  await olivia.newest.getByText('Your doors').waitFor();
  for (const door of ['Front Door', 'Garage', 'Cellar']) {
    await olivia.confirm(`Unlock ${door}`, 'Unlock');
    await olivia.facts(door).getByText('confirmed it').waitFor();
  }
  world.time.advance(240_000);
  await olivia.choose('Change Front Door', 'Lock by hand');
  await olivia.facts('Front Door').getByText('Locked again by hand').waitFor();
  const garage = await world.door('Garage');
  await world.seam.door({ deviceId: garage.deviceId, locked: true, by: 'automatic' });
  await olivia.facts('Garage').getByText('Locked again by itself').waitFor();
  await takeMessage('followed', studio, { last: olivia.facts('Garage') });

  await olivia.type('/locks autolock front door');
  const settings = page.getByRole('dialog', { name: 'Door settings' });
  await settings.getByRole('button').nth(1).waitFor();
  const set = async (what: RegExp, to: string) => {
    await settings.getByRole('button', { name: what }).click();
    await page.getByRole('option', { name: to }).click();
  };
  await set(/^Remind me/, 'After 10 minutes');
  await set(/^Lock it again by itself/, 'After 30 minutes');
  await takeDialog('autolock', studio);
  await settings.getByRole('button', { name: 'Save' }).click();
  await settings.waitFor({ state: 'detached' });
  // What was told before stands apart.
  world.time.advance(600_000);

  await olivia.choose('Shortcuts', 'Unlock a door(?!.*step)');
  await olivia.dialog.getByRole('button', { name: /^Door: / }).click();
  await page.getByRole('listbox', { name: 'Door' }).getByRole('option', { name: 'Front Door' }).click();
  await olivia.dialog.getByRole('button', { name: 'Unlock', exact: true }).click();
  await olivia.dialog.getByText('Unlocked. The lock has confirmed it.').waitFor();
  await page.keyboard.press('Escape');
  await goTo(studio, 'messages');
  await olivia.newest.getByRole('button', { name: /^Lock/ }).waitFor();
  await takeMessage('card', studio);
  world.time.advance(600_000);
  await olivia.newest.getByText('Front Door is still unlocked.').waitFor();
  await takeMessage('nudge', studio);
}
