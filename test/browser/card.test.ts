import { expect, it } from 'vitest';
import { OLIVIA } from '../support/world.ts';
import { personAt } from './support/person.ts';
import { openStage } from './support/stage.ts';

/** Olivia before the list of her doors. */
async function beforeDoors() {
  const { world, page } = await openStage();
  const olivia = personAt(page);
  await world.connect(OLIVIA, 'olivia@example.com');
  await olivia.type('/locks');
  await olivia.newest.getByText('Your doors').waitFor();
  return { world, page, olivia };
}

it('says in the same message that a door was locked again by hand, and opened since', async () => {
  const { olivia } = await beforeDoors();
  await olivia.confirm('Unlock Front Door', 'Unlock');
  await olivia.facts('Front Door').getByText('The lock has confirmed it').waitFor();
  await olivia.choose('Change Front Door', 'Lock by hand');
  await olivia.facts('Front Door').getByText('Locked again by hand').waitFor();
  await olivia.button('Unlock Front Door').waitFor();
  expect(await olivia.button('Lock Front Door').count()).toBe(0);
  await olivia.choose('Change Front Door', 'Unlock by hand');
  await olivia.facts('Front Door').getByText('Unlocked by hand').waitFor();
  await olivia.button('Lock Front Door').waitFor();
});

it('lets a person choose what a door does when it stays unlocked, and call it off', async () => {
  const { world, page, olivia } = await beforeDoors();
  await olivia.type('/locks autolock front door');
  const modal = page.getByRole('dialog', { name: 'Door settings' });
  await modal.getByText('Settings of Front Door').waitFor();
  await modal.getByRole('button', { name: /^Lock it again by itself/ }).click();
  await page.getByRole('option', { name: 'After 5 minutes' }).click();
  await modal.getByRole('button', { name: 'Save' }).click();
  await modal.waitFor({ state: 'detached' });
  await expect.poll(() => world.rows('door_setting')).toMatchObject([{ lock_after_ms: 300_000 }]);
  await olivia.confirm('Unlock Front Door', 'Unlock');
  await olivia.facts('Front Door').getByText('Locks again').waitFor();
  await olivia.button('Keep Front Door unlocked').click();
  await olivia.facts('Front Door').getByText('Locks again').waitFor({ state: 'detached' });
  await expect.poll(() => world.rows('follow')).toMatchObject([{ locks_at: null }]);
});
