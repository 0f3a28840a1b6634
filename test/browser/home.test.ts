import { expect, it } from 'vitest';
import { OLIVIA } from '../support/world.ts';
import { faintTexts, nameless, overhang, withoutAlt } from './support/judge.ts';
import { personAt, signIn } from './support/person.ts';
import { openStage } from './support/stage.ts';

it('shows a person their doors, from the first link to an open door', async () => {
  const { page } = await openStage({ at: 'home' });
  const olivia = personAt(page);
  const main = page.getByRole('main');
  await main.getByRole('heading', { name: 'Welcome to Latchbolt' }).waitFor();
  expect((await faintTexts(page)).faint).toEqual([]);
  await main.getByRole('button', { name: 'Connect your lock account' }).click();
  const link = olivia.dialog.getByRole('link', { name: 'Sign in to your lock account' });
  const [popup] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await popup.getByRole('link', { name: 'August' }).click();
  await signIn(popup, 'olivia@example.com', '1234');
  await popup.close();
  await olivia.dialog.getByText('Close', { exact: true }).click();

  await main.getByText('Front Door', { exact: true }).waitFor();
  await main.getByText('August, olivia@example.com').waitFor();
  await main.getByRole('button', { name: 'Unlock Front Door' }).click();
  await olivia.dialog.getByRole('button', { name: 'Unlock', exact: true }).click();
  await main.getByText('Unlocked. The lock has confirmed it.').waitFor();
  await main.getByText('by you, with a button in').waitFor();
  await main.getByRole('button', { name: 'Lock Front Door', exact: true }).click();
  await main.getByText('Locked. The lock has confirmed it.', { exact: true }).waitFor();
  expect(await nameless(page)).toEqual([]);
  expect(await withoutAlt(page)).toBe(0);
  expect(await overhang(page)).toEqual([]);
  expect((await faintTexts(page)).faint).toEqual([]);
});

it('follows what happens at the door, on a small phone too', async () => {
  const { world, page } = await openStage({ viewport: { width: 360, height: 780 } });
  await world.connect(OLIVIA, 'olivia@example.com');
  await page.goto(`${world.house.slack.url}/#${OLIVIA}/home`);
  const main = page.getByRole('main');
  await main.getByText('Front Door', { exact: true }).waitFor();
  const { deviceId } = await world.door('Front Door');
  await world.seam.door({ deviceId, locked: false });
  await main.getByText('by hand or with a key').waitFor();
  await main.getByRole('button', { name: 'Lock Front Door', exact: true }).waitFor();
  expect(await overhang(page)).toEqual([]);
  expect((await faintTexts(page)).faint).toEqual([]);
  expect(await nameless(page)).toEqual([]);
});
