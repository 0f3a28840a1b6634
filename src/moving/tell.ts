import type { Context } from '../context.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Message } from '../slack/message.ts';
import type { Delivery, Recipient } from '../slack/messenger.ts';
import type { Move, MoveRequest } from '../store/move-row.ts';
import { showsMove } from '../views/doors.ts';
import { mayStillSettle } from './decide.ts';
import { endStep } from './end-step.ts';
import { leaveModal, showInModal } from './modal.ts';
import { remember, toldIn, whileTelling } from './telling.ts';
import { outcomeMessage, stepEnd, underWayMessage } from './view.ts';

/** Shows that it is under way, where it was clicked. Where it cannot, the outcome will have to do. */
export async function showUnderWay(context: Context, move: Move): Promise<void> {
  try {
    const [to, message] = [recipientOf(move), underWayMessage(move.verb, move.doorName)];
    if (await showInModal(context, move.id, message)) return;
    // A command has no message that could be changed: its list comes with the outcome.
    if (move.listingId === null || move.via === 'name')
      await context.messenger.hint(to, message, { inPlace: false });
    else await context.doors.hint(to, move.listingId, message);
  } catch (error) {
    context.log.warn({ move: move.id, err: error }, 'a move under way could not be shown');
  }
}

/** Shows the outcome to the person, in every message in which they clicked for it. */
export async function tell(context: Context, move: Move, outcome: Outcome): Promise<void> {
  await tellOne(context, move, outcome);
  const shown = new Set([move.listingId]);
  for (const joined of await context.store.moves.joinedTo(move.id)) {
    // A second click in the same message sees the same drawing.
    if (joined.listingId !== null && shown.has(joined.listingId))
      await context.store.moves.told(joined.id, context.time.now(), true);
    else await tellOne(context, joined, outcome);
    shown.add(joined.listingId);
  }
}

/** Tells it in a message of its own: for when the list cannot be drawn. */
export function tellAway(context: Context, move: Move, outcome: Outcome): Promise<Delivery> {
  return sayAway(context, move, outcomeMessage(move.verb, move.doorName, outcome));
}

/** Says how it ended away from any list: in the modal that waits for it, or else in a message of its own. */
export async function sayAway(
  context: Context,
  request: Pick<MoveRequest, 'id' | 'who' | 'responseUrl'>,
  message: Message,
): Promise<Delivery> {
  const shown = await showInModal(context, request.id, message);
  leaveModal(request.id);
  return shown ? 'in_place' : context.messenger.post(recipientOf(request), message);
}

/** Tells one row's person, and notes that they know; false when it did not reach them. */
export function tellOne(context: Context, move: Move, outcome: Outcome): Promise<boolean> {
  return whileTelling(move, () => deliver(context, move, outcome));
}

async function deliver(context: Context, move: Move, outcome: Outcome): Promise<boolean> {
  if (move.executionId !== null) await endStep(context, move.executionId, stepEnd(move, outcome));
  // Nobody waits for what a timer did: whoever set it tells what there is to tell.
  if (move.via !== 'timer') {
    const delivery = await reach(context, move, outcome);
    if (delivery === 'failed') return false;
    if (delivery !== 'in_place') toldIn(move, delivery);
  }
  try {
    await context.store.moves.told(move.id, context.time.now(), !mayStillSettle(move, outcome));
  } catch (error) {
    // They know, and need not hear it again.
    remember(move, outcome);
    context.log.warn({ move: move.id, err: error }, 'that a person was told was not written');
  }
  return true;
}

async function reach(context: Context, move: Move, outcome: Outcome): Promise<Delivery> {
  return (await isDrawn(context, move))
    ? show(context, move, outcomeMessage(move.verb, move.doorName, outcome))
    : tellAway(context, move, outcome);
}

/** Draws the person's list anew, or says `otherwise` where there is none. */
function show(context: Context, move: Move, otherwise: Message): Promise<Delivery> {
  return move.listingId === null
    ? sayAway(context, move, otherwise)
    : context.doors.redraw(recipientOf(move), move.listingId, otherwise);
}

/**
 * Whether the person's list, drawn now, says how this very unlock ended: they may have gone to another page, or
 * have asked again since.
 */
async function isDrawn({ store, log }: Context, move: Move): Promise<boolean> {
  if (move.listingId === null) return false;
  try {
    const listing = await store.listings.find(move.listingId);
    const latest = (await store.moves.latest(move.who, [move.deviceId])).get(move.deviceId);
    const spoken = move.joinedId ?? move.id;
    return listing !== null && latest?.id === spoken && showsMove(listing, latest);
  } catch (error) {
    log.warn({ move: move.id, err: error }, 'a list cannot be read; its outcome is told by itself');
    return false;
  }
}

function recipientOf({ who, responseUrl }: Pick<MoveRequest, 'who' | 'responseUrl'>): Recipient {
  return { userId: who.userId, responseUrl };
}
