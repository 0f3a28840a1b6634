import { BEN } from '../../support/world.ts';
import { followLink, signIn } from '../support/person.ts';
import { type Studio, takeDialog, takeMessage, takePage } from './studio.ts';

/** The main job: an account is connected, doors are listed, one opens, others do not. */
export async function doors(studio: Studio): Promise<void> {
  await connect(studio);
  await unlock(studio);
  await others(studio);
}

/** From the first `/locks` to the list of doors. */
async function connect(studio: Studio): Promise<void> {
  const { olivia } = studio;
  await olivia.type('/locks');
  await olivia.button('Connect your lock account').click();
  await olivia.newest.getByRole('link').waitFor();
  await takeMessage('connect', studio);

  const popup = await followLink(olivia);
  await popup.getByRole('link', { name: 'August' }).click();
  await signIn(popup, 'olivia@example.com', '1234');
  await popup.getByRole('heading', { name: 'You are connected' }).waitFor();
  await popup.close();
  await olivia.button('Show my doors').waitFor();
  await takeMessage('connected', studio);

  await olivia.button('Show my doors').click();
  await olivia.newest.getByText('Your doors').waitFor();
  await takeMessage('locks', studio);
}

/** One door opens; then three others end otherwise. */
async function unlock(studio: Studio): Promise<void> {
  const { page, olivia } = studio;
  await olivia.button('Unlock Front Door').click();
  await olivia.dialog.waitFor();
  await takeDialog('confirm', studio);
  await olivia.dialog.getByRole('button', { name: 'Unlock' }).click();
  await olivia.facts('Front Door').getByText('confirmed it').waitFor();
  await olivia.door('Front Door').getByText('Unlocked').waitFor();
  await olivia.newest.evaluate((message) => message.scrollIntoView({ block: 'start' }));
  await takePage('hero', page);

  for (const door of ['Server Room', 'Studio', 'Back Gate']) await olivia.confirm(`Unlock ${door}`, 'Unlock');
  await olivia.facts('Server Room').getByText('not confirmed').waitFor();
  await olivia.facts('Studio').getByText('jammed').waitFor();
  await olivia.facts('Back Gate').getByText('offline').waitFor();
  await takeMessage('unlocked', studio);
}

async function others(studio: Studio): Promise<void> {
  const { world, olivia } = studio;
  const list = (await world.messages('U0OLIVIA')).at(-1);
  if (list === undefined) throw new Error('Olivia has no list');
  const { action_id, value } = world.button(list, 'Unlock', 'Garage');

  await olivia.type('/locks disconnect');
  await olivia.newest.getByText('Your lock accounts').waitFor();
  await takeMessage('disconnect', studio);
  await olivia.type('/locks help');
  await olivia.newest.getByText('What you can type').waitFor();
  await takeMessage('help', studio);

  await world.forge(BEN, { action_id, value });
  await olivia.become('Ben Carter');
  await olivia.newest.getByText('This door is not one of yours').waitFor();
  await takeMessage('refused', studio);
}
