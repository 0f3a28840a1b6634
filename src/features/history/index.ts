import type { Context } from '../../context.ts';
import type { Door } from '../../domain/door.ts';
import { type Mark, NEWEST, type Way } from '../../domain/history.ts';
import type { UserIdentifierKey } from '../../domain/ids.ts';
import { isOld } from '../../domain/message-age.ts';
import type { Asked, Feature } from '../../feature.ts';
import { findByName } from '../../finding/find.ts';
import { readAllDoors } from '../../finding/read.ts';
import { noDoorsMessage, welcomeMessage } from '../../views/welcome.ts';
import { type About, readAbout, readButton } from './decide.ts';
import { csvOf, type Exported } from './export.ts';
import { among, namesOfCodes, readPage, tracksOf } from './read.ts';
import {
  fileMessage,
  historyMessage,
  makingAlreadyMessage,
  makingMessage,
  noFileMessage,
  noSuchDoorMessage,
  oldHistoryMessage,
  titleOf,
} from './view.ts';

/**
 * What happened at a person's doors. Whose they are is asked of Seam for each page: one call for each 500 devices, and
 * one more where a code was typed.
 */
export const history: Feature = {
  name: 'history',
  subcommands: [
    {
      word: 'history',
      summary: 'shows what happened at your doors; add the name of one for only that',
      run: show,
    },
  ],
  actions: { older: turn, newer: turn, export: exportAll },
};

async function show(context: Context, asked: Asked): Promise<void> {
  const { messenger, store } = context;
  const { userId, key } = asked.person;
  if ((await store.accounts.of(key)).size === 0) {
    await messenger.answer(asked, welcomeMessage(userId));
    return;
  }
  const typed = asked.rest.trim();
  if (typed === '') {
    const { doors } = await readAllDoors(context, asked.person);
    if (doors.length === 0) await messenger.answer(asked, noDoorsMessage(userId));
    else await draw(context, asked, { about: 'all', doors, from: NEWEST, way: 'older' });
    return;
  }
  const found = await findByName(context, asked.person, typed);
  if (found.kind === 'none') {
    await messenger.answer(asked, noSuchDoorMessage(userId, found, typed));
    return;
  }
  const named = found.kind === 'one' ? [found.door] : found.doors;
  const doors = among(
    named,
    named.map(({ id }) => id),
  );
  await draw(context, asked, { about: doors.map(({ id }) => id), doors, from: NEWEST, way: 'older' });
}

/** Shows what lies before or after a page, in its place. */
async function turn(context: Context, clicked: Asked): Promise<void> {
  const button = readButton(clicked.args);
  const doors =
    button === null ? [] : among((await readAllDoors(context, clicked.person)).doors, button.about);
  if (button === null || doors.length === 0) {
    await context.messenger.post(clicked, oldHistoryMessage);
    return;
  }
  await draw(context, clicked, { ...button, doors });
}

async function draw(
  context: Context,
  asked: Asked,
  shown: { about: About; doors: readonly Door[]; from: Mark; way: Way },
): Promise<void> {
  const { about, doors, from, way } = shown;
  const page = await readPage(context, tracksOf(asked.person, doors, about), from, way);
  const names = {
    doors: new Map(doors.map(({ id, name }) => [id, name])),
    codes: await namesOfCodes(context, page.entries),
  };
  const sight = { reader: asked.person, about, doors, page, names, keptDays: context.historyDays };
  await context.messenger.answer(asked, historyMessage(sight));
}

/** Those whose file is being made: one at a time for each. */
const making = new Set<UserIdentifierKey>();

async function exportAll(context: Context, clicked: Asked): Promise<void> {
  const { messenger, time } = context;
  const { person, args, postedAt } = clicked;
  const about = readAbout(args[0]);
  if (about === null || isOld(postedAt, time.now())) {
    await messenger.post(clicked, oldHistoryMessage);
    return;
  }
  if (making.has(person.key)) {
    await messenger.post(clicked, makingAlreadyMessage);
    return;
  }
  making.add(person.key);
  try {
    const doors = among((await readAllDoors(context, person)).doors, about);
    await (doors.length === 0
      ? messenger.post(clicked, oldHistoryMessage)
      : hand(context, clicked, about, doors));
  } finally {
    making.delete(person.key);
  }
}

/** Makes the file, and shows it under a direct message, which knows how much is in it. */
async function hand(context: Context, clicked: Asked, about: About, doors: readonly Door[]): Promise<void> {
  const { files, messenger, time, log } = context;
  const { person } = clicked;
  await messenger.post(clicked, makingMessage);
  const exported: Exported = { rows: 0, all: true };
  const title = titleOf(about, doors);
  const day = new Date(time.now()).toISOString().slice(0, 10);
  try {
    const file = await files.upload(
      `door-history-${day}.csv`,
      csvOf(context, person, doors, about, exported),
    );
    const sent = await messenger.direct(person.userId, fileMessage(title, exported.rows, exported.all));
    if (sent === null) throw new TypeError('there is no direct message to show the file in');
    try {
      await files.share(file, sent.channelId, title);
    } catch (error) {
      await messenger.change(sent, noFileMessage);
      throw error;
    }
    log.info({ user: person.userId, rows: exported.rows }, 'a history was exported');
  } catch (error) {
    log.error({ user: person.userId, err: error }, 'a history was not exported');
    await messenger.post(clicked, noFileMessage);
  }
}
