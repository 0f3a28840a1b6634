import type { Context } from '../../context.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { Message } from '../../slack/message.ts';
import type { Delivery, Recipient } from '../../slack/messenger.ts';
import type { Unlock } from '../../store/unlock-row.ts';
import { showsUnlock } from '../../views/doors.ts';
import { mayStillSettle } from './decide.ts';
import { remember, whileTelling } from './telling.ts';
import { outcomeMessage, unlockingMessage } from './view.ts';

/** Shows that it is under way, where it was clicked. Where it cannot, the outcome will have to do. */
export async function showUnlocking(context: Context, unlock: Unlock): Promise<void> {
  try {
    const [to, message] = [recipientOf(unlock), unlockingMessage(unlock.doorName)];
    if (unlock.listingId === null) await context.messenger.hint(to, message, { inPlace: false });
    else await context.doors.hint(to, unlock.listingId, message);
  } catch (error) {
    context.log.warn({ unlock: unlock.id, err: error }, 'an unlock under way could not be shown');
  }
}

/** Shows the outcome to the person, in every message in which they clicked for it. */
export async function tell(context: Context, unlock: Unlock, outcome: Outcome): Promise<void> {
  await tellOne(context, unlock, outcome);
  const shown = new Set([unlock.listingId]);
  for (const joined of await context.store.unlocks.joinedTo(unlock.id)) {
    // A second click in the same message sees the same drawing.
    if (joined.listingId !== null && shown.has(joined.listingId))
      await context.store.unlocks.told(joined.id, context.time.now(), true);
    else await tellOne(context, joined, outcome);
    shown.add(joined.listingId);
  }
}

/** Tells it in a message of its own: for when the list cannot be drawn. */
export function tellAway(context: Context, unlock: Unlock, outcome: Outcome): Promise<Delivery> {
  return context.messenger.post(recipientOf(unlock), outcomeMessage(unlock.doorName, outcome));
}

/** Tells one row's person, and notes that they know; false when it did not reach them. */
export function tellOne(context: Context, unlock: Unlock, outcome: Outcome): Promise<boolean> {
  return whileTelling(unlock, () => deliver(context, unlock, outcome));
}

async function deliver(context: Context, unlock: Unlock, outcome: Outcome): Promise<boolean> {
  const delivery = (await isDrawn(context, unlock))
    ? await show(context, unlock, outcomeMessage(unlock.doorName, outcome))
    : await tellAway(context, unlock, outcome);
  if (delivery === 'failed') return false;
  try {
    await context.store.unlocks.told(unlock.id, context.time.now(), !mayStillSettle(unlock, outcome));
  } catch (error) {
    // They know, and need not hear it again.
    remember(unlock, outcome);
    context.log.warn({ unlock: unlock.id, err: error }, 'that a person was told was not written');
  }
  return true;
}

/** Draws the person's list anew, or says `otherwise` where there is none. */
function show({ doors, messenger }: Context, unlock: Unlock, otherwise: Message): Promise<Delivery> {
  const to = recipientOf(unlock);
  return unlock.listingId === null
    ? messenger.post(to, otherwise)
    : doors.redraw(to, unlock.listingId, otherwise);
}

/**
 * Whether the person's list, drawn now, says how this very unlock ended: they may have gone to another page, or
 * have asked again since.
 */
async function isDrawn({ store, log }: Context, unlock: Unlock): Promise<boolean> {
  if (unlock.listingId === null) return false;
  try {
    const listing = await store.listings.find(unlock.listingId);
    const latest = (await store.unlocks.latest(unlock.who, [unlock.deviceId])).get(unlock.deviceId);
    const spoken = unlock.joinedId ?? unlock.id;
    return listing !== null && latest?.id === spoken && showsUnlock(listing, latest);
  } catch (error) {
    log.warn({ unlock: unlock.id, err: error }, 'a list cannot be read; its outcome is told by itself');
    return false;
  }
}

function recipientOf(unlock: Unlock): Recipient {
  return { userId: unlock.who.userId, responseUrl: unlock.responseUrl };
}
