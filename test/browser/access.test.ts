import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { OLIVIA } from '../support/world.ts';
import { faintTexts, nameless, overhang, withoutAlt } from './support/judge.ts';
import { personAt } from './support/person.ts';
import { openStage } from './support/stage.ts';

const looks = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 1280 },
  { colorScheme: 'light', width: 360 },
] as const;

/** Whether all of it can be seen without scrolling. */
function isInSight(target: Locator): Promise<boolean> {
  return target.evaluate(
    (element) =>
      new Promise((resolve) => {
        new IntersectionObserver(([seen]) => resolve(seen?.intersectionRatio === 1)).observe(element);
      }),
  );
}

/** Judges what the page shows right now, in every look. */
async function expectFine(page: Page): Promise<void> {
  expect(await nameless(page)).toEqual([]);
  expect(await withoutAlt(page)).toBe(0);
  for (const { colorScheme, width } of looks) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    expect({ width, overhang: await overhang(page) }).toEqual({ width, overhang: [] });
    const { judged, faint } = await faintTexts(page);
    expect(judged).toBeGreaterThan(0);
    expect({ colorScheme, faint }).toEqual({ colorScheme, faint: [] });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

it('can be read in light, in dark and on a small phone, and everything has a name', async () => {
  const { world, page } = await openStage();
  const olivia = personAt(page);
  await olivia.composer.fill('/');
  await expectFine(page);
  await olivia.composer.fill('');

  await olivia.type('/locks');
  await olivia.button('Connect your lock account').click();
  await olivia.newest.getByRole('link').waitFor();
  await expectFine(page);

  await world.connect(OLIVIA, 'olivia@example.com');
  await olivia.button('Show my doors').click();
  await olivia.newest.getByText('Your doors').waitFor();
  await olivia.confirm('Unlock Front Door', 'Unlock');
  await olivia.confirm('Unlock Studio', 'Unlock');
  await olivia.confirm('Unlock Server Room', 'Unlock');
  await olivia
    .facts('Front Door')
    .getByText(/confirmed it/)
    .waitFor();
  await olivia
    .facts('Studio')
    .getByText(/jammed/)
    .waitFor();
  await olivia
    .facts('Server Room')
    .getByText(/not confirmed/)
    .waitFor();
  await olivia.choose('Change Front Door', 'Take offline');
  await olivia.door('Front Door').getByText('Offline').waitFor();
  await expectFine(page);

  await olivia.button('Unlock Cellar').click();
  await page.getByRole('dialog', { name: 'Unlock Cellar?' }).waitFor();
  await expectFine(page);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Change Garage' }).click();
  await page.getByRole('menu', { name: 'Change Garage' }).waitFor();
  await expectFine(page);
  await page.keyboard.press('Escape');

  await olivia.type('/locks help');
  await olivia.newest.getByText('What you can type').waitFor();
  await olivia.type('/doors');
  await page.getByRole('log').getByText('is not a valid command').waitFor();
  await page.setViewportSize({ width: 360, height: 800 });
  await page.getByRole('button', { name: 'House' }).click();
  await olivia.house.getByText('Garage').waitFor();
  await expectFine(page);
});

it('keeps every suggestion within reach on a small phone', async () => {
  const { page } = await openStage({ viewport: { width: 360, height: 640 } });
  const { composer } = personAt(page);
  await composer.fill('/');
  const options = page.getByRole('listbox', { name: 'Commands' }).getByRole('option');
  for (const key of ['ArrowDown', 'ArrowUp']) {
    await composer.press(key);
    const marked = key === 'ArrowDown' ? options.first() : options.last();
    expect(await marked.getAttribute('aria-selected')).toBe('true');
    expect(await isInSight(marked)).toBe(true);
  }
});

it('opens its side panels on a phone, and closes them with Escape, a press beside them, or by going somewhere', async () => {
  const { page } = await openStage({ viewport: { width: 390, height: 800 } });
  const { house } = personAt(page);
  const channels = page.getByRole('navigation', { name: 'Channels' });
  expect(await house.isVisible()).toBe(false);
  expect(await channels.isVisible()).toBe(false);

  await page.getByRole('button', { name: 'House' }).click();
  await house.getByText('No doors yet').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => house.isVisible()).toBe(false);

  await page.getByRole('button', { name: 'House' }).click();
  await house.getByText('No doors yet').waitFor();
  await page.mouse.click(10, 500);
  await expect.poll(() => house.isVisible()).toBe(false);

  await page.getByRole('button', { name: 'Channels' }).click();
  await channels.getByRole('link', { name: 'front-desk' }).click();
  await page.getByRole('combobox', { name: 'Message #front-desk' }).waitFor();
  await expect.poll(() => channels.isVisible()).toBe(false);
});

it('answers, in the page too, when the sandbox goes away and comes back', async () => {
  const { page } = await openStage({ complaints: [/ERR_FAILED|ERR_INTERNET_DISCONNECTED|EventSource/] });
  const { type, newest } = personAt(page);
  await page.context().setOffline(true);
  await type('/locks');
  await page.getByRole('alert').getByText('The sandbox does not answer').waitFor();
  await page.context().setOffline(false);
  await page.getByRole('alert').waitFor({ state: 'detached' });
  await type('/locks');
  await newest.getByText('You have no doors here yet').waitFor();
});
