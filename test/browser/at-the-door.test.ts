import { it } from 'vitest';
import { OLIVIA } from '../support/world.ts';
import { personAt } from './support/person.ts';
import { openStage } from './support/stage.ts';

/** The doors of the house of codes in the panel, before somebody who owns them. */
async function beforeDoors() {
  const { world, page } = await openStage();
  const olivia = personAt(page);
  await world.connect(OLIVIA, 'codes@example.com');
  await olivia.door('Porch').waitFor();
  return { world, page, olivia };
}

it('opens a door for a PIN that is typed at its keypad, and for no other', async () => {
  const { world, olivia, page } = await beforeDoors();
  const { deviceId } = await world.door('Porch');
  await world.seam.code({ deviceId, code: '2468' });
  await olivia.choose('Change Porch', 'Type a PIN at the keypad');
  const keypad = page.getByRole('form', { name: 'Keypad of Porch' });
  await page.keyboard.type('1111');
  await page.keyboard.press('Enter');
  await keypad.getByText('The lock does not take this PIN.').waitFor();
  await page.keyboard.type('2468');
  await keypad.getByRole('button', { name: 'Enter' }).click();
  await keypad.getByText('The lock opens.').waitFor();
  await olivia.door('Porch').getByText('Unlocked', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await keypad.waitFor({ state: 'detached' });
});

it('has doors with a sensor, and locks that lock by themselves', async () => {
  const { olivia } = await beforeDoors();
  await olivia.choose('Change Porch', 'Open the door');
  await olivia.door('Porch').getByText('Door open', { exact: true }).waitFor();
  await olivia.choose('Change Porch', 'Close the door');
  await olivia.door('Porch').getByText('Door shut', { exact: true }).waitFor();
  await olivia.choose('Change Porch', 'Let it lock by itself');
  await olivia.door('Porch').getByText('Locks by itself').waitFor();
  await olivia.choose('Change Porch', 'Tamper with the lock');
  await olivia.choose('Change Lobby', 'Stop locking by itself');
  await olivia.door('Lobby').getByText('Locks by itself').waitFor({ state: 'detached' });
});
