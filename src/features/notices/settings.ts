import type { Context } from '../../context.ts';
import {
  NOTICE_KINDS,
  type NoticeKind,
  type NoticeSettings,
  noticeKindsSchema,
} from '../../domain/notice.ts';
import type { Asked, SubmitErrors, Submitted } from '../../feature.ts';
import type { Values } from '../../slack/deed.ts';
import { noticeFields, noticeModal, QUIET_ON } from '../../views/notice-modal.ts';
import { openAgainMessage, savedMessage, turnedOffMessage, unknownKindMessage } from './view.ts';

/** Opens the settings as they are. */
export async function show({ store, surfaces, messenger, log }: Context, asked: Asked): Promise<void> {
  const { person, triggerId } = asked;
  const settings = await store.noticeSettings.of(person);
  try {
    if (triggerId === null) throw new Error('Slack gave nothing to open a modal with');
    await surfaces.open(triggerId, noticeModal(settings, person.tz, 'notices:save'));
  } catch (error) {
    log.warn({ user: person.userId, err: error }, 'the settings of notices were not opened');
    await messenger.post(asked, openAgainMessage(person.userId));
  }
}

/** What is wrong with what was put in: quiet hours that never are. */
export async function saveCheck(_: Context, { values }: Submitted): Promise<SubmitErrors | null> {
  return chosenIn(values) === null
    ? { [noticeFields.to]: 'Choose a time that is not the one at which they begin.' }
    : null;
}

/** Keeps what was put in. */
export async function save(context: Context, submitted: Submitted): Promise<void> {
  const chosen = chosenIn(submitted.values);
  // It was checked.
  if (chosen === null) return;
  await keep(context, submitted, chosen);
  await context.messenger.post(submitted, savedMessage(submitted.userId, chosen));
}

/** Turns one kind off, from a message of that kind. */
export async function turnOff(context: Context, asked: Asked): Promise<void> {
  const { person, args } = asked;
  const kind = NOTICE_KINDS.find((known) => known === args[0]);
  if (kind === undefined) {
    await context.messenger.post(asked, unknownKindMessage(person.userId));
    return;
  }
  const settings = await context.store.noticeSettings.of(person);
  await keep(context, asked, { ...settings, kinds: without(settings.kinds, kind) });
  await context.messenger.post(asked, turnedOffMessage(person.userId, kind));
}

function without(kinds: readonly NoticeKind[], kind: NoticeKind): readonly NoticeKind[] {
  return kinds.filter((one) => one !== kind);
}

async function keep(
  { store, announce, log }: Context,
  { person }: Asked,
  chosen: NoticeSettings,
): Promise<void> {
  await store.noticeSettings.save(person, chosen);
  log.info({ user: person.userId, ...chosen }, 'somebody chose what they are told of');
  await announce({ kind: 'settings_changed', who: person });
}

/** What was put in; null for quiet hours that begin when they end, and for what no time picker gives. */
function chosenIn(values: Values): NoticeSettings | null {
  const kinds = noticeKindsSchema.parse(values[noticeFields.kinds] ?? []);
  if (values[noticeFields.quiet]?.[0] !== QUIET_ON) return { kinds, quiet: null };
  const fromMinute = minuteIn(values[noticeFields.from]?.[0]);
  const toMinute = minuteIn(values[noticeFields.to]?.[0]);
  if (fromMinute === null || toMinute === null || fromMinute === toMinute) return null;
  return { kinds, quiet: { fromMinute, toMinute } };
}

function minuteIn(time: string | undefined): number | null {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time ?? '') ?? [];
  return hour === undefined || minute === undefined ? null : Number(hour) * 60 + Number(minute);
}
