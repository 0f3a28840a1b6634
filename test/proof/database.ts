import Sqlite from 'better-sqlite3';
import { pause } from '../support/trouble.ts';
import { eventually } from '../support/world.ts';
import { exactly, type Figure, type Proof, told } from './proof.ts';
import type { Bot } from './support/bot.ts';
import { clicked, type Deed, deliver, signed } from './support/deeds.ts';
import { match, outcomesTold, readJournal, untold } from './support/journal.ts';
import { type Owner, settleIn } from './support/people.ts';
import { type Site, startSite } from './support/site.ts';
import { mountSmallDisk, type SmallDisk } from './support/small-disk.ts';

const PEOPLE = 50;
const DOOR_MS = 50;
/** How long the lock is held, and how far apart clicks come, ms. */
const [LOCKED_MS, EVERY_MS] = [10_000, 250];
/** A disk counts as full when so many clicks in a row could not be written; more than so many are not tried. */
const [REFUSED_IN_A_ROW, MOST_CLICKS] = [10, 400];
/** How long an answer, and what is written late, is waited for, ms. */
const [ANSWER_MS, LATE_MS] = [20_000, 75_000];

/** What befalls the database, how clicks arrive meanwhile, and what was seen. */
interface Trouble {
  readonly name: string;
  /** POSTs that Seam received while nothing could be committed; null where some could. */
  readonly postsMeanwhile: number | null;
  readonly clicks: readonly Deed[];
  readonly refused: number;
  /** Whether the first click afterwards opened its door. */
  readonly opensAfterwards: boolean;
}

/**
 * The database is locked by somebody else for 10 s, then its disk is full; both end, and nobody touches the bot.
 *
 * Seen to fail with a bot that goes on when a row could not be written: 10 people not told, and no click refused.
 */
export const proof: Proof = {
  name: 'database',
  promise:
    'No door is opened that could not be written down first; once the database is well, so is the bot.',
  size: { ci: 1, full: 10, of: 'times locked and times full' },
  async run(size) {
    const disk = mountSmallDisk(16);
    const site = await startSite({ folder: disk.folder });
    try {
      const bot = await site.startBot();
      const owners = await settleIn(site, bot, PEOPLE, DOOR_MS);
      const troubles: Trouble[] = [];
      for (let n = 0; n < size; n += 1) {
        // Whoever clicks starts with a full minute, under every limit.
        if (n > 0) await pause(60_000);
        troubles.push(await whileLocked(site, bot, owners));
        await pause(60_000 / PEOPLE);
        troubles.push(await whileFull(site, bot, owners, disk));
      }
      return await figures(site, bot, troubles);
    } finally {
      await site.close();
      disk.close();
    }
  },
};

async function click(site: Site, bot: Bot, { userId, unlock }: Owner): Promise<Deed> {
  const deed = clicked(site.slack, userId, unlock);
  await deliver(bot.port, signed(site.slack, deed));
  return deed;
}

async function whileLocked(site: Site, bot: Bot, owners: readonly Owner[]): Promise<Trouble> {
  const before = (await site.posts.all()).length;
  const sqlite = new Sqlite(site.file);
  const clicks: Deed[] = [];
  let postsMeanwhile: number;
  try {
    sqlite.exec('begin immediate');
    const until = Date.now() + LOCKED_MS;
    for (const owner of owners.slice(1)) {
      if (Date.now() > until) break;
      clicks.push(await click(site, bot, owner));
      await pause(EVERY_MS);
    }
    postsMeanwhile = (await site.posts.all()).length - before;
  } finally {
    sqlite.close();
  }
  return {
    name: 'locked',
    clicks,
    postsMeanwhile,
    refused: await refusals(site, clicks),
    ...(await after(site, bot, owners)),
  };
}

/** What SQLite's files have room for is still written: clicks go on until nothing is. */
async function whileFull(site: Site, bot: Bot, owners: readonly Owner[], disk: SmallDisk): Promise<Trouble> {
  disk.fill();
  const clicks: Deed[] = [];
  let inARow = 0;
  for (let n = 0; inARow < REFUSED_IN_A_ROW && n < MOST_CLICKS; n += 1) {
    const owner = owners[1 + (n % (owners.length - 1))];
    if (owner === undefined) throw new Error('there is nobody');
    const deed = await click(site, bot, owner);
    clicks.push(deed);
    inARow = (await refusals(site, [deed])) === 1 ? inARow + 1 : 0;
  }
  disk.clear();
  if (inARow < REFUSED_IN_A_ROW) throw new Error(`after ${MOST_CLICKS} clicks the disk is still not full`);
  return {
    name: 'full',
    clicks,
    postsMeanwhile: null,
    refused: await refusals(site, clicks),
    ...(await after(site, bot, owners)),
  };
}

/** How many of them were told that it could not be written down, once each was told something. */
async function refusals({ slack }: Site, clicks: readonly Deed[]): Promise<number> {
  await eventually('all are told', () => untold(slack, clicks).length === 0, ANSWER_MS).catch(() => false);
  return clicks.filter((deed) =>
    slack.answers(deed.trigger).some(({ text }) => text.includes('could not write')),
  ).length;
}

async function after(site: Site, bot: Bot, [owner]: readonly Owner[]): Promise<{ opensAfterwards: boolean }> {
  if (owner === undefined) throw new Error('there is nobody');
  const deed = await click(site, bot, owner);
  const opens = () => outcomesTold(site.slack, deed).some(({ text }) => text.includes('Unlocked.'));
  return { opensAfterwards: await eventually('it opens', opens, ANSWER_MS).catch(() => false) };
}

async function figures(site: Site, bot: Bot, troubles: readonly Trouble[]): Promise<Figure[]> {
  const settled = () => readJournal(site.file).every(({ outcome }) => outcome !== null);
  await eventually('all is written late', settled, LATE_MS).catch(() => false);
  const rows = readJournal(site.file);
  const { withoutRow, repeated, denied } = match(rows, await site.posts.all());
  const clicks = troubles.flatMap((trouble) => trouble.clicks);
  const meanwhile = troubles.reduce((sum, { postsMeanwhile }) => sum + (postsMeanwhile ?? 0), 0);
  return [
    ...troubles.map(({ name, refused, clicks }) =>
      told(`${name}: clicks, and of these could not be written`, `${clicks.length}, ${refused}`),
    ),
    exactly('unlock POSTs while the database was locked', meanwhile, 0),
    exactly('POSTs without a committed row of their own', withoutRow + repeated, 0),
    exactly('rows that deny a POST that was sent', denied, 0),
    exactly('times that no click was refused', troubles.filter(({ refused }) => refused === 0).length, 0),
    exactly('people not told', untold(site.slack, clicks).length, 0),
    exactly(
      'times that the next click did not open',
      troubles.filter(({ opensAfterwards }) => !opensAfterwards).length,
      0,
    ),
    exactly('rows not settled afterwards', rows.filter(({ outcome }) => outcome === null).length, 0),
    exactly('processes that died', bot.alive() ? 0 : 1, 0),
  ];
}
