import { keepClientSession } from '../../client-session.ts';
import type { Context } from '../../context.ts';
import { turnedAway } from '../../domain/access.ts';
import type { Account, Door } from '../../domain/door.ts';
import { type ConnectedAccountId, type DeviceId, timerId } from '../../domain/ids.ts';
import { isWanted } from '../../domain/notice.ts';
import type { SlackIdentity } from '../../domain/person.ts';
import { knownZone } from '../../domain/zone.ts';
import { codeNames } from '../../finding/code-names.ts';
import { standingOf } from '../../standing.ts';
import type { WaitingNotice } from '../../store/notices.ts';
import type { StoredPerson } from '../../store/people.ts';
import type { Timer } from '../../store/timers.ts';
import { conditionOver, type Facts, isStillSo, isTooLate, nextTry, waitsUntil } from './decide.ts';
import { noticesMessage } from './view.ts';

/** The verb of the timer that rings when one person is to be told. */
export const TELL_TIMER = 'tell';

/** A timer for one message to this person at `dueAt`, ms. */
export function tellTimer({ scope, userId }: SlackIdentity, newId: () => string, dueAt: number): Timer {
  return { id: timerId(newId()), kind: `notices:${TELL_TIMER}`, subject: `${scope} ${userId}`, dueAt };
}

/** Tells what waits for this timer, in one message; what could not be told is tried again for a day. */
export async function tell(context: Context, timer: Timer): Promise<void> {
  const { store, time, newId, log } = context;
  const batch = await store.notices.waiting(timer.id);
  const [first] = batch;
  if (first === undefined) return;
  const { who } = first;
  const person = await store.people.ensure(who, newId, time.now());
  const settings = await store.noticeSettings.of(person);
  const until = waitsUntil(batch, settings, knownZone(person.tz) ?? 'UTC', time.now());
  if (until !== null) {
    await store.notices.postpone(timer.id, tellTimer(who, newId, until));
    return;
  }
  const wanted = batch.filter(({ about }) => isWanted(about, settings));
  if (await isTold(context, person, batch, wanted)) return;
  const now = time.now();
  const late = batch.filter((notice) => isTooLate(notice, now));
  if (late.length > 0) {
    const kinds = late.map(({ about }) => about.kind);
    log.error({ user: who.userId, kinds }, 'what a person was to be told reached nobody for a day');
    await end(context, late, 'dropped');
  }
  if (late.length < batch.length) {
    await store.notices.postpone(timer.id, tellTimer(who, newId, nextTry(batch, now)));
  }
}

/** Whether nothing is left to do about these. False where it has to be tried again: the log says why. */
async function isTold(
  context: Context,
  person: StoredPerson,
  batch: readonly WaitingNotice[],
  wanted: readonly WaitingNotice[],
): Promise<boolean> {
  const { store, messenger, time, log } = context;
  let news: readonly WaitingNotice[] = [];
  try {
    const why = turnedAway(await standingOf(context, person), context);
    if (why !== null) log.info({ user: person.userId, why }, 'somebody is not told of their doors any more');
    const theirs = await store.accounts.of(person.key);
    const open = why === null ? wanted.filter(({ about }) => theirs.has(about.accountId)) : [];
    const askedAt = time.now();
    const facts = await factsOf(context, person, open);
    news = open.filter(({ about }) => isStillSo(about, facts));
    // Before anybody is told, since it must not be left out: what went on for ever would be told never again.
    for (const { kind, subject } of open.flatMap(({ about }) => conditionOver(about, facts) ?? [])) {
      await store.conditions.end(kind, subject, askedAt);
    }
    if (news.length > 0) {
      const sent = await messenger.direct(person.userId, noticesMessage(person.userId, news, facts));
      if (sent === null) return false;
    }
  } catch (error) {
    log.warn({ user: person.userId, err: error }, 'a person could not be told of their doors yet');
    return false;
  }
  // They know from here on. Where that cannot be written they need not hear it again: the timer is done all the same.
  await end(context, news, 'told');
  await end(
    context,
    batch.filter((notice) => !news.includes(notice)),
    'dropped',
  );
  return true;
}

/** What Seam says of it all now, asked with the person's own key. */
async function factsOf(
  context: Context,
  person: StoredPerson,
  notices: readonly WaitingNotice[],
): Promise<Facts> {
  const { seam } = context;
  const doors = new Map<DeviceId, Door>();
  const accounts = new Map<ConnectedAccountId, Account>();
  if (notices.length === 0) return { doors, codes: new Map(), accounts };
  await keepClientSession(context, person);
  const abouts = notices.map(({ about }) => about);
  for (const id of new Set(abouts.flatMap((about) => ('deviceId' in about ? [about.deviceId] : [])))) {
    const door = await seam.door(person.key, id);
    if (door !== null) doors.set(id, door);
  }
  const codes = await codeNames(
    context,
    abouts.filter((about) => about.kind === 'code'),
  );
  if (abouts.some(({ kind }) => kind === 'sign_in' || kind === 'shared')) {
    for (const account of await seam.accounts(person.key)) accounts.set(account.id, account);
  }
  return { doors, codes, accounts };
}

async function end(
  { store, time, log }: Context,
  notices: readonly WaitingNotice[],
  state: 'told' | 'dropped',
): Promise<void> {
  try {
    await store.notices.end(
      notices.map(({ id }) => id),
      state,
      time.now(),
    );
  } catch (error) {
    log.warn({ err: error, state }, 'what a person was told was not written');
  }
}
