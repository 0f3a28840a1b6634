import Sqlite from 'better-sqlite3';
import { z } from 'zod';
import { pause } from '../../support/trouble.ts';
import { eventually } from '../../support/world.ts';
import { type Owed, send } from './answered.ts';
import type { Bot } from './bot.ts';
import { clicked, type Deed, typed } from './deeds.ts';
import type { Owner } from './people.ts';
import type { Site } from './site.ts';
import type { Button } from './told.ts';

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

/** How long it may take until Seam is asked for events, ms: ever longer after it failed. */
const FEED_MS = 150_000;

/** All calls that the bot makes; those of an unlock, a lock and a code first. */
export const scenes: readonly Scene[] = [
  { name: 'an unlock', at: '/locks/unlock_door', act: unlock },
  { name: 'an unlock whose answer is lost', at: '/locks/unlock_door', after: true, act: unlock },
  { name: 'whose door it is', at: '/devices/list', act: unlock },
  { name: 'what became of an unlock', at: '/action_attempts/get', act: unlock },
  { name: 'a lock whose answer is lost', at: '/locks/lock_door', after: true, act: lock },
  { name: 'a code', at: '/access_codes/create', act: makeCode },
  { name: 'a code whose answer is lost', at: '/access_codes/create', after: true, act: makeCode },
  { name: 'a lock', at: '/locks/lock_door', act: lock },
  { name: 'whose door it is to lock', at: '/devices/list', act: lock },
  { name: 'whose door a code is for', at: '/devices/list', act: pickDoor },
  { name: 'a PIN', at: '/access_codes/get', act: (stage) => withCode(stage, 'codes:pin') },
  { name: 'the codes', at: '/access_codes/list', act: listCodes },
  { name: 'a code that goes', at: '/access_codes/delete', act: (stage) => withCode(stage, 'codes:revoke') },
  {
    name: 'a code that goes, whose answer is lost',
    at: '/access_codes/delete',
    after: true,
    act: (stage) => withCode(stage, 'codes:revoke'),
  },
  { name: 'the events', at: '/events/list', act: untilEventsFail },
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
  return now(stage, clicked(site.slack, owner.userId, owner.unlock), 'a move');
}

async function lock(stage: Stage): Promise<Owed> {
  const { site, owner } = stage;
  const button = { action_id: 'door:lock', value: owner.unlock.value };
  await stage.set(true);
  return now(stage, clicked(site.slack, owner.userId, button), 'a move');
}

async function makeCode(stage: Stage): Promise<Owed> {
  await stage.set(true);
  return now(stage, wishForCode(stage), 'a code');
}

function wishForCode({ site, owner }: Stage): Deed {
  return typed(site.slack, owner.userId, `code "${owner.door}" for 2h`);
}

/** As if several doors had been called so, and this one was chosen. */
async function pickDoor(stage: Stage): Promise<Owed> {
  const { site, owner } = stage;
  const button = { action_id: 'codes:pick', value: `${owner.userId} ${owner.deviceId} for 2h` };
  await stage.set(true);
  return now(stage, clicked(site.slack, owner.userId, button));
}

/** Clicks a button of a code that works. */
async function withCode(stage: Stage, actionId: string): Promise<Owed> {
  const { site, owner } = stage;
  const { value } = await codeThatWorks(stage);
  await stage.set(true);
  return now(stage, clicked(site.slack, owner.userId, { action_id: actionId, value }));
}

async function listCodes(stage: Stage): Promise<Owed> {
  await codeThatWorks(stage);
  return type(stage, 'codes');
}

/** Makes one, and gives the button that ends it. */
async function codeThatWorks(stage: Stage): Promise<Button> {
  const { deed } = await now(stage, wishForCode(stage));
  return shown(stage.site, deed, 'codes:revoke');
}

/** Nobody waits for events, which are asked for every now and then; whoever asks for their doors then is answered. */
async function untilEventsFail(stage: Stage): Promise<Owed> {
  const { seam } = stage.site;
  const before = (await seam.calls()).at(-1)?.n ?? 0;
  await stage.set(true);
  const isAsked = async () => (await seam.calls(before)).some(({ path }) => path === '/events/list');
  await eventually('Seam is asked for events', isAsked, FEED_MS);
  return now(stage, typed(stage.site.slack, stage.owner.userId, ''));
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
