import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { inject, onTestFinished } from 'vitest';
import type { HouseOptions } from '../../../src/sandbox/house.ts';
import { GENERAL, OLIVIA, startWorld, type World } from '../../support/world.ts';

/** How long anything may take to appear, ms. */
const PATIENCE_MS = 10_000;

let browser: Promise<Browser> | null = null;

/** Lets go of the browser, which stays for the other files. */
export async function leaveBrowser(): Promise<void> {
  const left = browser;
  browser = null;
  await (await left)?.close();
}

/** How a visitor comes: to which window, as whom. */
export interface Visit extends BrowserContextOptions {
  readonly as?: string;
  /** A channel's id, or `home`. */
  readonly at?: string;
  /** What the browser is expected to complain of, such as a sign-in that is refused. */
  readonly complaints?: readonly RegExp[];
}

/** The whole house until the test ends. */
async function openWorld(options: Omit<HouseOptions, 'time' | 'log'> = {}): Promise<World> {
  const world = await startWorld(options);
  onTestFinished(() => world.close());
  return world;
}

/** The whole house with a visitor on its page. */
export async function openStage(
  visit: Visit = {},
  options: Omit<HouseOptions, 'time' | 'log'> = {},
): Promise<{ world: World; page: Page }> {
  const world = await openWorld(options);
  return { world, page: await openPage([world.house.slack.url, world.house.seam.url], visit) };
}

/**
 * The page in a window of its own until the test ends. The test fails if anything is asked of anyone but
 * `servers` (the first one serves the page), or if the browser complains.
 */
export async function openPage(servers: readonly string[], visit: Visit = {}): Promise<Page> {
  const { as = OLIVIA, at = GENERAL, complaints = [], ...options } = visit;
  browser ??= chromium.connect(inject('browserUrl'));
  const context = await (await browser).newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const faults = watch(context, servers, complaints);
  const page = await context.newPage();
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await keepPictures(context, task.name);
    await context.close();
    if (faults.length > 0) throw new Error(`the browser complains:\n${faults.join('\n')}`);
  });
  await page.goto(`${servers[0]}/#${as}/${at}`);
  await page.getByRole('main').waitFor();
  return page;
}

/** Collects what must not happen, in every window. */
function watch(context: BrowserContext, servers: readonly string[], complaints: readonly RegExp[]): string[] {
  const faults: string[] = [];
  const complain = (text: string) => {
    if (!complaints.some((expected) => expected.test(text))) faults.push(text);
  };
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'data:' && !servers.includes(origin)) complain(`a request to ${request.url()}`);
  });
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complain(`${message.type()}: ${message.text()}`);
  });
  context.on('weberror', (error) => complain(`uncaught: ${error.error().message}`));
  return faults;
}

/** What every window showed when the test failed. */
async function keepPictures(context: BrowserContext, testName: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'latchbolt-browser-'));
  for (const [index, page] of context.pages().entries()) {
    const path = join(folder, `${index}.png`);
    await page.screenshot({ path }).catch(() => null);
    process.stderr.write(`${testName}: ${path}\n`);
  }
}
