import type { Context } from '../../context.ts';
import {
  type InteractionId,
  interactionId,
  type MoveId,
  moveId,
  type TimerId,
  timerId,
} from '../../domain/ids.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { askToMove } from '../../moving/ask.ts';
import type { Follow } from '../../store/follow-row.ts';
import type { Timer } from '../../store/timers.ts';
import { LOCK_AGAIN_MS, LOCK_LATE_MS, mayPass } from './decide.ts';
import { lookAtDoor, personOf } from './door.ts';
import { sendNote } from './note.ts';
import { catchUp, show, showChanged } from './show.ts';
import { notLockedMessage, tooLateMessage } from './view.ts';

/**
 * The door is to be locked by itself now. Rung again, after a crash in the middle, it finds its own row in the journal,
 * and goes on from there: one timer is one move.
 */
export async function relock(context: Context, timer: Timer): Promise<void> {
  const { store } = context;
  const id = moveId(timer.subject);
  const follow = await store.follows.find(id);
  if (follow === null || follow.locksAt === null) return;
  const interaction = interactionId(`timer:${timer.id}`);
  if ((await store.moves.ofInteraction(interaction)) === null && !(await ask(context, follow, interaction)))
    return;
  // A newer unlock may have taken its place meanwhile, and has a time of its own.
  const still = await store.follows.find(id);
  if (still === null) return;
  const asked = await store.moves.ofInteraction(interaction);
  if (asked === null && still.locksAt === null) {
    // What was drawn while it was asked about shows it under way.
    await showChanged(context, id);
    return;
  }
  if (asked === null || asked.outcome === null)
    throw new Error('it is not known yet whether a door locked by itself');
  await settle(context, still, timer, asked.outcome);
}

/** Asks the lock, if that is still to be done; false when there is nothing more to do. */
async function ask(context: Context, before: Follow, interaction: InteractionId): Promise<boolean> {
  const { store, time, log } = context;
  const { moveId: id } = before;
  const person = await personOf(context, before);
  const door = person === null ? null : await lookAtDoor(context, before);
  await catchUp(context, id);
  // All this took its time: they may have called it off, or unlocked the door anew.
  const follow = await store.follows.find(id);
  if (follow === null || follow.locksAt === null) return false;
  const { deviceId, locksAt, who } = follow;
  if (person === null || door?.kind === 'not_theirs' || door?.kind === 'locked') {
    log.info(
      { user: who.userId, device: deviceId, why: door?.kind ?? 'left' },
      'nothing is locked by itself',
    );
    await store.follows.change(id, { locksAt: null });
    await show(context, id);
    return false;
  }
  const at = time.now();
  if (at - locksAt > LOCK_LATE_MS) {
    log.warn({ user: who.userId, device: deviceId, lateMs: at - locksAt }, 'too late to lock by itself');
    await sendNote(context, follow, tooLateMessage(follow, locksAt));
    await store.follows.change(id, { locksAt: null });
    return false;
  }
  await askToMove(context, {
    person,
    userId: person.userId,
    responseUrl: null,
    verb: 'lock',
    via: 'timer',
    deviceId,
    interaction,
    at,
    madeAt: at,
    listingId: null,
  });
  return true;
}

/** What came of it. An unknown is never followed by another try; a certain failure by one, where that may help. */
async function settle(context: Context, follow: Follow, timer: Timer, outcome: Outcome): Promise<void> {
  const { store } = context;
  const { moveId: id, locksAt } = follow;
  if (outcome.kind === 'locked') {
    await store.follows.change(id, { locksAt: null });
    await catchUp(context, id);
    return;
  }
  if (outcome.kind === 'failed' && locksAt === null) {
    // Called off while it was tried: that it did not lock is what they want.
    await showChanged(context, id);
    return;
  }
  if (outcome.kind === 'failed' && mayPass(outcome.reason) && timer.id !== secondTimer(id)) {
    await tryAgain(context, follow, timer, outcome);
    return;
  }
  // The account was disconnected between two questions.
  if (outcome.kind !== 'refused') await sendNote(context, follow, notLockedMessage(follow, outcome, null));
  await store.follows.change(id, { locksAt: null });
}

/** The timer of the second try. */
function secondTimer(id: MoveId): TimerId {
  return timerId(`${id}:relock:again`);
}

/** Sets the second try, and tells of it, unless it was called off this very moment. */
async function tryAgain(
  context: Context,
  follow: Follow,
  timer: Timer,
  outcome: Extract<Outcome, { kind: 'failed' }>,
): Promise<void> {
  const { store, time } = context;
  const { moveId: id, lockTries, locksAt, note } = follow;
  const dueAt = time.now() + LOCK_AGAIN_MS;
  const isSet = await store.follows.tryAgain(id, { ...timer, id: secondTimer(id), dueAt });
  // Rung once more after it was set, the first timer leaves it alone, and only tells what Slack did not take.
  const againAt = isSet ? dueAt : lockTries > 0 && note === null ? locksAt : null;
  // `crossed`: it is being unlocked, by the same person: a newer time will take the place of this one.
  if (againAt === null || outcome.reason === 'crossed') return;
  await sendNote(context, follow, notLockedMessage(follow, outcome, againAt));
}
