import { OLIVIA } from '../../support/world.ts';
import { goTo, type Studio, takeDialog, takeMessage } from './studio.ts';

/** What is told without being asked, and where that is chosen. */
export async function notices(studio: Studio): Promise<void> {
  const { world, page, olivia } = studio;
  await world.connect(OLIVIA, 'olivia@example.com');
  await olivia.door('Front Door').waitFor();
  await olivia.choose('Change Front Door', 'Run the battery down');
  await goTo(studio, 'messages');
  await olivia.newest.getByText(/^Front Door: the battery is low/).waitFor();
  await takeMessage('notice', studio);
  await olivia.button('Settings').click();
  await page.getByRole('dialog', { name: 'Messages to you' }).waitFor();
  await page.setViewportSize({ width: 1280, height: 1_300 });
  await takeDialog('notices-settings', studio);
}
