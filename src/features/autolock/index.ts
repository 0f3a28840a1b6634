import type { Context } from '../../context.ts';
import type { Door } from '../../domain/door.ts';
import { OFF } from '../../domain/follow.ts';
import { looksLikeId } from '../../domain/id-schema.ts';
import { deviceId } from '../../domain/ids.ts';
import { favouritesFirst } from '../../domain/told-apart.ts';
import { typedName } from '../../domain/typed-name.ts';
import type { Asked, Feature, Submitted } from '../../feature.ts';
import { findByName } from '../../finding/find.ts';
import { ownDoor } from '../../finding/own.ts';
import { readAllDoors, toldApart } from '../../finding/read.ts';
import type { StoredPerson } from '../../store/people.ts';
import { noDoorsMessage, welcomeMessage } from '../../views/welcome.ts';
import { FIELDS, readSetting } from './decide.ts';
import { notYoursMessage, savedMessage, settingsModal, which, whichMessage } from './view.ts';

/** What a door shall do when it stays unlocked: remind its owner, or lock again by itself. */
export const autolock: Feature = {
  name: 'autolock',
  subcommands: [
    {
      word: 'autolock',
      summary: 'reminds you of a door that stays unlocked, or locks it by itself',
      run: byName,
    },
  ],
  actions: { open: byButton },
  submits: { save: { check, run: save } },
};

async function byName(context: Context, asked: Asked): Promise<void> {
  const { messenger, store } = context;
  const { person, rest } = asked;
  const offer = (line: string, doors: readonly Door[]) =>
    messenger.post(asked, whichMessage(person.userId, line, doors));
  if ((await store.accounts.of(person.key)).size === 0) {
    await messenger.post(asked, welcomeMessage(person.userId));
    return;
  }
  const typed = typedName(rest);
  if (typed === '') {
    const doors = await allDoors(context, person);
    if (doors.length === 0) await messenger.post(asked, noDoorsMessage(person.userId));
    else await offer(which.any, doors);
    return;
  }
  const found = await findByName(context, person, typed);
  switch (found.kind) {
    case 'one':
      await open(context, asked, found.door);
      return;
    case 'several':
      await offer(which.several(found, typed), found.doors);
      return;
    case 'none':
      await offer(which.none(found, typed), found.near);
      return;
  }
}

/** The person's doors to choose from, the favourites first. */
async function allDoors(context: Context, person: StoredPerson): Promise<readonly Door[]> {
  const { doors } = await readAllDoors(context, person);
  const favourites = await context.store.names.favourites(person);
  return toldApart(context, person, favouritesFirst(doors, favourites));
}

/** The door of an id that a button or a modal carries, if it is theirs, asked of Seam now. */
async function doorOf(context: Context, person: StoredPerson, id: string): Promise<Door | null> {
  return looksLikeId(id) ? ownDoor(context, person, deviceId(id)) : null;
}

async function byButton(context: Context, clicked: Asked): Promise<void> {
  const [id = ''] = clicked.args;
  const door = await doorOf(context, clicked.person, id);
  if (door === null) await context.messenger.post(clicked, notYoursMessage);
  else await open(context, clicked, door);
}

/** Opens the modal; Slack waits 3 s for it, and where that was not enough there is a button. */
async function open(context: Context, asked: Asked, door: Door): Promise<void> {
  const { store, surfaces, messenger, log } = context;
  const { person, triggerId } = asked;
  const setting = (await store.doorSettings.of(person, [door.id])).get(door.id) ?? OFF;
  try {
    if (triggerId === null) throw new Error('nothing that opens a modal');
    await surfaces.open(triggerId, settingsModal(door, setting));
  } catch (error) {
    log.warn({ user: person.userId, err: error }, 'the settings of a door were not opened');
    await messenger.post(asked, whichMessage(person.userId, which.late, [door]));
  }
}

async function check(_context: Context, { values }: Submitted) {
  return readSetting(values) === null ? { [FIELDS.nudge]: 'Choose one of the times in the list.' } : null;
}

async function save(context: Context, submitted: Submitted): Promise<void> {
  const { store, messenger, announce, log } = context;
  const { person, metadata } = submitted;
  const chosen = readSetting(submitted.values);
  const door = await doorOf(context, person, metadata);
  if (chosen === null || door === null) {
    await messenger.post(submitted, notYoursMessage);
    return;
  }
  const setting = door.canLock ? chosen : { ...chosen, lockAfterMs: null };
  await store.doorSettings.set(person, door.id, setting);
  log.info({ user: person.userId, device: door.id, ...setting }, 'the settings of a door were changed');
  await messenger.post(submitted, savedMessage(door.name, setting));
  await announce({ kind: 'settings_changed', who: person });
}
