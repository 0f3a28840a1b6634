import { describe, expect, it } from 'vitest';
import { BEN, OLIVIA } from '../support/world.ts';
import { followLink, personAt, signIn } from './support/person.ts';
import { openStage } from './support/stage.ts';

describe.each(['socket', 'http'] as const)('the main job over %s', (mode) => {
  it('connects, lists, opens, and refuses the colleague', async () => {
    const { world, page } = await openStage({ complaints: [/status of 401/] }, { mode });
    const olivia = personAt(page);

    const hint = page.getByRole('region', { name: 'First steps' }).locator('[aria-current=step]');
    expect(await hint.innerText()).toContain('Type /locks');

    // Half a command is completed, then sent.
    await olivia.composer.pressSequentially('/lo');
    const suggestions = page.getByRole('listbox', { name: 'Commands' }).getByRole('option');
    await suggestions.first().getByText('Show your doors').waitFor();
    await olivia.composer.press('Enter');
    expect(await olivia.composer.inputValue()).toBe('/locks');
    await olivia.composer.press('Enter');
    await olivia.newest.getByText('You have no doors here yet').waitFor();
    await olivia.newest.getByText('Only visible to you').waitFor();
    expect(await olivia.house.innerText()).toContain('No doors yet');
    expect(await hint.innerText()).toContain('Connect with');

    // She signs in, at the second try, on the page that the link opens.
    await olivia.button('Connect your lock account').click();
    const popup = await followLink(olivia);
    await popup.getByRole('link', { name: 'August' }).click();
    await signIn(popup, 'olivia@example.com', 'wrong');
    await popup.getByRole('alert').getByText('That e-mail or password is wrong').waitFor();
    await signIn(popup, 'olivia@example.com', '1234');
    await popup.getByRole('heading', { name: 'You are connected' }).waitFor();
    await popup.close();

    // The message says so by itself, in the same place.
    await olivia.newest.getByText('Connected: August, olivia@example.com').waitFor();
    expect(await olivia.messages.count()).toBe(1);
    expect(await olivia.newest.getByRole('link').count()).toBe(0);
    await olivia.button('Show my doors').click();
    await olivia.newest.getByText('Your doors').waitFor();
    expect(await olivia.newest.getByRole('button', { name: /^Unlock / }).count()).toBe(7);
    expect(await olivia.facts('Keypad Only').innerText()).toContain('Cannot be unlocked from afar');

    // Cancelled, nothing happens.
    await olivia.button('Unlock Front Door').click();
    await page.getByRole('dialog', { name: 'Unlock Front Door?' }).waitFor();
    await olivia.dialog.getByRole('button', { name: 'Cancel' }).click();
    await olivia.dialog.waitFor({ state: 'detached' });
    expect(await world.seamCalls('/locks/unlock_door')).toEqual([]);
    expect(world.rows('move')).toEqual([]);

    // Confirmed, the door opens: in the message, and in the house.
    expect(await olivia.door('Front Door').innerText()).toContain('Locked');
    await olivia.confirm('Unlock Front Door', 'Unlock');
    await olivia.facts('Front Door').getByText('Unlocking…').waitFor();
    await olivia.door('Front Door').getByText('Moving…').waitFor();
    await olivia.facts('Front Door').getByText('The lock has confirmed it').waitFor();
    expect(await olivia.facts('Back Gate').innerText()).toContain('Locked');
    await olivia.door('Front Door').getByText('Unlocked', { exact: true }).waitFor();
    expect(await olivia.door('Back Gate').innerText()).toContain('Locked');
    expect(await world.seamCalls('/locks/unlock_door')).toHaveLength(1);
    expect(await olivia.messages.count()).toBe(1);

    expect(await hint.innerText()).toContain('Become Ben');

    // Ben sees nothing of it, and has nothing.
    await olivia.become('Ben Carter');
    const ben = olivia;
    expect(await ben.messages.count()).toBe(0);
    await ben.type('/locks');
    await ben.newest.getByText('You have no doors here yet').waitFor();
    expect(await ben.messages.count()).toBe(1);

    // Olivia's own button in Ben's hands opens nothing.
    const list = (await world.messages(OLIVIA)).at(-1);
    if (list === undefined) throw new Error('Olivia has no list');
    await world.forge(BEN, world.button(list, 'Unlock', 'Back Gate'));
    await ben.newest.getByText('This door is not one of yours, so nothing was opened').waitFor();
    expect(await world.seamCalls('/locks/unlock_door')).toHaveLength(1);
    await olivia.become('Olivia Reyes');
    await olivia.newest.getByText('Your doors').waitFor();
    expect(await olivia.messages.count()).toBe(1);

    // All steps are done: what the strip says now can be done too.
    const end = page.getByRole('region', { name: 'First steps' });
    await end.getByText('That is the main job').waitFor();
    await olivia.type(await end.locator('code').innerText());
    await olivia.newest.getByText('Your door.').waitFor();
    await olivia.button('Unlock Front Door').waitFor();
  });
});

it('shows a guest her own door only, and the same window shows each person their own', async () => {
  const { world, page } = await openStage({}, { allowGuests: true });
  await world.connect(OLIVIA, 'olivia@example.com');
  const visitor = personAt(page);
  await visitor.newest.getByText('Connected: August, olivia@example.com').waitFor();

  await visitor.become('Gwen Ito');
  expect(await visitor.messages.count()).toBe(0);
  await visitor.type('/locks connect');
  const popup = await followLink(visitor);
  await popup.getByRole('link', { name: 'Yale' }).click();
  await signIn(popup, 'gwen@example.com', '1234');
  await popup.getByRole('heading', { name: 'You are connected' }).waitFor();
  await visitor.newest.getByText('One door: Guest House').waitFor();
  await visitor.button('Show my doors').click();
  await visitor.newest.getByText('Your doors').waitFor();
  expect(await visitor.newest.getByRole('button', { name: /^(Unl|L)ock / }).allInnerTexts()).toEqual([
    'Unlock',
  ]);
  await visitor.button('Unlock Guest House').waitFor();
  // The panel shows the whole house, whoever looks.
  await visitor.door('Front Door').waitFor();
  await visitor.door('Guest House').waitFor();

  await visitor.become('Olivia Reyes');
  await visitor.newest.getByText('Connected: August, olivia@example.com').waitFor();
  expect(await visitor.messages.count()).toBe(1);
});
