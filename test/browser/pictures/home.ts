import { OLIVIA } from '../../support/world.ts';
import { goTo, type Studio, takeHome } from './studio.ts';

/** Home, before and after an account is connected. */
export async function home(studio: Studio): Promise<void> {
  const { world, page } = studio;
  const main = page.getByRole('main');
  await goTo(studio, 'home');
  await main.getByRole('heading', { name: 'Welcome to Latchbolt' }).waitFor();
  await takeHome('home-new', studio);
  await world.connect(OLIVIA, 'codes@example.com');
  await main.getByText('Porch', { exact: true }).waitFor();
  const { deviceId } = await world.door('Porch');
  await world.seam.door({ deviceId, locked: false });
  await main.getByText('by hand or with a key').waitFor();
  await main.getByRole('button', { name: 'Lock Porch', exact: true }).click();
  await main.getByText('by you, with a button in').waitFor();
  await main.getByRole('button', { name: 'Unlock Lobby' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Unlock', exact: true }).click();
  await main.getByText('Unlocked. The lock has confirmed it.').waitFor();
  await takeHome('home', studio);
}
