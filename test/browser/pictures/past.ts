import { OLIVIA } from '../../support/world.ts';
import { goTo, type Studio, takeDialog, takeMessage } from './studio.ts';

/** A workflow, what happened, the same as a file, and a person's own stop. */
export async function past(studio: Studio): Promise<void> {
  const { world, page, olivia } = studio;
  await world.connect(OLIVIA, 'codes@example.com');
  await olivia.door('Porch').waitFor();
  await olivia.choose('Shortcuts', 'Unlock a door.*A step of Latchbolt');
  await olivia.dialog.getByLabel('Door').fill('porch');
  await olivia.dialog.getByRole('button', { name: 'Start workflow' }).click();
  await olivia.dialog.getByText(/^Completed/).waitFor();
  await takeDialog('workflow', studio);
  await page.keyboard.press('Escape');

  world.time.advance(120_000);
  await olivia.choose('Change Porch', 'Lock by hand');
  await olivia.type('/locks code porch for 2h for Anna');
  const pin = await olivia.newest.getByText(/^\d( \d){5}$/).innerText();
  const { deviceId } = await world.door('Porch');
  world.time.advance(1_500_000);
  await world.seam.keypad({ deviceId, code: pin.replaceAll(' ', '') });
  await olivia.door('Porch').getByText('Unlocked', { exact: true }).waitFor();
  await olivia.choose('Change Lobby', 'jams');
  await olivia.door('Lobby').getByText('Jams').waitFor();
  await olivia.type('/locks unlock lobby');
  await olivia.confirm('Unlock Lobby', 'Unlock');
  await olivia.newest.getByText(/jammed/).waitFor();
  await olivia.type('/locks lock porch');
  await olivia.newest.getByText('Locked. The lock has confirmed it.').waitFor();
  await olivia.type('/locks history');
  await olivia.newest.getByText('History of your doors').waitFor();
  await takeMessage('history', studio);
  // What was told before stands apart.
  world.time.advance(900_000);
  await olivia.button('Export as CSV').click();
  await olivia.newest.getByText('The file is being made.').waitFor();
  await goTo(studio, 'messages');
  await page.locator('summary').click();
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  const file = page
    .getByRole('log')
    .getByRole('listitem')
    .filter({ has: page.locator('summary') });
  await takeMessage('export', studio, { message: file });

  await goTo(studio, 'general');
  await olivia.type('/locks pause');
  await olivia.newest.getByText(/is paused for you/).waitFor();
  await takeMessage('paused', studio);
  await olivia.type('/locks resume');
  await olivia.button('Resume opening doors').click();
  await takeDialog('resume', studio);
}
