import { expect, it } from 'vitest';
import { OLIVIA } from '../support/world.ts';
import { nameless } from './support/judge.ts';
import { personAt } from './support/person.ts';
import { openStage } from './support/stage.ts';

it('tells of a low battery in a direct message, and lets that be turned off where all of it is chosen', async () => {
  const { world, page } = await openStage();
  const olivia = personAt(page);
  await world.connect(OLIVIA, 'olivia@example.com');
  await olivia.choose('Change Front Door', 'Run the battery down');
  const channels = page.getByRole('navigation', { name: 'Channels' });
  await channels.getByRole('link', { name: 'Latchbolt' }).click();
  await page.getByRole('navigation', { name: 'Latchbolt' }).getByRole('link', { name: 'Messages' }).click();
  await olivia.newest.getByText(/^Front Door: the battery is low \(6%\)/).waitFor();
  await olivia.newest
    .getByText(/Turn these off ends messages of this kind: The battery of a lock is low/)
    .waitFor();
  expect(await nameless(page)).toEqual([]);

  await olivia.button('Settings').click();
  const settings = page.getByRole('dialog', { name: 'Messages to you' });
  const kind = (name: string) => settings.getByRole('checkbox', { name });
  expect(await kind('The battery of a lock is low').isChecked()).toBe(true);
  expect(await kind('Unlocked by hand or with a key').isChecked()).toBe(false);
  expect(await nameless(page)).toEqual([]);
  await kind('The battery of a lock is low').uncheck();
  await kind('Do not send messages in my quiet hours').check();
  await settings.getByLabel('From', { exact: true }).fill('21:30');
  await settings.getByLabel('To', { exact: true }).fill('21:30');
  await settings.getByRole('button', { name: 'Save' }).click();
  await settings
    .getByRole('alert')
    .getByText(/Choose a time that is not the one/)
    .waitFor();
  await settings.getByLabel('To', { exact: true }).fill('06:00');
  await settings.getByRole('button', { name: 'Save' }).click();
  await settings.waitFor({ state: 'detached' });
  await page
    .getByRole('log')
    .getByText(/^Saved\. .*Quiet hours are from 21:30 to 06:00/)
    .waitFor();
  expect(world.rows('notice_settings')).toMatchObject([
    { slack_user_id: OLIVIA, quiet_from: 1_290, quiet_to: 360 },
  ]);
});
