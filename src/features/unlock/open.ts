import { keepClientSession } from '../../client-session.ts';
import type { Context } from '../../context.ts';
import { type DeviceId, type ListingId, unlockId } from '../../domain/ids.ts';
import { failed, type Outcome, type Refusal } from '../../domain/outcome.ts';
import type { Asked } from '../../feature.ts';
import { outcomeOfFailedUnlock, reasonOf, toSeamError } from '../../seam/errors.ts';
import { outcomeOfAttempt } from '../../seam/outcomes.ts';
import { StoreError } from '../../store/errors.ts';
import type { Listing } from '../../store/listings.ts';
import type { Unlock, UnlockRequest } from '../../store/unlock-row.ts';
import type { Begun } from '../../store/unlocks.ts';
import { mayNotAsk, mayUnlock, readButton } from './decide.ts';
import { finish, waitForOutcome } from './settle.ts';
import { showUnlocking, tell } from './tell.ts';
import { outcomeMessage, staleButton } from './view.ts';

/**
 * After so long between the decision and the request this process stood still, ms: another run may have taken over, and
 * its person may have asked again. Less than what makes a run count as dead.
 */
const STALL_MS = 5_000;

/** An unlock click, from the journal's row to the outcome. */
export async function open(context: Context, clicked: Asked): Promise<void> {
  const button = readButton(clicked.args);
  if (button === null) {
    await context.messenger.post(clicked, staleButton);
    return;
  }
  const { request, listing } = await requestOf(context, clicked, button);
  const why = mayNotAsk({ clicked, listing, now: context.time.now(), paused: context.unlocksPaused });
  if (why !== null) {
    await refuse(context, clicked, request, why);
    return;
  }
  const begun = await begin(context, clicked, request);
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
): Promise<{ request: UnlockRequest; listing: Listing | null }> {
  const { person, inOwnMessage, interaction, responseUrl, at } = clicked;
  const listing = inOwnMessage ? await doors.find(person, button.listingId).catch(() => null) : null;
  const request = {
    id: unlockId(newId()),
    interaction,
    who: person,
    deviceId: button.deviceId,
    listingId: listing?.id ?? null,
    responseUrl,
    requestedAt: at,
  };
  return { request, listing };
}

/** Refused before anything is asked of Seam; written down all the same. */
async function refuse(context: Context, clicked: Asked, request: UnlockRequest, why: Refusal) {
  const outcome = { kind: 'refused', why } as const;
  try {
    const refused = await context.store.unlocks.refuse(request, outcome);
    if (refused === null) return;
    context.metrics.unlockEnded(outcome);
    context.log.info({ user: clicked.userId, device: request.deviceId, why }, 'unlock refused');
    await tell(context, refused, outcome);
  } catch (error) {
    context.log.error(
      { user: clicked.userId, device: request.deviceId, err: error },
      'a refusal was not written down',
    );
    await context.messenger.post(clicked, outcomeMessage(null, outcome));
  }
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
    const outcome = failed('not_recorded');
    context.metrics.unlockEnded(outcome);
    await context.messenger.post(clicked, outcomeMessage(null, outcome));
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
  const began = context.time.elapsed();
  const cleared = await clear(context, named, permission.door.name);
  switch (cleared.kind) {
    case 'cleared': {
      const sent = { ...named, sentAt: cleared.sentAt };
      if (context.time.elapsed() - began > STALL_MS) {
        context.log.warn({ unlock: unlock.id }, 'an unlock was held up for too long, and was not sent');
        await finish(context, sent, failed('not_sent'));
        return;
      }
      // The door does not wait for it.
      const beside = showUnlocking(context, sent);
      const { attempted, outcome } = await ask(context, sent);
      if (outcome !== null) await finish(context, attempted, outcome, beside);
      return;
    }
    case 'no':
      await finish(context, named, cleared.outcome);
      return;
    case 'lost':
      // This run was taken for dead: the one that took over tells.
      context.log.warn({ unlock: unlock.id }, 'an unlock is looked after by another run');
      return;
  }
}

/** The last thing before the request: that it may be sent, and that it is written down. */
async function clear(context: Context, unlock: Unlock, doorName: string) {
  const no = (outcome: Outcome) => ({ kind: 'no', outcome }) as const;
  const now = context.time.now();
  try {
    const cleared = await context.store.unlocks.clear(unlock, doorName, now);
    if (cleared.kind !== 'limited') return cleared;
    return no(failed(cleared.by === 'door' ? 'door_limit' : 'person_limit', null, cleared.until - now));
  } catch (error) {
    context.log.error({ unlock: unlock.id, err: error }, 'an unlock could not be written down');
    return no(failed('not_recorded'));
  }
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
