import { keepClientSession } from '../../client-session.ts';
import type { Context } from '../../context.ts';
import type { Door } from '../../domain/door.ts';
import { OFF } from '../../domain/follow.ts';
import { deviceId } from '../../domain/ids.ts';
import { typedName } from '../../domain/typed-name.ts';
import type { Asked, Feature, Submitted } from '../../feature.ts';
import { findByName } from '../../finding/find.ts';
import { readAllDoors } from '../../finding/read.ts';
import type { StoredPerson } from '../../store/people.ts';
import { FIELDS, readSetting } from './decide.ts';
import {
  noDoorsMessage,
  notYoursMessage,
  savedMessage,
  settingsModal,
  unclearMessage,
  which,
  whichMessage,
} from './view.ts';

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
  const { messenger } = context;
  const { person } = asked;
  const typed = typedName(asked.rest);
  if ((await context.store.accounts.of(person.key)).size === 0) {
    await messenger.post(asked, noDoorsMessage);
    return;
  }
  if (typed === '') {
    const { doors } = await readAllDoors(context, person);
    const all = whichMessage(person.userId, which.any, doors);
    await messenger.post(asked, doors.length === 0 ? noDoorsMessage : all);
    return;
  }
  const found = await findByName(context, person, typed);
  if (found.kind === 'one') await open(context, asked, found.door);
  else await messenger.post(asked, unclearMessage(person.userId, found, typed));
}

async function byButton(context: Context, clicked: Asked): Promise<void> {
  const [id = ''] = clicked.args;
  const door = await doorOf(context, clicked.person, id);
  if (door === null) await context.messenger.post(clicked, notYoursMessage);
  else await open(context, clicked, door);
}

/** The door of this id if it is theirs, asked of Seam now. */
async function doorOf(context: Context, person: StoredPerson, id: string): Promise<Door | null> {
  if (!/^[\w-]{1,64}$/.test(id)) return null;
  await keepClientSession(context, person);
  const door = await context.seam.door(person.key, deviceId(id));
  return door !== null && (await context.store.accounts.of(person.key)).has(door.accountId) ? door : null;
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
