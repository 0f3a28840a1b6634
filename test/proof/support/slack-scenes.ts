import Sqlite from 'better-sqlite3';
import { pause } from '../../support/trouble.ts';
import { eventually } from '../../support/world.ts';
import { type Owed, send } from './answered.ts';
import { type Bot, BotEnded } from './bot.ts';
import { clicked, type Deed, doorChosen, homeOpened, started, stepBegun, submitted } from './deeds.ts';
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
/** How long a message cannot be changed, ms. */
const UNCHANGED_MS = 15_000;
/** How long a step before the fault may take, ms. */
const STEP_MS = 30_000;

/** Everything that the bot calls of Slack over HTTP. */
export const scenes: readonly Scene[] = [
  { name: 'response_url posts', act: (stage) => clickUnder(stage, 'response') },
  { name: 'chat.postMessage', act: (stage) => clickUnder(stage, 'chat.postMessage') },
  { name: 'users.info', act: askWhoItIs },
  { name: 'views.open', act: (stage) => doUnder(stage, 'views.open', shortcut(stage)) },
  { name: 'views.update', act: chooseInModal },
  { name: 'files.getUploadURLExternal', act: (stage) => exportUnder(stage, 'files.getUploadURLExternal') },
  { name: 'the upload of a file', act: (stage) => exportUnder(stage, 'upload') },
  {
    name: 'files.completeUploadExternal',
    act: (stage) => exportUnder(stage, 'files.completeUploadExternal'),
  },
  { name: 'functions.completeSuccess', act: (stage) => stepUnder(stage, 'functions.completeSuccess') },
  { name: 'functions.completeError', act: (stage) => stepUnder(stage, 'functions.completeError') },
  { name: 'views.publish, for a while', act: openHomeInOutage },
  { name: 'chat.update, for a while', act: makeCodeInOutage },
  { name: 'both ways to a person, for a while', act: clickInOutage },
  { name: 'auth.test at a start', act: startUnderFault },
];

/** The fault stays: the other way is there from the beginning. */
async function clickUnder({ site, bot, owner, kind }: Stage, at: string): Promise<Owed> {
  site.slack.faults.set(at, kind);
  const since = Date.now();
  const deed = await send(site, bot.now, clicked(site.slack, owner.userId, owner.unlock));
  return { deed, since, of: 'a move' };
}

/** The same for anything else that somebody does. */
async function doUnder(
  { site, bot, kind }: Stage,
  at: string,
  deed: Deed,
  of: Owed['of'] = 'something else',
): Promise<Owed> {
  site.slack.faults.set(at, kind);
  const since = Date.now();
  return { deed: await send(site, bot.now, deed), since, of };
}

function shortcut({ owner }: Stage): Deed {
  return started(owner.userId, 'shortcut:open');
}

/** The modal that was open when they chose cannot be changed any more. */
async function chooseInModal(stage: Stage): Promise<Owed> {
  const { site, bot, owner } = stage;
  const { trigger } = await send(site, bot.now, shortcut(stage));
  await eventually('the modal', () => site.slack.answers(trigger).length > 0, STEP_MS);
  return doUnder(stage, 'views.update', doorChosen(owner.userId, owner.deviceId, trigger), 'a move');
}

function exportUnder(stage: Stage, at: string): Promise<Owed> {
  const { userId } = stage.owner;
  const button = { action_id: 'history:export', value: `${userId} all` };
  return doUnder(stage, at, clicked(stage.site.slack, userId, button), 'a file');
}

/** A step of their door ends well, one of a door that is not there does not. */
function stepUnder(stage: Stage, at: 'functions.completeSuccess' | 'functions.completeError'): Promise<Owed> {
  const { userId, door } = stage.owner;
  const ends = at === 'functions.completeSuccess';
  const deed = stepBegun(userId, ends ? door : 'No such door');
  return doUnder(stage, at, deed, ends ? 'a move' : 'something else');
}

/** A Home that could not be drawn is drawn when it is opened again. */
async function openHomeInOutage(stage: Stage): Promise<Owed> {
  const { site, bot, owner } = stage;
  await doUnder(stage, 'views.publish', homeOpened(owner.userId));
  await pause(UNSTARTED_MS);
  site.slack.faults.clear();
  const since = Date.now();
  const deed = await send(site, bot.now, homeOpened(owner.userId));
  return { deed, since, of: 'something else' };
}

/** A code that a modal asked for is followed in a direct message, which is changed once the lock has the PIN. */
async function makeCodeInOutage(stage: Stage): Promise<Owed> {
  const { site, owner } = stage;
  const door = { 'codes:door': { type: 'external_select', selected_option: { value: owner.deviceId } } };
  const end = { type: 'datetimepicker', selected_date_time: Math.floor(Date.now() / 1_000) + 7_200 };
  const values = { door, end: { at: end } };
  const form = { viewId: null, callbackId: 'codes:form', metadata: '', values };
  const owed = await doUnder(stage, 'chat.update', submitted(owner.userId, form), 'a code');
  await pause(UNCHANGED_MS);
  site.slack.faults.clear();
  return { ...owed, since: Date.now() };
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
  const owed = await clickUnder(stage, 'response');
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
  return { deed, since, of: 'a move' };
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
