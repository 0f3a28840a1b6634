import type { Context } from '../../context.ts';
import { takesCodes } from '../../domain/code.ts';
import type { Door } from '../../domain/door.ts';
import { splitName } from '../../domain/door-name.ts';
import { interactionId } from '../../domain/ids.ts';
import { isOld } from '../../domain/message-age.ts';
import { isTimeOpener } from '../../domain/time-clauses.ts';
import type { Asked } from '../../feature.ts';
import { foundOf } from '../../finding/find.ts';
import { readAllDoors, readDoors } from '../../finding/read.ts';
import { unclearLine } from '../../views/time-words.ts';
import { noDoorsMessage, welcomeMessage } from '../../views/welcome.ts';
import { readDoor, readWindow } from './decide.ts';
import { makeCode } from './make.ts';
import { openModal } from './modal.ts';
import {
  notYourDoor,
  oldMessage,
  takesNoCodes,
  unclearMessage,
  whichDoorMessage,
  whichZoneMessage,
} from './view.ts';

/** How many doors are offered to somebody who names none. */
const MOST_OFFERED = 10;

/** `/locks code front for 2h`: a code for a door that is called so, and for a time; alone, a modal asks for both. */
export async function makeByName(context: Context, asked: Asked): Promise<void> {
  const { person, rest } = asked;
  if (rest.trim() === '') {
    await openModal(context, asked);
    return;
  }
  const { store, messenger } = context;
  if ((await store.accounts.of(person.key)).size === 0) {
    await messenger.answer(asked, welcomeMessage(person.userId));
    return;
  }
  const all = await readAllDoors(context, person);
  if (all.doors.length === 0) {
    await messenger.answer(asked, noDoorsMessage(person.userId));
    return;
  }
  const aliases = await store.names.aliases(person);
  const { meant, typed, rest: words } = splitName(rest, all.doors, aliases, isTimeOpener);
  const found = await foundOf(context, person, meant, all);
  if (found.kind === 'one') {
    await makeForTime(context, asked, found.door, words);
    return;
  }
  // Only times were typed: any door will do.
  const any = { ...found, near: all.doors.filter(takesCodes).slice(0, MOST_OFFERED) };
  const offered = found.kind === 'none' && typed === '' ? any : found;
  await messenger.answer(asked, whichDoorMessage(person.userId, typed, offered, words));
}

/** Somebody chose one of several doors; what they typed after the name is read now. */
export async function pick(context: Context, clicked: Asked): Promise<void> {
  const { messenger, time } = context;
  if (isOld(clicked.postedAt, time.now())) {
    await messenger.post(clicked, oldMessage);
    return;
  }
  const chosen = readDoor(clicked.args);
  const [door] = chosen === null ? [] : await readDoors(context, clicked.person, [chosen.id]);
  if (chosen === null || door === undefined) {
    await messenger.post(clicked, notYourDoor);
    return;
  }
  const { person, postedAt, args } = clicked;
  // One button is one code, however often it is clicked.
  const button = [person.scope, person.userId, postedAt, ...args].join(' ');
  const interaction = interactionId(`codes:pick ${button}`);
  await makeForTime(context, { ...clicked, interaction }, door, chosen.words);
}

async function makeForTime(context: Context, asked: Asked, door: Door, words: string): Promise<void> {
  const { messenger, time } = context;
  const { person, interaction, at, userId, responseUrl } = asked;
  if (!takesCodes(door)) {
    await messenger.answer(asked, takesNoCodes(door));
    return;
  }
  const said = readWindow(words, time.now(), person.tz);
  switch (said.kind) {
    case 'which_zone':
      await messenger.answer(asked, whichZoneMessage(person.userId, door));
      return;
    case 'unclear':
      await messenger.answer(
        asked,
        unclearMessage(person.userId, door, said.understood, unclearLine(said.why)),
      );
      return;
    case 'window': {
      const { startsAt, endsAt, name: guest } = said;
      const to = { userId, responseUrl, person, interaction, at };
      await makeCode(context, { ...to, deviceId: door.id, guest, window: { startsAt, endsAt } });
      return;
    }
  }
}
