import type { Context } from '../../context.ts';
import { type DeviceId, type ListingId, unlockId } from '../../domain/ids.ts';
import { failed, type Outcome } from '../../domain/outcome.ts';
import type { Clicked } from '../../feature.ts';
import { keepClientSession } from '../../seam/client-session.ts';
import { outcomeOfFailedUnlock, reasonOf, toSeamError } from '../../seam/errors.ts';
import { outcomeOfAttempt } from '../../seam/outcomes.ts';
import { StoreError } from '../../store/errors.ts';
import type { Begun, Unlock, UnlockRequest } from '../../store/unlocks.ts';
import { isOwn, mayUnlock, readButton } from './decide.ts';
import { finish, waitForOutcome } from './settle.ts';
import { outcomeMessage, staleButton, unlockingMessage } from './view.ts';

/** An unlock click, from the journal's row to the outcome. */
export async function open(context: Context, clicked: Clicked): Promise<void> {
  const button = readButton(clicked.value);
  if (button === null) {
    await context.messenger.post(clicked, staleButton);
    return;
  }
  const request = await requestOf(context, clicked, button);
  const begun = await begin(context, clicked, request);
  switch (begun?.kind) {
    case 'begun': {
      const unlock = { ...request, state: 'under_way', ...NOTHING_YET } as const;
      await send(context, clicked, unlock);
      return;
    }
    case 'joined':
      await showUnlocking(context, { ...begun.unlock, ...request });
      return;
    default:
      // A duplicate delivery: its first one answers. Or nothing could be written, and the person knows.
      return;
  }
}

const NOTHING_YET = { doorName: null, attemptId: null, outcome: null, endedAt: null };

async function requestOf(
  { store, newId }: Context,
  clicked: Clicked,
  button: { listingId: ListingId; deviceId: DeviceId },
): Promise<UnlockRequest> {
  const listing = await store.listings.find(button.listingId).catch(() => null);
  return {
    id: unlockId(newId()),
    interaction: clicked.interaction,
    who: clicked.person,
    deviceId: button.deviceId,
    listingId: isOwn(listing, clicked.person) ? button.listingId : null,
    responseUrl: clicked.responseUrl,
    requestedAt: clicked.at,
  };
}

/** Commits the row. Null when the journal cannot be written: then nothing is unlocked. */
async function begin(context: Context, clicked: Clicked, request: UnlockRequest): Promise<Begun | null> {
  try {
    return await context.store.unlocks.begin(request);
  } catch (error) {
    context.log.error(
      { user: clicked.userId, device: request.deviceId, err: error },
      'an unlock was not begun',
    );
    await context.messenger.post(clicked, outcomeMessage(null, failed('not_recorded')));
    return null;
  }
}

async function send(context: Context, clicked: Clicked, unlock: Unlock): Promise<void> {
  const permission = await askOwnership(context, clicked, unlock.deviceId);
  if (permission.kind === 'no') {
    await finish(context, unlock, permission.outcome);
    return;
  }
  const named = { ...unlock, doorName: permission.door.name };
  const shown = Promise.allSettled([
    context.store.unlocks.named(unlock.id, permission.door.name),
    showUnlocking(context, named),
  ]);
  const { attempted, outcome } = await ask(context, named);
  await shown;
  if (outcome !== null) await finish(context, attempted, outcome);
}

/** Is it theirs, now? Any doubt, and any failure to find out, is a no. */
async function askOwnership(context: Context, clicked: Clicked, id: DeviceId) {
  const { person } = clicked;
  try {
    await keepClientSession(context, person);
    const [door, connected] = await Promise.all([
      context.seam.door(person.key, id),
      context.store.accounts.of(person.key),
    ]);
    return mayUnlock(door, connected);
  } catch (error) {
    context.log.warn({ user: person.userId, device: id, err: error }, 'ownership could not be asked');
    if (error instanceof StoreError) return { kind: 'no', outcome: failed('not_recorded') } as const;
    const known = toSeamError(error);
    return { kind: 'no', outcome: failed(reasonOf(known), null, known.waitMs) } as const;
  }
}

/** The one POST, and the waiting. An outcome of null: Latchbolt stops, and the next run settles it. */
async function ask(
  context: Context,
  unlock: Unlock,
): Promise<{ attempted: Unlock; outcome: Outcome | null }> {
  try {
    const attempt = await context.seam.unlock(unlock.deviceId);
    const attempted = { ...unlock, attemptId: attempt.id };
    await context.store.unlocks
      .attempted(unlock.id, attempt.id)
      .catch((error: unknown) =>
        context.log.error({ unlock: unlock.id, err: error }, 'an attempt was not written'),
      );
    return { attempted, outcome: outcomeOfAttempt(attempt) ?? (await waitForOutcome(context, attempt.id)) };
  } catch (error) {
    context.log.warn({ unlock: unlock.id, err: error }, 'an unlock request failed');
    return { attempted: unlock, outcome: outcomeOfFailedUnlock(toSeamError(error)) };
  }
}

async function showUnlocking(context: Context, unlock: Unlock): Promise<void> {
  const to = { userId: unlock.who.userId, responseUrl: unlock.responseUrl };
  const message = unlockingMessage(unlock.doorName);
  if (unlock.listingId === null) await context.messenger.post(to, message);
  else await context.doors.redraw(to, unlock.listingId, message);
}
