import type { Context } from '../../context.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { Delivery, Recipient } from '../../slack/messenger.ts';
import type { Unlock } from '../../store/unlocks.ts';
import { showsUnlock } from '../../views/doors.ts';
import { outcomeMessage } from './view.ts';

/** Shows the outcome to the person, in every message in which they clicked for it. */
export async function tell(context: Context, unlock: Unlock, outcome: Outcome): Promise<void> {
  await tellOne(context, unlock, outcome);
  const shown = new Set([unlock.listingId]);
  for (const joined of await context.store.unlocks.joinedTo(unlock.id)) {
    // A second click in the same message sees the same drawing.
    if (shown.has(joined.listingId)) await context.store.unlocks.told(joined.id, context.time.now());
    else await tellOne(context, { ...joined, doorName: unlock.doorName }, outcome);
    shown.add(joined.listingId);
  }
}

/** Tells it in a message of its own: for when the list cannot be drawn. */
export async function tellAway(context: Context, unlock: Unlock, outcome: Outcome): Promise<Delivery> {
  return context.messenger.post(recipientOf(unlock), outcomeMessage(unlock.doorName, outcome));
}

/** Tells one row's person; the row counts as told only when it reached them. */
export async function tellOne(context: Context, unlock: Unlock, outcome: Outcome): Promise<void> {
  const delivery = await show(context, unlock, outcome);
  if (delivery !== 'failed') await context.store.unlocks.told(unlock.id, context.time.now());
}

async function show(context: Context, unlock: Unlock, outcome: Outcome): Promise<Delivery> {
  const { listingId } = unlock;
  if (listingId === null || outcome.kind === 'refused' || !(await isShown(context, unlock))) {
    return tellAway(context, unlock, outcome);
  }
  return context.doors.redraw(recipientOf(unlock), listingId, outcomeMessage(unlock.doorName, outcome));
}

/** Whether the person's message still shows this outcome: they may have gone to another page since. */
async function isShown({ store }: Context, unlock: Unlock): Promise<boolean> {
  const listing = unlock.listingId === null ? null : await store.listings.find(unlock.listingId);
  const latest = (await store.unlocks.latest(unlock.who, [unlock.deviceId])).get(unlock.deviceId);
  return listing !== null && latest !== undefined && showsUnlock(listing, latest);
}

function recipientOf(unlock: Unlock): Recipient {
  return { userId: unlock.who.userId, responseUrl: unlock.responseUrl };
}
