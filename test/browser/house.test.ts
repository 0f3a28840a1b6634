import { expect, it } from 'vitest';
import { OLIVIA } from '../support/world.ts';
import { type Person, personAt } from './support/person.ts';
import { openStage } from './support/stage.ts';

/** Olivia with the list of these doors before her. */
async function listed(email = 'olivia@example.com', webhooks = true) {
  const { world, page } = await openStage({}, { webhooks });
  const olivia = personAt(page);
  await world.connect(OLIVIA, email);
  await olivia.button('Show my doors').click();
  await olivia.newest.getByText(/^Your doors/).waitFor();
  return { world, page, olivia };
}

async function unlock(olivia: Person, door: string, outcome: RegExp): Promise<void> {
  await olivia.confirm(`Unlock ${door}`, 'Unlock');
  await olivia.facts(door).getByText(outcome).waitFor();
}

it('makes doors fail as their menus say, and the bot tells why and what to do', async () => {
  const { world, olivia } = await listed();
  await olivia.choose('Change Front Door', 'Take offline');
  await olivia.door('Front Door').getByText('Offline').waitFor();
  await olivia.choose('Change Garage', 'jams');
  await olivia.door('Garage').getByText('Jams').waitFor();
  await olivia.choose('Change Back Gate', 'Bring online');
  await olivia.choose('Change Server Room', 'works');
  await olivia.choose('Change Studio', 'does not confirm');
  await olivia.door('Studio').getByText('Does not confirm').waitFor();

  for (const door of ['Front Door', 'Garage', 'Back Gate', 'Server Room', 'Studio']) {
    await olivia.confirm(`Unlock ${door}`, 'Unlock');
  }
  await olivia
    .facts('Front Door')
    .getByText(/The lock is offline/)
    .waitFor();
  await olivia
    .facts('Garage')
    .getByText(/The bolt is jammed/)
    .waitFor();
  await olivia
    .facts('Back Gate')
    .getByText(/The lock has confirmed it/)
    .waitFor();
  await olivia
    .facts('Server Room')
    .getByText(/The lock has confirmed it/)
    .waitFor();
  await olivia
    .facts('Studio')
    .getByText(/has not confirmed it/)
    .waitFor();

  await olivia.door('Back Gate').getByText('Unlocked', { exact: true }).waitFor();
  expect(await olivia.door('Front Door').innerText()).toContain('Locked');
  expect(await olivia.door('Garage').innerText()).toContain('Locked');
  expect(await world.seamCalls('/locks/unlock_door')).toHaveLength(5);
});

it('says so when nobody knows whether a door unlocked', async () => {
  const { world, olivia } = await listed();
  await olivia.confirm('Unlock Loft', 'Unlock');
  await olivia.facts('Loft').getByText('Unlocking…').waitFor();
  await expect.poll(() => world.seamCalls('/action_attempts/get')).not.toEqual([]);
  world.time.advance(20_000);
  await olivia
    .facts('Loft')
    .getByText(/Nobody can say yet whether it unlocked/)
    .waitFor();
});

it('keeps several doors of one list apart while they move', async () => {
  const { world, olivia } = await listed();
  const { deviceId } = await world.door('Cellar');
  await world.seam.door({ deviceId, fate: { kind: 'works', ms: 2_000 } });
  await olivia.confirm('Unlock Cellar', 'Unlock');
  await olivia.confirm('Unlock Studio', 'Unlock');
  await olivia
    .facts('Studio')
    .getByText(/The bolt is jammed/)
    .waitFor();
  expect(await olivia.facts('Cellar').innerText()).toContain('Unlocking…');
  await olivia
    .facts('Cellar')
    .getByText(/The lock has confirmed it/)
    .waitFor();
  expect(await olivia.facts('Studio').innerText()).toContain('The bolt is jammed');
});

it('shows, refreshed, when a lock was moved by hand, and how its battery is', async () => {
  const { world, olivia } = await listed();
  const before = await olivia.facts('Front Door').innerText();
  await olivia.choose('Change Front Door', 'Unlock by hand');
  await olivia.door('Front Door').getByText('Unlocked', { exact: true }).waitFor();
  await olivia.choose('Change Front Door', 'Run the battery down');
  await olivia.door('Front Door').getByText('6%').waitFor();
  await expect.poll(() => world.rows('sighting')).toHaveLength(1);
  // A message stays as it is until somebody asks.
  expect(await olivia.facts('Front Door').innerText()).toBe(before);
  await olivia.button('Refresh').click();
  await olivia
    .facts('Front Door')
    .getByText(/Unlocked since today at \d+:\d\d/)
    .waitFor();
  expect(await olivia.facts('Front Door').innerText()).toMatch(/[Bb]attery .*6 ?%/);
  expect(await olivia.messages.count()).toBe(1);
});

it('signs an account out and in again, and its doors say so', async () => {
  const { olivia, page } = await listed();
  await olivia.choose('Change olivia@example.com', 'Sign this account out');
  const again = olivia.house.getByRole('button', { name: 'Sign in again' });
  await again.waitFor();
  await olivia.button('Refresh').click();
  await page.getByRole('log').getByText('/locks connect').first().waitFor();
  await again.click();
  await olivia.door('Front Door').waitFor();
  await again.waitFor({ state: 'detached' });
});

it('turns the pages of a thousand doors', async () => {
  // Without a webhook for each of them.
  const { olivia } = await listed('many@example.com', false);
  const first = olivia.newest.getByText('Room 0001', { exact: true });
  await first.waitFor();
  expect(await olivia.button('Previous').count()).toBe(0);
  expect(await olivia.newest.innerText()).toMatch(/page 1/);
  const onFirst = await olivia.newest.getByRole('button', { name: /^Unlock Room / }).count();
  expect(onFirst).toBeGreaterThan(5);
  // The panel, too, shows some of them and counts the rest.
  expect(await olivia.house.getByRole('listitem').count()).toBe(24);
  await olivia.house.getByText('And 976 more doors.').waitFor();

  await olivia.button('Next').click();
  await olivia.newest.getByText(/page 2/).waitFor();
  expect(await first.count()).toBe(0);
  const second = `Room ${String(onFirst + 1).padStart(4, '0')}`;
  await unlock(olivia, second, /The lock has confirmed it/);

  await olivia.button('Previous').click();
  await first.waitFor();
  expect(await olivia.newest.innerText()).toMatch(/page 1/);
  expect(await olivia.messages.count()).toBe(1);
});
