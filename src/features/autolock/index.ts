import { keepClientSession } from '../../client-session.ts';
import type { Context } from '../../context.ts';
import type { Door } from '../../domain/door.ts';
import { splitName } from '../../domain/door-name.ts';
import { OFF } from '../../domain/follow.ts';
import { type DeviceId, deviceId } from '../../domain/ids.ts';
import type { Asked, Feature, Submitted } from '../../feature.ts';
import type { StoredPerson } from '../../store/people.ts';
import { FIELDS, readSetting } from './decide.ts';
import {
  noDoorsMessage,
  noneMessage,
  notYoursMessage,
  savedMessage,
  settingsModal,
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

/** How many devices Seam is asked for at once, and how often at most. */
const DEVICES_A_CALL = 100;
const MOST_CALLS = 3;

async function byName(context: Context, asked: Asked): Promise<void> {
  const { messenger } = context;
  const { person, rest } = asked;
  const offer = (line: string, doors: readonly Door[]) =>
    messenger.post(asked, whichMessage(person.userId, line, doors));
  const doors = await doorsOf(context, person);
  if (doors.length === 0) {
    await messenger.post(asked, noDoorsMessage);
    return;
  }
  if (rest === '') {
    await offer(which.any, doors);
    return;
  }
  const { meant, typed, rest: more } = splitName(rest, doors, [], () => false);
  const named = (ids: readonly DeviceId[]) => doors.filter(({ id }) => ids.includes(id));
  switch (meant.kind) {
    case 'one': {
      const [door] = named([meant.id]);
      // What is typed after a name says something that we do not understand.
      if (door !== undefined && more === '') await open(context, asked, door);
      else await offer(which.near(rest), named([meant.id]));
      return;
    }
    case 'several':
      await offer(which.several(typed), named(meant.ids));
      return;
    case 'none':
      if (meant.near.length === 0) await messenger.post(asked, noneMessage(typed));
      else await offer(which.near(typed), named(meant.near));
      return;
  }
}

/** All of the person's doors, within reason. */
async function doorsOf(context: Context, person: StoredPerson): Promise<readonly Door[]> {
  const mine = await context.store.accounts.of(person.key);
  if (mine.size === 0) return [];
  await keepClientSession(context, person);
  const doors: Door[] = [];
  let cursor: string | null = null;
  for (let call = 0; call < MOST_CALLS; call += 1) {
    const page = await context.seam.doors(person.key, cursor, DEVICES_A_CALL);
    doors.push(...page.doors.filter((door) => mine.has(door.accountId)));
    cursor = page.next;
    if (cursor === null) break;
  }
  return doors;
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
