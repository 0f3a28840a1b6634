import type { Context } from '../../context.ts';
import type { Happening } from '../../domain/happening.ts';
import type { HouseEvent } from '../../domain/house-event.ts';
import {
  type ConnectedAccountId,
  connectedAccountId,
  type DeviceId,
  deviceId,
  noticeId,
  timerId,
} from '../../domain/ids.ts';
import { isWanted, type NoticeAbout } from '../../domain/notice.ts';
import { unreachable } from '../../domain/outcome.ts';
import type { Person } from '../../domain/person.ts';
import { knownZone } from '../../domain/zone.ts';
import type { SeamEvent } from '../../seam/port.ts';
import type { StoredPerson } from '../../store/people.ts';
import type { Timer } from '../../store/timers.ts';
import { MESSAGES_WINDOW_MS, OFFLINE_FOR_LONG_MS, whenTold } from './decide.ts';
import { tellTimer } from './tell.ts';

/** The verb of the timer that rings when a lock has been offline for long. */
export const OFFLINE_TIMER = 'offline';
const OFFLINE = `notices:${OFFLINE_TIMER}`;
/** Seam may report an alarm of one lock many times: it is told once in so long, ms. */
const TAMPER_AGAIN_MS = 10 * 60_000;
/** So long after something happened it may be heard of again, because it was not followed to its end, ms. */
const HEARD_AGAIN_MS = 24 * 60 * 60_000;

/** Makes notices of what is heard. The same thing makes the same notice, however often it comes. */
export async function onEvent(context: Context, event: SeamEvent | HouseEvent): Promise<void> {
  switch (event.kind) {
    case 'happened':
      return onHappening(context, event.happening);
    case 'battery_changed':
      if (event.isGood) await context.store.conditions.end('battery', event.deviceId, event.at);
      return;
    case 'account_changed':
      return onSignIn(context, event.accountId, event.signedIn);
    case 'account_connected':
      await onSignIn(context, event.accountId, true);
      return onShared(context, event.person, event.accountId);
    case 'account_left':
      return onLeft(context, event.person, event.accountId);
    case 'move_ended':
    case 'person_left':
    case 'favourites_changed':
    case 'settings_changed':
    case 'webview_ended':
    case 'code_changed':
      return;
    default:
      return unreachable(event);
  }
}

async function onHappening(context: Context, happening: Happening): Promise<void> {
  const { id, deviceId: door, accountId, kind, how, codeId, at } = happening;
  // Without it nobody can say whose door it is.
  if (accountId === null) return;
  const of = { accountId, deviceId: door };
  switch (kind) {
    case 'battery_low': {
      const since = await context.store.conditions.begin('battery', door, at);
      return notify(context, { kind: 'battery', ...of }, `battery ${door} ${since}`, at);
    }
    case 'offline':
      return onOffline(context, accountId, door, at);
    case 'online':
      if (await context.store.conditions.end('offline', door, at)) {
        await context.store.timers.callOff(OFFLINE, offlineSubject(accountId, door));
      }
      return;
    case 'tampered':
      return notify(
        context,
        { kind: 'tamper', ...of },
        `tamper ${door} ${Math.floor(at / TAMPER_AGAIN_MS)}`,
        at,
      );
    case 'removed':
      return notify(context, { kind, ...of }, id, at);
    case 'denied':
      return notify(context, { kind, ...of }, id, at);
    case 'unlocked':
      if (how === 'by_hand') return notify(context, { kind: how, ...of }, id, at);
      if (how !== 'keypad' && how !== 'card') return;
      return codeId === null
        ? notify(context, { kind: 'keypad', how, ...of }, id, at)
        : notify(context, { kind: 'code', codeId, ...of }, id, at);
    case 'locked':
      return;
  }
}

