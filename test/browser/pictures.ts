/** `npm run pictures`: takes the README's pictures from the running demo, anew and always in the same way. */
import { mkdir, stat } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { BEN, startWorld, type World } from '../support/world.ts';
import { launchChromium } from './support/chromium.ts';
import { followLink, type Person, personAt, signIn } from './support/person.ts';

const FOLDER = new URL('../../docs/pictures/', import.meta.url);
/** What every clock in the pictures shows. */
const HOUR = '09:41:05';
/** A font that is known, where it is installed, and nothing half seen above the message. */
const STYLE = ':root { font-family: Inter, system-ui, sans-serif } .day, .welcome { visibility: hidden }';
/** How much of what lies behind a dialog is seen above and below it, px. */
const AROUND_PX = 80;

interface Studio {
  readonly world: World;
  readonly page: Page;
  readonly olivia: Person;
}

/** Moves the house's clock to that time of tomorrow; only the time of day is ever seen. */
function setClock(world: World): Date {
  const tomorrow = new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  const moment = new Date(`${tomorrow}T${HOUR}Z`);
  world.time.advance(moment.getTime() - world.time.now());
  return moment;
}

async function openStudio(world: World, url: string): Promise<Studio & { close(): Promise<void> }> {
  const browser = await launchChromium();
  const context = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    deviceScaleFactor: 1.5,
    colorScheme: 'light',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    bypassCSP: true,
  });
  await context.clock.setFixedTime(setClock(world));
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('main').waitFor();
  await page.addStyleTag({ content: STYLE });
  await page.getByRole('button', { name: 'Hide the first steps' }).click();
  return { world, page, olivia: personAt(page), close: () => browser.close() };
}

/** Nothing under the mouse, nothing half loaded. */
async function settle(page: Page): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}

type Box = { x: number; y: number; width: number; height: number };

async function boxOf(what: Locator): Promise<Box> {
  const box = await what.boundingBox();
  if (box === null) throw new Error(`there is no ${what}`);
  return box;
}

/** A picture of the whole window, or of a part of it. */
async function take(name: string, page: Page, part: Box | null): Promise<void> {
  const path = new URL(`${name}.png`, FOLDER).pathname;
  await page.screenshot({ path, ...(part === null ? {} : { clip: part }) });
  const { size } = await stat(path);
  process.stdout.write(`${name}.png ${Math.round(size / 1024)} kB\n`);
}

/** The newest message alone, without the broken pixels at its edges. */
async function takeMessage(name: string, { page, olivia }: Studio): Promise<void> {
  await olivia.newest.scrollIntoViewIfNeeded();
  await settle(page);
  const { x, y, width, height } = await boxOf(olivia.newest);
  const [top, bottom] = [Math.ceil(y), Math.floor(y + height)];
  await take(name, page, { x, y: top, width, height: bottom - top });
}

/** The dialog over the middle of the page. */
async function takeDialog(name: string, { page, olivia }: Studio): Promise<void> {
  await settle(page);
  const [dialog, main] = [await boxOf(olivia.dialog), await boxOf(page.locator('main'))];
  const [y, height] = [dialog.y - AROUND_PX, dialog.height + 2 * AROUND_PX];
  await take(name, page, { x: main.x, y, width: main.width, height });
}

async function takePage(name: string, page: Page): Promise<void> {
  await settle(page);
  await take(name, page, null);
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
  await page.emulateMedia({ colorScheme: 'dark' });
  await takePage('page-dark', page);
  await page.emulateMedia({ colorScheme: 'light' });

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

await mkdir(FOLDER, { recursive: true });
const world = await startWorld();
const studio = await openStudio(world, world.house.slack.url);
try {
  await connect(studio);
  await unlock(studio);
  await others(studio);
} finally {
  await studio.close();
  await world.close();
}
