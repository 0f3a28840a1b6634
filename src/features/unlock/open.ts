import { keepClientSession } from '../../client-session.ts';
import type { Context } from '../../context.ts';
import { type DeviceId, type ListingId, unlockId } from '../../domain/ids.ts';
import { failed, type Outcome } from '../../domain/outcome.ts';
import type { Asked } from '../../feature.ts';
import { outcomeOfFailedUnlock, reasonOf, toSeamError } from '../../seam/errors.ts';
import { outcomeOfAttempt } from '../../seam/outcomes.ts';
import { StoreError } from '../../store/errors.ts';
import type { Unlock, UnlockRequest } from '../../store/unlock-row.ts';
import type { Begun } from '../../store/unlocks.ts';
import { mayUnlock, readButton } from './decide.ts';
import { finish, waitForOutcome } from './settle.ts';
import { showUnlocking } from './tell.ts';
import { outcomeMessage, staleButton } from './view.ts';

/** An unlock click, from the journal's row to the outcome. */
export async function open(context: Context, clicked: Asked): Promise<void> {
  const button = readButton(clicked.args);
  if (button === null) {
    await context.messenger.post(clicked, staleButton);
    return;
  }
  const begun = await begin(context, clicked, await requestOf(context, clicked, button));
  switch (begun?.kind) {
    case 'begun':
      await send(context, clicked, begun.unlock);
      return;
    case 'joined':
      await showUnlocking(context, begun.unlock);
      return;
    case 'duplicate':
      // Its first delivery answers.
      return;
    case undefined:
      // Nothing could be written, and the person knows.
      return;
  }
}

async function requestOf(
  { doors, newId }: Context,
  clicked: Asked,
  button: { listingId: ListingId; deviceId: DeviceId },
): Promise<UnlockRequest> {
  const { person, inOwnMessage, interaction, responseUrl, at } = clicked;
  const listing = inOwnMessage ? await doors.find(person, button.listingId).catch(() => null) : null;
  return {
    id: unlockId(newId()),
    interaction,
    who: person,
    deviceId: button.deviceId,
    listingId: listing?.id ?? null,
    responseUrl,
    requestedAt: at,
  };
}

/** Commits the row. Null when the journal cannot be written: then nothing is unlocked. */
async function begin(context: Context, clicked: Asked, request: UnlockRequest): Promise<Begun | null> {
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

async function send(context: Context, clicked: Asked, unlock: Unlock): Promise<void> {
  const permission = await askOwnership(context, clicked, unlock.deviceId);
  if (permission.kind === 'no') {
    await finish(context, unlock, permission.outcome);
    return;
  }
  const named = { ...unlock, doorName: permission.door.name };
  // Neither holds up the door.
  const beside = Promise.allSettled([
    context.store.unlocks.named(unlock.id, permission.door.name),
    showUnlocking(context, named),
  ]);
  const { attempted, outcome } = await ask(context, named);
  if (outcome !== null) await finish(context, attempted, outcome, beside);
}

/** Is it theirs, now? Any doubt, and any failure to find out, is a no. */
async function askOwnership(context: Context, { person }: Asked, id: DeviceId) {
  try {
    await keepClientSession(context, person);
    const door = await context.seam.door(person.key, id);
    // Read last: while Seam took its time, the person may have disconnected the account.
    return mayUnlock(door, await context.store.accounts.of(person.key));
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
  const { seam, store, log } = context;
  try {
    const attempt = await seam.unlock(unlock.deviceId);
    const attempted = { ...unlock, attemptId: attempt.id };
    await store.unlocks
      .attempted(unlock.id, attempt.id)
      .catch((error: unknown) => log.error({ unlock: unlock.id, err: error }, 'an attempt was not written'));
    return { attempted, outcome: outcomeOfAttempt(attempt) ?? (await waitForOutcome(context, attempt.id)) };
  } catch (error) {
    log.warn({ unlock: unlock.id, err: error }, 'an unlock request failed');
    return { attempted: unlock, outcome: outcomeOfFailedUnlock(toSeamError(error)) };
  }
}
