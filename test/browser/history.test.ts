/** What happened, as a file too; a person's own stop; a workflow that opens a door: as people see them in the page. */
import { expect, it } from 'vitest';
import { OLIVIA } from '../support/world.ts';
import { faintTexts, nameless, overhang } from './support/judge.ts';
import { personAt } from './support/person.ts';
import { openStage } from './support/stage.ts';

it('opens a door by a workflow, reads of it, takes the file, pauses and resumes', async () => {
  const { world, page } = await openStage({}, { workflow: true });
  const olivia = personAt(page);
  await world.connect(OLIVIA, 'olivia@example.com');
  const judge = async () =>
    expect({
      nameless: await nameless(page),
      overhang: await overhang(page),
      faint: (await faintTexts(page)).faint,
    }).toEqual({ nameless: [], overhang: [], faint: [] });

  await olivia.choose('Shortcuts', 'Unlock a door.*A step of Latchbolt');
  const dialog = page.getByRole('dialog', { name: 'Unlock a door' });
  await dialog.getByLabel('Door').fill('front door');
  await dialog.getByRole('button', { name: 'Start workflow' }).click();
  await dialog
    .getByText(
      'Completed: door = Front Door, outcome = unlocked, sentence = Front Door: Unlocked. The lock has confirmed it.',
    )
    .waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await world.seamCalls('/locks/unlock_door')).toHaveLength(1);

  await olivia.type('/locks history front door');
  await olivia.newest.getByText('History of Front Door').waitFor();
  await olivia.newest.getByText('Front Door: Unlocked').waitFor();
  await olivia.newest.getByText('by you, with a workflow').waitFor();
  await olivia.newest.getByText('Latchbolt keeps this for 365 days.').waitFor();
  await judge();

  await olivia.button('Export as CSV').click();
  await olivia.newest.getByText('The file is being made.').waitFor();
  await page.getByRole('navigation', { name: 'Channels' }).getByText('Latchbolt').click();
  await page.getByRole('link', { name: 'Messages' }).click();
  const file = page.getByRole('region', { name: /^door-history-.*\.csv$/ });
  await page.locator('summary').press('Enter');
  expect((await file.innerText()).split('\n').slice(0, 2)).toEqual([
    expect.stringContaining('Time (Europe/Berlin),Time (UTC),Door,What happened,Who,How,Why'),
    expect.stringMatching(/,Front Door,Unlocked,Olivia Reyes,with a workflow,\r?$|,The lock came online,/),
  ]);
  await judge();

  await page.getByRole('navigation', { name: 'Channels' }).getByText('general').click();
  await olivia.type('/locks pause');
  await olivia.newest.getByText('Opening doors from Slack is paused for you, on every device.').waitFor();
  await olivia.type('/locks resume');
  await olivia.button('Resume opening doors').click();
  await page.getByRole('dialog', { name: 'Resume opening doors?' }).waitFor();
  await judge();
  await olivia.dialog.getByRole('button', { name: 'Stay paused' }).click();
  await olivia.dialog.waitFor({ state: 'detached' });
  expect(world.rows('pause').map(({ what }) => what)).toEqual(['paused']);
  await olivia.confirm('Resume opening doors', 'Resume');
  await olivia.newest.getByText('You can open your doors from Slack again.').waitFor();
  expect(world.rows('pause').map(({ what }) => what)).toEqual(['paused', 'resumed']);
});
