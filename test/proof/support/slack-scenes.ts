import Sqlite from 'better-sqlite3';
import { pause } from '../../support/trouble.ts';
import { eventually } from '../../support/world.ts';
import { type Owed, send } from './answered.ts';
import { type Bot, BotEnded } from './bot.ts';
import { clicked } from './deeds.ts';
import type { Kind } from './fault-kinds.ts';
import { readJournal, rowOf } from './journal.ts';
import type { Owner } from './people.ts';
import type { Site } from './site.ts';

/** Where a scene is played. */
interface Stage {
  readonly site: Site;
  /** The bot, which a scene may start anew. */
  readonly bot: { now: Bot };
  readonly owner: Owner;
  readonly kind: Kind;
}

/** Somebody clicks while Slack has a fault; how it goes from there. */
export interface Scene {
  readonly name: string;
  act(stage: Stage): Promise<Owed>;
}

/** How long nothing reaches a person, and how long no bot can start, ms: longer than anybody tries at once. */
const [UNREACHED_MS, UNSTARTED_MS] = [25_000, 8_000];
/** How long a step before the fault may take, ms. */
const STEP_MS = 30_000;

/** Everything that the bot calls of Slack over HTTP. */
export const scenes: readonly Scene[] = [
  { name: 'response_url posts', act: (stage) => clickUnder(stage, 'response_url') },
  { name: 'chat.postMessage', act: (stage) => clickUnder(stage, 'chat.postMessage') },
  { name: 'users.info', act: askWhoItIs },
  { name: 'both ways to a person, for a while', act: clickInOutage },
  { name: 'auth.test at a start', act: startUnderFault },
];

/** The fault stays: the other way is there from the beginning. */
async function clickUnder({ site, bot, owner, kind }: Stage, at: string): Promise<Owed> {
  site.slack.faults.set(at, kind);
  const since = Date.now();
  const deed = await send(site, bot.now, clicked(site.slack, owner.userId, owner.unlock));
  return { deed, since, of: 'an unlock' };
}

/** What Slack said of this person is as old as can be, so that it is asked anew. */
async function askWhoItIs(stage: Stage): Promise<Owed> {
  const sqlite = new Sqlite(stage.site.file);
  sqlite.prepare('update person set standing_at = 0 where slack_user_id = ?').run(stage.owner.userId);
  sqlite.close();
  // Who cannot be looked up is told so, in words that are no outcome.
  return { ...(await clickUnder(stage, 'users.info')), of: 'something else' };
}

async function clickInOutage(stage: Stage): Promise<Owed> {
  const { site, kind } = stage;
  site.slack.faults.set('chat.postMessage', kind);
  const owed = await clickUnder(stage, 'response_url');
  await pause(UNREACHED_MS);
  site.slack.faults.clear();
  return { ...owed, since: Date.now() };
}

/** Killed with an unlock under way, it comes back as a supervisor brings it back: as often as it takes. */
async function startUnderFault({ site, bot, owner, kind }: Stage): Promise<Owed> {
  const deed = await send(site, bot.now, clicked(site.slack, owner.userId, owner.unlock));
  await eventually('its row', () => rowOf(readJournal(site.file), deed), STEP_MS);
  await bot.now.kill('SIGKILL');
  site.slack.faults.set('auth.test', kind);
  const starting = startAgain(site);
  await pause(UNSTARTED_MS);
  const since = Date.now();
  site.slack.faults.clear();
  bot.now = await starting;
  return { deed, since, of: 'an unlock' };
}

async function startAgain(site: Site): Promise<Bot> {
  for (;;) {
    try {
      return await site.startBot();
    } catch (error) {
      if (!(error instanceof BotEnded)) throw error;
    }
  }
}
