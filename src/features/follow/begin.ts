import type { Context } from '../../context.ts';
import { OFF } from '../../domain/follow.ts';
import { type MoveId, timerId } from '../../domain/ids.ts';
import { messageOf } from '../../moving/telling.ts';
import type { Follow } from '../../store/follow-row.ts';
import type { Listing } from '../../store/listings.ts';
import type { Move } from '../../store/move-row.ts';
import type { Timer } from '../../store/timers.ts';
import { FOLLOW_MS, isFollowed, LAST_BEFORE_MS, LOOK_FOR_MS, nextLook, postsLeft } from './decide.ts';
import { catchUp, close } from './show.ts';
import { closedMessage, notOpenedMessage } from './view.ts';

/** Unlocks of so long before a restart are still taken up, ms: less than they are followed. */
const MISSED_MS = FOLLOW_MS - 60 * 60 * 1000;
/** How often that is looked for, ms. */
const TAKE_UP_MS = 60_000;

/** Begins to follow the door of an unlock that has ended, unless it is followed already. */
export async function begin(context: Context, id: MoveId): Promise<void> {
  const { store, tasks } = context;
  const move = await store.moves.find(id);
  if (move === null || move.outcome === null || move.endedAt === null || !isFollowed(move)) return;
  const { who, deviceId, outcome, endedAt } = move;
  const listing = move.listingId === null ? null : await store.listings.find(move.listingId);
  const setting = (await store.doorSettings.of(who, [deviceId])).get(deviceId) ?? OFF;
  const place = placeOf(context, move, listing);
  const follow: Follow = {
    moveId: id,
    who,
    deviceId,
    doorName: move.doorName ?? 'The door',
    canLock: listing?.doors.find((door) => door.id === deviceId)?.canLock ?? true,
    place,
    unlockedAt: endedAt,
    shownAt: endedAt,
    postsLeft: postsLeft(outcome),
    locksAt: setting.lockAfterMs === null ? null : endedAt + setting.lockAfterMs,
    lockTries: 0,
    // What told how it ended goes on as its card.
    card: place === 'card' ? messageOf(id) : null,
    note: null,
  };
  const nudgeAt = setting.nudgeAfterMs === null ? null : endedAt + setting.nudgeAfterMs;
  const begun = await store.follows.begin(follow, timersOf(context, follow, move, nudgeAt));
  if (begun === null) return;
  const { replaced } = begun;
  if (replaced !== null) {
    tasks.spawn('close a card', () => close(context, replaced, closedMessage(replaced, 'unlocked_again')));
  }
  await catchUp(context, id);
}

/** Where it is shown: an ephemeral message can be changed only by the address that came with the click. */
function placeOf(
  { time }: Context,
  { responseUrl, deviceId }: Move,
  listing: Listing | null,
): Follow['place'] {
  if (listing?.place === 'home') return 'home';
  const canChange = responseUrl !== null && responseUrl.expiresAt - LAST_BEFORE_MS > time.now();
  // They may have turned the page since.
  const isShown = listing?.doors.some(({ id }) => id === deviceId) === true;
  return isShown && canChange ? 'list' : 'card';
}

function timersOf(
  { seamWebhooks, time }: Context,
  { moveId, place, unlockedAt, locksAt }: Follow,
  { responseUrl }: Move,
  nudgeAt: number | null,
): Timer[] {
  const timer = (name: string, dueAt: number | null | undefined): Timer[] =>
    dueAt == null
      ? []
      : [{ id: timerId(`${moveId}:${name}`), kind: `follow:${name}`, subject: moveId, dueAt }];
  const look = seamWebhooks ? null : nextLook(unlockedAt, time.now());
  const lastAt =
    place === 'list' && responseUrl !== null
      ? responseUrl.expiresAt - LAST_BEFORE_MS
      : seamWebhooks
        ? null
        : unlockedAt + LOOK_FOR_MS;
  return [
    ...timer('card', place === 'card' ? time.now() : null),
    ...timer('look', look?.at),
    ...timer('last', lastAt),
    ...timer('nudge', nudgeAt),
    ...timer('relock', locksAt),
    ...timer('end', unlockedAt + FOLLOW_MS),
  ];
}

/** An unlock that nobody could speak for turns out to have moved nothing: there is nothing to follow. */
export async function drop(context: Context, id: MoveId): Promise<void> {
  const { store } = context;
  const [move, follow] = [await store.moves.find(id), await store.follows.find(id)];
  if (move === null || follow === null || move.outcome === null || isFollowed(move)) return;
  await close(context, follow, notOpenedMessage(follow, move.outcome));
  await store.follows.end(id);
}

/** Takes up, at the start and ever after, what a run that died did not come to: a door may wait to be locked. */
export function takeUp(context: Context): void {
  const { store, tasks, time, log } = context;
  const round = async () => {
    for (const id of await store.follows.missed(time.now() - MISSED_MS)) {
      try {
        await begin(context, id);
      } catch (error) {
        log.error({ move: id, err: error }, 'a door is not followed');
      }
    }
  };
  tasks.spawn('take up doors', round);
  tasks.every('take up doors', TAKE_UP_MS, round);
}
