import Sqlite from 'better-sqlite3';
import { z } from 'zod';
import { pause } from '../../support/trouble.ts';
import { eventually } from '../../support/world.ts';
import { type Owed, send } from './answered.ts';
import type { Bot } from './bot.ts';
import { clicked, type Deed, typed } from './deeds.ts';
import type { Owner } from './people.ts';
import type { Site } from './site.ts';
import type { Button } from './slack-sink.ts';

/** Where a scene is played: by somebody to whom nothing has happened yet. */
interface Stage {
  readonly site: Site;
  /** The bot, which a scene may start anew. */
  readonly bot: { now: Bot };
  readonly owner: Owner;
  /** Lets the fault begin, or end. */
  set(on: boolean): Promise<void>;
}

/** Something that somebody does and that makes the bot call Seam at this path. */
export interface Scene {
  readonly name: string;
  readonly at: string;
  /** Whether Seam does the work before its answer is spoiled. */
  readonly after?: true;
  /** Plays it, with the fault. */
  act(stage: Stage): Promise<Owed>;
}

/** How long Seam fails where the bot asks behind the person's back, ms. */
const OUTAGE_MS = 5_000;
/** How long a step before the fault may take, ms. */
const STEP_MS = 30_000;

/** All calls that the bot makes; those of an unlock first. */
export const scenes: readonly Scene[] = [
  { name: 'an unlock', at: '/locks/unlock_door', act: unlock },
  { name: 'an unlock whose answer is lost', at: '/locks/unlock_door', after: true, act: unlock },
  { name: 'whose door it is', at: '/devices/list', act: unlock },
  { name: 'what became of an unlock', at: '/action_attempts/get', act: unlock },
  { name: 'a list', at: '/devices/list', act: (stage) => type(stage, '') },
  { name: 'a session', at: '/client_sessions/get_or_create', act: (stage) => type(stage, 'connect') },
  { name: 'a grant', at: '/client_sessions/grant_access', act: (stage) => type(stage, 'connect') },
  { name: 'a link', at: '/connect_webviews/create', act: (stage) => type(stage, 'connect') },
  { name: 'a link that was used', at: '/connect_webviews/get', act: useLink },
  { name: 'a link that was not used', at: '/connect_webviews/delete', act: leaveLink },
  { name: 'the accounts', at: '/connected_accounts/list', act: (stage) => type(stage, 'disconnect') },
  { name: 'an account that goes', at: '/connected_accounts/delete', act: disconnect },
  { name: 'a start', at: '/workspaces/get', act: startAnew },
];

async function unlock(stage: Stage): Promise<Owed> {
  const { site, owner } = stage;
  await stage.set(true);
  return now(stage, clicked(site.slack, owner.userId, owner.unlock), 'an unlock');
}

async function type(stage: Stage, text: string): Promise<Owed> {
  await stage.set(true);
  return now(stage, typed(stage.site.slack, stage.owner.userId, text));
}

async function useLink(stage: Stage): Promise<Owed> {
  const { site } = stage;
  const { deed } = await now(stage, typed(site.slack, stage.owner.userId, 'connect'));
  const link = await shown(site, deed, 'connect:open');
  await stage.set(true);
  const connectWebviewId = z.uuid().parse(new URL(link.url ?? '').searchParams.get('connect_webview_id'));
  const email = `${connectWebviewId}@example.com`;
  await site.seam.login({ connectWebviewId, provider: 'august', email, password: '1234' });
  return endOutage(stage, deed);
}

/** The half hour is taken from the link in the database: the bot's clock is the machine's. */
async function leaveLink(stage: Stage): Promise<Owed> {
  const { site, owner } = stage;
  const { deed } = await now(stage, typed(site.slack, owner.userId, 'connect'));
  await shown(site, deed, 'connect:open');
  await stage.set(true);
  const sqlite = new Sqlite(site.file);
  sqlite
    .prepare("update connect set expires_at = ? where slack_user_id = ? and status = 'waiting'")
    .run(Date.now(), owner.userId);
  sqlite.close();
  return endOutage(stage, deed);
}

async function disconnect(stage: Stage): Promise<Owed> {
  const { site, owner } = stage;
  const { deed } = await now(stage, typed(site.slack, owner.userId, 'disconnect'));
  const end = await shown(site, deed, 'disconnect:account');
  await stage.set(true);
  return now(stage, clicked(site.slack, owner.userId, end));
}

async function startAnew(stage: Stage): Promise<Owed> {
  const { bot, site } = stage;
  await bot.now.kill('SIGTERM');
  await stage.set(true);
  bot.now = await site.startBot();
  return now(stage, typed(site.slack, stage.owner.userId, ''));
}

async function now({ site, bot }: Stage, deed: Deed, of: Owed['of'] = 'something else'): Promise<Owed> {
  const since = Date.now();
  return { deed: await send(site, bot.now, deed), since, of };
}

async function endOutage(stage: Stage, deed: Deed): Promise<Owed> {
  await pause(OUTAGE_MS);
  const since = Date.now();
  await stage.set(false);
  return { deed, since, of: 'something else' };
}

function shown({ slack }: Site, { trigger }: Deed, actionId: string): Promise<Button> {
  const find = () =>
    slack
      .answers(trigger)
      .flatMap(({ buttons }) => buttons)
      .find(({ action_id }) => action_id === actionId);
  return eventually(`a button ${actionId}`, find, STEP_MS);
}
