import { mkdir, stat } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import type { HouseOptions } from '../../../src/sandbox/house.ts';
import { startWorld, type World } from '../../support/world.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Person, personAt } from '../support/person.ts';

const FOLDER = new URL('../../../docs/pictures/', import.meta.url);
/** What every clock in the pictures shows. */
const HOUR = '09:41:05';
/** A font that is known, where it is installed, and nothing half seen above the message. */
const STYLE = ':root { font-family: Inter, system-ui, sans-serif } .day, .welcome { visibility: hidden }';
/** How much of what lies behind a dialog is seen around it, px. */
const AROUND_PX = 80;
const WINDOW = { width: 1280, height: 860 };

/** The demo with Olivia before it, who takes the pictures. */
export interface Studio {
  readonly world: World;
  readonly page: Page;
  readonly olivia: Person;
}

/** Opens a demo of its own for these pictures, and closes it after them. */
export async function film(
  take: (studio: Studio) => Promise<void>,
  options: Omit<HouseOptions, 'time' | 'log'> = {},
): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const world = await startWorld(options);
  const studio = await openStudio(world);
  try {
    await take(studio);
  } finally {
    await studio.page.context().browser()?.close();
    await world.close();
  }
}

/** Moves the house's clock to that time of tomorrow; only the time of day is ever seen. */
function setClock(world: World): Date {
  const tomorrow = new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  const moment = new Date(`${tomorrow}T${HOUR}Z`);
  world.time.advance(moment.getTime() - world.time.now());
  return moment;
}

async function openStudio(world: World): Promise<Studio> {
  const browser = await launchChromium();
  const context = await browser.newContext({
    viewport: WINDOW,
    deviceScaleFactor: 1.5,
    colorScheme: 'light',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    bypassCSP: true,
  });
  await context.clock.setFixedTime(setClock(world));
  const page = await context.newPage();
  await page.goto(world.house.slack.url);
  await page.getByRole('main').waitFor();
  await page.addStyleTag({ content: STYLE });
  await page.getByRole('button', { name: 'Hide the first steps' }).click();
  return { world, page, olivia: personAt(page) };
}

/** Leads to #general, the app's Home or its messages, and waits until that is open. */
export async function goTo({ page }: Studio, place: 'general' | 'home' | 'messages'): Promise<void> {
  const channels = page.getByRole('navigation', { name: 'Channels' });
  if (place === 'general') {
    await channels.getByRole('link', { name: 'general' }).click();
    await page.getByRole('combobox', { name: 'Message #general' }).waitFor();
    return;
  }
  await channels.getByRole('link', { name: 'Latchbolt' }).click();
  const tabs = page.getByRole('navigation', { name: 'Latchbolt' });
  const tab = tabs.getByRole('link', { name: place === 'home' ? 'Home' : 'Messages' });
  await tab.click();
  await tab.and(page.locator('[aria-current=page]')).waitFor();
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

/** A window as high as all of this needs, until the picture is taken. */
async function inFull(page: Page, take: () => Promise<void>): Promise<void> {
  await page.setViewportSize({ ...WINDOW, height: 1_900 });
  await settle(page);
  await take();
  await page.setViewportSize(WINDOW);
}

/** One message alone, the newest unless another is given, without the broken pixels at its edges; down to `last`. */
export async function takeMessage(
  name: string,
  { page, olivia }: Studio,
  { message = olivia.newest, last = message }: { message?: Locator; last?: Locator } = {},
): Promise<void> {
  await inFull(page, async () => {
    await message.scrollIntoViewIfNeeded();
    await settle(page);
    const [{ x, y, width }, end] = [await boxOf(message), await boxOf(last)];
    const [top, bottom] = [Math.ceil(y), Math.floor(end.y + end.height)];
    await take(name, page, { x, y: top, width, height: bottom - top });
  });
}

/** The dialog over the middle of the page, and what hangs from it. */
export async function takeDialog(name: string, { page, olivia }: Studio): Promise<void> {
  await settle(page);
  const [dialog, main] = [await boxOf(olivia.dialog), await boxOf(page.locator('main'))];
  const list = page.locator('.floating > *');
  const below = (await list.count()) === 0 ? dialog : await boxOf(list);
  const top = Math.max(0, dialog.y - AROUND_PX);
  const bottom = Math.max(dialog.y + dialog.height, below.y + below.height) + AROUND_PX;
  const height = Math.min(page.viewportSize()?.height ?? bottom, bottom) - top;
  await take(name, page, { x: main.x, y: top, width: main.width, height });
}

/** Home, as high as it is. */
export async function takeHome(name: string, { page }: Studio): Promise<void> {
  await inFull(page, async () => {
    const [main, blocks] = [await boxOf(page.locator('main')), await boxOf(page.locator('.home-blocks'))];
    await take(name, page, { ...main, height: blocks.y + blocks.height + 20 - main.y });
  });
}

/** The whole window. */
export async function takePage(name: string, page: Page): Promise<void> {
  await settle(page);
  await take(name, page, null);
}
