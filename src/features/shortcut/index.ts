import type { Option } from '@slack/types';
import type { Context } from '../../context.ts';
import type { Asked, Feature, SubmitErrors, Submitted, Suggested, Turned } from '../../feature.ts';
import { doorsLately, forgetLately } from '../../finding/lately.ts';
import { doorsTyped } from '../../finding/suggest.ts';
import { askToMove } from '../../moving/ask.ts';
import { recordRefused } from '../../moving/refused.ts';
import type { Values } from '../../slack/deed.ts';
import { doorOption } from '../../views/door-option.ts';
import { pickedDoor, readMoment } from './decide.ts';
import { chooseModal, failureModal, nothingModal, PICK, UNLOCKING, welcomeModal } from './view.ts';

/** Unlocking a door from Slack's shortcuts: from anywhere, and from a message. */
export const shortcut: Feature = {
  name: 'shortcut',
  subcommands: [],
  actions: {},
  // What stands in the message is not looked at: it is a place to start from.
  shortcuts: { open, message: open },
  suggests: { door: suggest },
  submits: { unlock: { check, meanwhile: UNLOCKING, run, turnedAway } },
  async onEvent(_, event) {
    if (event.kind === 'account_connected' || event.kind === 'account_left') forgetLately(event.person.key);
  },
};

async function open(context: Context, asked: Asked): Promise<void> {
  const { person, triggerId, at } = asked;
  if (triggerId === null) return;
  if ((await context.store.accounts.of(person.key)).size === 0) {
    await context.surfaces.open(triggerId, welcomeModal(person.userId));
    return;
  }
  // They are listed while the modal opens, so that the first look into the select finds them.
  const [opened, listed] = await Promise.allSettled([
    context.surfaces.open(triggerId, chooseModal(at)),
    doorsLately(context, person),
  ]);
  if (opened.status === 'rejected') throw opened.reason;
  if (listed.status === 'rejected') {
    context.log.warn({ user: person.userId, err: listed.reason }, 'doors to choose from were not listed');
    await context.surfaces.change(opened.value, failureModal(listed.reason));
    return;
  }
  const nothing = nothingModal(person.userId, listed.value);
  if (nothing !== null) await context.surfaces.change(opened.value, nothing);
}

async function suggest(context: Context, { person, query }: Suggested): Promise<Option[]> {
  const { doors, aliases } = await doorsTyped(context, person, query, ({ canUnlock }) => canUnlock);
  return doors.map((door) => doorOption(door, aliases));
}

async function check(_: Context, { values }: Submitted): Promise<SubmitErrors | null> {
  return pickedDoor(values) === null ? PICK : null;
}

async function run(context: Context, submitted: Submitted): Promise<void> {
  const { values, metadata, view } = submitted;
  const deviceId = pickedDoor(values);
  if (deviceId === null) return;
  await askToMove(context, {
    ...submitted,
    verb: 'unlock',
    via: 'shortcut',
    deviceId,
    listingId: null,
    madeAt: readMoment(metadata),
    ...(view === null ? {} : { viewId: view.id }),
  });
}

async function turnedAway(context: Context, turned: Turned, values: Values): Promise<void> {
  const deviceId = pickedDoor(values);
  if (deviceId !== null) await recordRefused(context, turned, { deviceId, verb: 'unlock', via: 'shortcut' });
}
