import type { Context } from '../../context.ts';
import { isNews } from '../../domain/follow.ts';
import { type DeviceId, type MoveId, moveId, timerId } from '../../domain/ids.ts';
import { Turns } from '../../domain/turns.ts';
import type { Message } from '../../slack/message.ts';
import type { Follow } from '../../store/follow-row.ts';
import type { Move } from '../../store/move-row.ts';
import type { Timer } from '../../store/timers.ts';
import { isFollowed, isLockedAgain } from './decide.ts';
import { askDoor, lookAtDoor, personOf } from './door.ts';
import { cardMessage, closedMessage, type FollowSight, settledMessage } from './view.ts';

/** After how long a card that could not be changed is tried again, ms. */
const AGAIN_MS = 30_000;

/** One drawing of each at a time, so that an older one never lands on a newer one. */
const drawings = new Turns<MoveId>();

/** A door may have moved: everybody who follows it is shown so. */
export async function news(context: Context, id: DeviceId): Promise<void> {
  for (const { moveId: followed } of await context.store.follows.ofDoor(id)) {
    context.tasks.spawn('follow a door', () => catchUp(context, followed));
  }
}

/** Shows what has become of the door, if that is new; nothing more is to be done about one that is locked again. */
export async function catchUp(context: Context, id: MoveId): Promise<void> {
  const { store } = context;
  const follow = await store.follows.find(id);
  if (follow === null) return;
  const { sighting, last, isMoving } = await sightOf(context, follow);
  // What it makes of the door is shown by whoever moves it, and its end comes here again.
  if (isMoving || sighting === null || sighting.at <= follow.shownAt) return;
  if (isLockedAgain(follow, sighting, last)) {
    await store.follows.change(id, { locksAt: null });
    for (const kind of ['relock', 'nudge', 'look']) await store.timers.callOff(`follow:${kind}`, id);
  }
  await show(context, id);
}

/** Shows how it is now, where its person sees it. */
export function show(context: Context, id: MoveId): Promise<void> {
  return drawings.take(id, async () => {
    const follow = await context.store.follows.find(id);
    if (follow === null || !(await mayKnow(context, follow))) return;
    const sight = await sightOf(context, follow);
    await settleNote(context, sight);
    switch (follow.place) {
      case 'list':
        await showInList(context, sight);
        return;
      case 'home':
        await mark(context, sight);
        await context.announce({ kind: 'settings_changed', who: follow.who });
        return;
      case 'card':
        await mark(context, sight);
        if (follow.card !== null) await changeCard(context, sight);
        return;
    }
  });
}

/**
 * Whether its person may still be told of the door. Messages that are theirs alone are not drawn from a list, so that
 * Seam is asked for them: what is not theirs any more is closed, and where nobody can say nothing is told.
 */
async function mayKnow(context: Context, follow: Follow): Promise<boolean> {
  const { store, time } = context;
  const { moveId: id, card, note } = follow;
  if ((await personOf(context, follow)) === null) return false;
  if (card === null && note === null) return true;
  const { kind } = await askDoor(context, follow);
  if (kind === 'not_asked') await store.timers.set(cardTimer(id, time.now() + AGAIN_MS));
  if (kind === 'not_theirs') {
    await close(context, follow, closedMessage(follow, 'not_yours'));
    await store.follows.change(id, { card: null, note: null, locksAt: null });
  }
  return kind !== 'not_asked' && kind !== 'not_theirs';
}

/** Nothing more comes of what was said about it. */
export async function close(
  { messenger }: Context,
  { card, note }: Pick<Follow, 'card' | 'note'>,
  message: Message,
): Promise<void> {
  for (const sent of [card, note]) if (sent !== null) await messenger.change(sent, message);
}

async function mark({ store }: Context, { follow, sighting }: FollowSight): Promise<void> {
  if (sighting !== null && sighting.at > follow.shownAt)
    await store.follows.change(follow.moveId, { shownAt: sighting.at });
}

/** One post is kept for the last drawing: what comes before it may come often. */
async function showInList(context: Context, sight: FollowSight): Promise<void> {
  const { store } = context;
  const { follow, sighting, last } = sight;
  const move = await store.moves.find(follow.moveId);
  if (move === null || sighting === null) return;
  const isThere = last.endedAt === sighting.at && last.listingId === move.listingId;
  if (isThere || !(isNews(last, sighting) || last.endedAt === sighting.at)) {
    await mark(context, sight);
    return;
  }
  if (await store.follows.spend(follow.moveId, sighting.at, 1)) await drawList(context, follow, move, null);
}

/** Draws the list; where that cannot be changed any more though it should, a card takes its place. */
async function drawList(context: Context, follow: Follow, move: Move, asOf: number | null): Promise<void> {
  const { store, doors, time } = context;
  if (move.listingId === null) return;
  const to = { userId: move.who.userId, responseUrl: move.responseUrl };
  if (await doors.follow(to, move.listingId, asOf)) return;
  // Nobody expects more of an address that has ended, nor of a list that something else was shown in place of.
  const hasEnded = asOf !== null || move.responseUrl === null || move.responseUrl.expiresAt <= time.now();
  if (hasEnded || (await store.listings.find(move.listingId)) === null) return;
  await store.follows.change(follow.moveId, { place: 'card' });
  await store.timers.set(cardTimer(follow.moveId, time.now()));
}

