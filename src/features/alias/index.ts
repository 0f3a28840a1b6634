import type { Context } from '../../context.ts';
import type { Door } from '../../domain/door.ts';
import { splitName } from '../../domain/door-name.ts';
import { readQuoted } from '../../domain/quoted.ts';
import { typedName } from '../../domain/typed-name.ts';
import type { Asked, Feature } from '../../feature.ts';
import { foundOf } from '../../finding/find.ts';
import { readAllDoors, readDoors } from '../../finding/read.ts';
import { welcomeMessage } from '../../views/welcome.ts';
import { isTaken, readButton, readWord, unfit } from './decide.ts';
import {
  aliasesMessage,
  calledMessage,
  chooseMessage,
  fullMessage,
  notYoursMessage,
  staleMessage,
  takenMessage,
  unclosedMessage,
  unfitMessage,
  wordMissingMessage,
} from './view.ts';

/** A person's own words for their doors. */
export const alias: Feature = {
  name: 'alias',
  subcommands: [
    {
      word: 'alias',
      summary: 'a name and a word: gives that door a short name of your own; alone: shows those',
      run,
    },
  ],
  actions: { call: choose, remove },
};

async function run(context: Context, asked: Asked): Promise<void> {
  const { store, messenger } = context;
  const { person, rest } = asked;
  if ((await store.accounts.of(person.key)).size === 0) {
    await messenger.answer(asked, welcomeMessage(person.userId));
    return;
  }
  if (rest === '') {
    await show(context, asked);
    return;
  }
  if (readQuoted(rest).kind === 'unclosed') {
    await messenger.answer(asked, unclosedMessage(rest));
    return;
  }
  const all = await readAllDoors(context, person);
  const split = splitName(rest, all.doors, await store.names.aliases(person), () => false);
  const found = await foundOf(context, person, split.meant, all);
  const word = typedName(split.rest);
  const why = word === '' ? null : unfit(word);
  if (found.kind !== 'none' && word === '') {
    await messenger.answer(asked, wordMissingMessage(split.typed));
  } else if (why !== null) {
    await messenger.answer(asked, unfitMessage(why, word));
  } else if (found.kind === 'one') {
    await call(context, asked, found.door, word, all.doors);
  } else {
    await messenger.answer(asked, chooseMessage(person.userId, found, split.typed, word));
  }
}

async function call(
  context: Context,
  asked: Asked,
  door: Door,
  word: string,
  doors: readonly Door[],
): Promise<void> {
  const { store, messenger } = context;
  const { person } = asked;
  if (isTaken(word, door, doors)) {
    await messenger.answer(asked, takenMessage(word, door));
    return;
  }
  const called = await store.names.call(person, word, door);
  if (called.kind === 'full') {
    await messenger.answer(asked, fullMessage);
    return;
  }
  const { before: was } = called;
  const before = was === null || was === door.id ? null : (doors.find(({ id }) => id === was) ?? 'gone');
  await messenger.answer(asked, calledMessage(door, word, before));
  await context.announce({ kind: 'settings_changed', who: person });
}

/** One of several doors of one name was chosen: all doors are read anew. */
async function choose(context: Context, clicked: Asked): Promise<void> {
  const { person } = clicked;
  const button = readButton(clicked.args);
  if (button === null || unfit(button.word) !== null) {
    await context.messenger.post(clicked, staleMessage);
    return;
  }
  const { doors } = await readAllDoors(context, person);
  const door = doors.find(({ id }) => id === button.deviceId);
  if (door === undefined) await context.messenger.post(clicked, notYoursMessage);
  else await call(context, clicked, door, button.word, doors);
}

async function remove(context: Context, clicked: Asked): Promise<void> {
  const { person, args } = clicked;
  await context.store.names.uncall(person, readWord(args));
  await show(context, clicked);
  await context.announce({ kind: 'settings_changed', who: person });
}

async function show(context: Context, asked: Asked): Promise<void> {
  const { person } = asked;
  const aliases = await context.store.names.aliases(person);
  const doors = await readDoors(context, person, [...new Set(aliases.map(({ deviceId }) => deviceId))]);
  await context.messenger.answer(asked, aliasesMessage(person.userId, aliases, doors));
}
