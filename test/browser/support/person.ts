import type { Locator, Page } from 'playwright-core';

/** What a person sees in the page and does with it, by the names that a screen reader would say. */
export interface Person {
  readonly page: Page;
  readonly composer: Locator;
  readonly messages: Locator;
  /** The newest message. */
  readonly newest: Locator;
  readonly dialog: Locator;
  readonly house: Locator;
  /** A button in the newest message. */
  button(name: string): Locator;
  /** What the newest message says of a door, below its name. */
  facts(door: string): Locator;
  /** A door as it stands in the panel. */
  door(name: string): Locator;
  /** Types into the composer, key by key, and sends it. */
  type(text: string): Promise<void>;
  become(name: string): Promise<void>;
  /** Clicks a button, and says yes to what it asks. */
  confirm(button: string, yes: string): Promise<void>;
  /** Clicks the line of a menu that begins so. */
  choose(menu: string, line: string): Promise<void>;
}

export function personAt(page: Page): Person {
  const messages = page
    .getByRole('log')
    .getByRole('listitem')
    .filter({ has: page.getByRole('time') });
  const newest = messages.last();
  const dialog = page.getByRole('dialog');
  const house = page.getByRole('complementary', { name: 'House' });
  const button = (name: string) => newest.getByRole('button', { name, exact: true });
  return {
    page,
    composer: page.getByRole('combobox', { name: /^Message / }),
    messages,
    newest,
    dialog,
    house,
    button,
    facts: (door) =>
      newest
        .locator('.section')
        .filter({ has: page.getByText(door, { exact: true }) })
        .locator('xpath=following-sibling::*[1]'),
    door: (name) => house.getByRole('listitem', { name, exact: true }),
    async type(text) {
      const composer = page.getByRole('combobox', { name: /^Message / });
      await composer.pressSequentially(text);
      await composer.press('Enter');
    },
    async become(name) {
      await page.getByRole('radio', { name: new RegExp(`^${name}`) }).check();
      await page.getByRole('navigation', { name: 'Channels' }).getByText(name).waitFor();
    },
    async confirm(name, yes) {
      await button(name).click();
      await dialog.getByRole('button', { name: yes, exact: true }).click();
    },
    async choose(menu, line) {
      await page.getByRole('button', { name: menu, exact: true }).click();
      await page
        .getByRole('menu', { name: menu })
        .locator('[role^=menuitem]')
        .filter({ hasText: new RegExp(`^${line}`) })
        .click();
    },
  };
}

/** Signs in on the login page, in the window that the link in the newest message opens. */
export async function followLink(person: Person): Promise<Page> {
  const link = person.newest.getByRole('link', { name: 'Sign in to your lock account' });
  const [popup] = await Promise.all([person.page.context().waitForEvent('page'), link.click()]);
  await popup.getByRole('heading', { name: 'Connect your locks' }).waitFor();
  return popup;
}

/** Fills in the login page's form and sends it. */
export async function signIn(popup: Page, email: string, password: string): Promise<void> {
  await popup.getByLabel('E-mail').fill(email);
  await popup.getByLabel('Password').fill(password);
  await popup.getByRole('button', { name: 'Sign in' }).click();
}