async function onOffline(
  { store }: Context,
  accountId: ConnectedAccountId,
  door: DeviceId,
  at: number,
): Promise<void> {
  const since = await store.conditions.begin('offline', door, at);
  await store.timers.set({
    id: timerId(`${OFFLINE} ${door} ${since}`),
    kind: OFFLINE,
    subject: offlineSubject(accountId, door),
    dueAt: since + OFFLINE_FOR_LONG_MS,
  });
}

function offlineSubject(accountId: ConnectedAccountId, door: DeviceId): string {
  return `${accountId} ${door}`;
}

/** A lock has not come back. Whether it really is offline is asked of Seam before anybody is told. */
export async function offlineForLong(context: Context, { subject }: Timer): Promise<void> {
  const [account = '', door = ''] = subject.split(' ');
  const since = await context.store.conditions.since('offline', door);
  if (since === null) return;
  const about: NoticeAbout = {
    kind: 'offline',
    accountId: connectedAccountId(account),
    deviceId: deviceId(door),
  };
  await notify(context, about, `offline ${door} ${since}`, since);
}

async function onSignIn(context: Context, accountId: ConnectedAccountId, signedIn: boolean): Promise<void> {
  const { store, time } = context;
  if (signedIn) {
    await store.conditions.end('sign_in', accountId, time.now());
    return;
  }
  const since = await store.conditions.begin('sign_in', accountId, time.now());
  await notify(context, { kind: 'sign_in', accountId }, `sign_in ${accountId} ${since}`, since);
}

/** Two people have the same account: both are told, once for as long as both have it. */
async function onShared(context: Context, newcomer: Person, accountId: ConnectedAccountId): Promise<void> {
  const { store, time } = context;
  for (const earlier of await othersOf(context, newcomer, accountId)) {
    const now = time.now();
    const pair = pairOf(accountId, newcomer, earlier);
    const since = await store.conditions.begin('shared', pair, now);
    // The same thing makes the same notice: heard again soon, it makes what a run that died did not.
    if (now - since > HEARD_AGAIN_MS) continue;
    const about = { kind: 'shared', accountId } as const;
    const id = `shared ${pair} ${since}`;
    await notifyOne(context, earlier, { ...about, colleague: newcomer.userId, came: 'after' }, id, now);
    const person = await store.people.ensure(newcomer, context.newId, now);
    await notifyOne(context, person, { ...about, colleague: earlier.userId, came: 'before' }, id, now);
  }
}

async function onLeft(context: Context, person: Person, accountId: ConnectedAccountId): Promise<void> {
  const { store, time } = context;
  for (const other of await othersOf(context, person, accountId)) {
    await store.conditions.end('shared', pairOf(accountId, person, other), time.now());
  }
}

async function othersOf({ store }: Context, { key }: Person, accountId: ConnectedAccountId) {
  return (await store.people.ofAccount(accountId)).filter((other) => other.key !== key);
}

function pairOf(accountId: ConnectedAccountId, one: Person, other: Person): string {
  return [accountId, ...[one.key, other.key].toSorted()].join(' ');
}

/** Lets everybody be told who connected the account. `id` names the thing. */
async function notify(context: Context, about: NoticeAbout, id: string, at: number): Promise<void> {
  for (const person of await context.store.people.ofAccount(about.accountId)) {
    await notifyOne(context, person, about, id, at);
  }
}

async function notifyOne(
  { store, time, newId }: Context,
  person: StoredPerson,
  about: NoticeAbout,
  id: string,
  at: number,
): Promise<void> {
  const settings = await store.noticeSettings.of(person);
  if (!isWanted(about, settings)) return;
  const now = time.now();
  const tellings = await store.notices.tellings(person, now - MESSAGES_WINDOW_MS);
  const { soonest, due } = whenTold(about, settings, knownZone(person.tz) ?? 'UTC', tellings, now);
  const { scope, userId } = person;
  const notice = { id: noticeId(`${scope} ${userId} ${id}`), who: { scope, userId }, about, at };
  await store.notices.add(notice, tellTimer(person, newId, due), soonest);
}