function cardTimer(id: MoveId, dueAt: number): Timer {
  return { id: timerId(`${id}:card:${dueAt}`), kind: 'follow:card', subject: id, dueAt };
}

async function changeCard(context: Context, sight: FollowSight): Promise<void> {
  const { messenger, store, time } = context;
  const { card, moveId: id } = sight.follow;
  if (card === null) return;
  const changed = await messenger.change(card, cardMessage(sight));
  if (changed === 'gone') await store.follows.change(id, { card: null });
  if (changed === 'failed') await store.timers.set(cardTimer(id, time.now() + AGAIN_MS));
}

/** A message about the door says what became of it. */
async function settleNote(
  { messenger, store }: Context,
  { follow, sighting, last }: FollowSight,
): Promise<void> {
  if (follow.note === null || sighting === null || !isLockedAgain(follow, sighting, last)) return;
  const changed = await messenger.change(follow.note, settledMessage(follow, sighting, last));
  if (changed !== 'failed') await store.follows.change(follow.moveId, { note: null });
}

/** What is known of the door now, and what its person last did that may have moved it. */
async function sightOf(
  { store }: Context,
  follow: Follow,
): Promise<FollowSight & { readonly isMoving: boolean }> {
  const { who, deviceId, moveId: id } = follow;
  const sighting = (await store.sightings.of([deviceId])).get(deviceId) ?? null;
  const latest = (await store.moves.latest(who, [deviceId])).get(deviceId) ?? null;
  const moved = latest !== null && (isFollowed(latest) || isLock(latest));
  const last = moved ? latest : await store.moves.find(id);
  if (last === null) throw new TypeError('a door is followed after an unlock that is not in the journal');
  const isMoving = latest?.state === 'under_way';
  return { follow, sighting, last, asOf: null, isOver: false, isMoving };
}

function isLock({ verb, outcome }: Move): boolean {
  return (
    verb === 'lock' && (outcome?.kind === 'locked' || outcome?.kind === 'sent' || outcome?.kind === 'unknown')
  );
}

/** Sends the card, or draws it in the message that is to be it; where that cannot be, the message stays as it is. */
export async function sendCard(context: Context, { subject }: Timer): Promise<void> {
  const { store, messenger } = context;
  const id = moveId(subject);
  const follow = await store.follows.find(id);
  if (follow === null || follow.place !== 'card') return;
  // What Seam last knew of its state may be older than the unlock.
  const door = await askDoor(context, follow);
  if (door.kind === 'not_theirs') return;
  if (door.kind === 'not_asked') throw new Error('it cannot be asked whose door a card is about');
  const { canLock } = door;
  await store.follows.change(id, { canLock });
  if (follow.card === null) {
    const known = { ...(await sightOf(context, follow)), follow: { ...follow, canLock } };
    const card = await messenger.direct(follow.who.userId, cardMessage(known));
    if (card === null) throw new Error('a card did not reach its person');
    await store.follows.change(id, { card });
  }
  // Also what came while it was on its way.
  await show(context, id);
}

/** Shows what is to become of it now, though nothing was heard of the door. */
export async function showChanged(context: Context, id: MoveId): Promise<void> {
  if ((await context.store.follows.find(id))?.place !== 'list') {
    await show(context, id);
    return;
  }
  await drawings.take(id, () => postList(context, id, { at: context.time.now(), keep: 1, asOf: null }));
}

/** Draws its list whatever was heard, as long as more than `keep` posts are left for it. `at` and `asOf` in ms. */
async function postList(
  context: Context,
  id: MoveId,
  { at, keep, asOf }: { at: number; keep: number; asOf: number | null },
): Promise<void> {
  const { store } = context;
  const follow = await store.follows.find(id);
  const move = await store.moves.find(id);
  if (follow?.place !== 'list' || move === null || !(await mayKnow(context, follow))) return;
  if (await store.follows.spend(id, at, keep)) await drawList(context, follow, move, asOf);
}

/** The last time that its list can be changed, or that Seam is asked about it. */
export async function last(context: Context, { subject }: Timer): Promise<void> {
  const { store, seamWebhooks, time } = context;
  const id = moveId(subject);
  const follow = await store.follows.find(id);
  if (follow === null) return;
  if (!seamWebhooks) await lookAtDoor(context, follow);
  await catchUp(context, id);
  const asOf = time.now();
  await drawings.take(id, async () => {
    const now = await store.follows.find(id);
    if (now?.place === 'card' && (await mayKnow(context, now)))
      await changeCard(context, { ...(await sightOf(context, now)), asOf });
    if (now?.place === 'list') await postList(context, id, { at: asOf, keep: 0, asOf });
  });
}

/** It was followed for long enough. */
export async function end(context: Context, { subject }: Timer): Promise<void> {
  const { store, messenger, time } = context;
  const follow = await store.follows.find(moveId(subject));
  if (follow === null) return;
  if (await mayKnow(context, follow)) {
    const sight = { ...(await sightOf(context, follow)), asOf: time.now(), isOver: true };
    if (follow.card !== null) await messenger.change(follow.card, cardMessage(sight));
    if (follow.note !== null) await messenger.change(follow.note, closedMessage(follow, 'old'));
  }
  await store.follows.end(follow.moveId);
}
