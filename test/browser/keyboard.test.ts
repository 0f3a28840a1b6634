import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { OLIVIA } from '../support/world.ts';
import { personAt } from './support/person.ts';
import { openStage } from './support/stage.ts';

/** More stops than any way through the page has. */
const MOST_STOPS = 60;

function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluateAll((elements) => elements.length === 1 && elements[0] === document.activeElement);
}

/** Goes from stop to stop until the target has the focus; answers how many stops that took. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<number> {
  await target.waitFor();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await hasFocus(target)) return stop;
    await page.keyboard.press(key);
  }
  throw new Error(`the keyboard does not reach ${target}`);
}

function focusIsBehindDialog(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const { activeElement: at } = document;
    return at !== document.body && at?.closest('[role=dialog]') === null;
  });
}

it('does the main job without a mouse', async () => {
  const { world, page } = await openStage();
  const { keyboard } = page;
  const olivia = personAt(page);
  expect(await hasFocus(olivia.composer)).toBe(true);
  await keyboard.type('/locks');
  await keyboard.press('Enter');
  await tabTo(page, olivia.button('Connect your lock account'), 'Shift+Tab');
  await keyboard.press('Enter');

  await tabTo(page, olivia.newest.getByRole('link', { name: 'Sign in to your lock account' }));
  const [popup] = await Promise.all([page.context().waitForEvent('page'), keyboard.press('Enter')]);
  await tabTo(popup, popup.getByRole('link', { name: 'August' }));
  await popup.keyboard.press('Enter');
  await tabTo(popup, popup.getByLabel('E-mail'));
  await popup.keyboard.type('olivia@example.com');
  await popup.keyboard.press('Tab');
  await popup.keyboard.type('1234');
  await popup.keyboard.press('Enter');
  await popup.getByRole('heading', { name: 'You are connected' }).waitFor();
  await popup.close();

  await tabTo(page, olivia.button('Show my doors'));
  await keyboard.press('Enter');
  const unlock = olivia.button('Unlock Front Door');
  await tabTo(page, unlock, 'Shift+Tab');
  await keyboard.press('Enter');
  await expect.poll(() => hasFocus(olivia.dialog.getByRole('button', { name: 'Unlock' }))).toBe(true);

  // The page behind the dialog is out of reach.
  for (let stop = 0; stop < 5; stop += 1) {
    await keyboard.press('Tab');
    expect(await focusIsBehindDialog(page)).toBe(false);
  }
  // Escape says no, and leads back to where she was.
  await keyboard.press('Escape');
  await olivia.dialog.waitFor({ state: 'detached' });
  expect(await hasFocus(unlock)).toBe(true);
  expect(await world.seamCalls('/locks/unlock_door')).toEqual([]);

  await keyboard.press('Enter');
  await olivia.dialog.waitFor();
  await keyboard.press('Enter');
  await olivia.facts('Front Door').getByText('The lock has confirmed it').waitFor();
  expect(await world.seamCalls('/locks/unlock_door')).toHaveLength(1);
  // The button was away while the door moved; the next stops are still this door's two, and then the next door's.
  expect(await tabTo(page, olivia.button('Unlock Back Gate'))).toBeLessThanOrEqual(3);
});

it('walks in a door’s menu, becomes somebody else, and types from anywhere', async () => {
  const { world, page } = await openStage();
  const { keyboard } = page;
  const olivia = personAt(page);
  await world.connect(OLIVIA, 'gwen@example.com');
  const opener = page.getByRole('button', { name: 'Change Guest House' });
  await tabTo(page, opener);
  await keyboard.press('Enter');
  const menu = page.getByRole('menu', { name: 'Change Guest House' });
  await expect.poll(() => hasFocus(menu.getByRole('menuitem', { name: 'Unlock by hand' }))).toBe(true);
  await keyboard.press('ArrowDown');
  expect(await hasFocus(menu.getByRole('menuitem', { name: 'Take offline' }))).toBe(true);
  await keyboard.press('End');
  expect(await hasFocus(menu.getByRole('menuitemradio', { name: 'never answers' }))).toBe(true);
  await keyboard.press('Escape');
  await menu.waitFor({ state: 'detached' });
  expect(await hasFocus(opener)).toBe(true);

  await keyboard.press('Enter');
  await expect.poll(() => hasFocus(menu.getByRole('menuitem', { name: 'Unlock by hand' }))).toBe(true);
  await keyboard.press('Enter');
  await olivia.door('Guest House').getByText('Unlocked').waitFor();
  expect(await hasFocus(opener)).toBe(true);

  // The arrows choose who one is.
  await tabTo(page, page.getByRole('radio', { name: /^Olivia Reyes/ }), 'Shift+Tab');
  await keyboard.press('ArrowRight');
  await page.getByRole('navigation', { name: 'Channels' }).getByText('Ben Carter').waitFor();
  const chosen = page.getByRole('radio', { checked: true });
  expect(await chosen.getAttribute('aria-label')).toBe('Ben Carter, Colleague');
  // Wherever the focus is, what is typed goes to the composer.
  await keyboard.type('/locks');
  expect(await olivia.composer.inputValue()).toBe('/locks');
});
