import { keepClientSession } from '../client-session.ts';
import type { Context } from '../context.ts';
import type { Door } from '../domain/door.ts';
import {
  type DeviceId,
  type ExecutionId,
  type InteractionId,
  type ListingId,
  moveId,
} from '../domain/ids.ts';
import type { Verb, Via } from '../domain/move.ts';
import { failed, type Outcome, type Refusal } from '../domain/outcome.ts';
import { outcomeOfFailedMove, reasonOf, toSeamError } from '../seam/errors.ts';
import { outcomeOfAttempt } from '../seam/outcomes.ts';
import type { Recipient } from '../slack/messenger.ts';
import { StoreError } from '../store/errors.ts';
import type { Move, MoveRequest } from '../store/move-row.ts';
import type { Begun } from '../store/moves.ts';
import type { StoredPerson } from '../store/people.ts';
import { mayMove, mayNotAsk } from './decide.ts';
import { leaveModal, waitIn } from './modal.ts';
import { finish, waitForOutcome } from './settle.ts';
import { sayAway, showUnderWay, tell } from './tell.ts';
import { outcomeMessage } from './view.ts';

/**
 * After so long between the decision and the request this process stood still, ms: another run may have taken over, and
 * its person may have asked again. Less than what makes a run count as dead.
 */
const STALL_MS = 5_000;

/** Somebody wants a bolt moved. `Recipient`: whom the outcome is for, and the interaction's own way to them. */
export interface MoveAsked extends Recipient {
  readonly person: StoredPerson;
  readonly verb: Verb;
  readonly via: Via;
  readonly deviceId: DeviceId;
  /** One of these is one move, however often it comes. */
  readonly interaction: InteractionId;
  readonly at: number;
  /** When what they clicked in was made, ms: a button works for 12 hours. Null for unknown, which counts as old. */
  readonly madeAt: number | null;
  /** The list in which the outcome is shown; null shows it in a message of its own. */
  readonly listingId: ListingId | null;
  /** The modal that stays open for the outcome, which is told in a message where that is gone. */
  readonly viewId?: string;
  /** The step of a workflow that waits for it, where there is one. */
  readonly executionId?: ExecutionId;
}

/**
 * Moves a bolt for somebody, from the journal's row to the outcome, which they are told. Ownership is asked of Seam right
 * before; one POST at most, whatever happens. The only way in which anything here unlocks or locks a door.
 */
export async function askToMove(context: Context, asked: MoveAsked): Promise<void> {
  const request = requestOf(context, asked);
  if (asked.viewId !== undefined) waitIn(request.id, asked.viewId);
  const why = mayNotAsk(asked, { now: context.time.now(), paused: context.unlocksPaused });
  if (why !== null) {
    await refuse(context, request, why);
    return;
  }
  const begun = await begin(context, request);
  switch (begun?.kind) {
    case 'begun':
      await send(context, asked.person, begun.move);
      leaveModal(request.id);
      return;
    case 'joined':
      await showUnderWay(context, begun.move);
      return;
    case 'crossed':
      context.metrics.moveEnded(request.verb, begun.outcome);
      await tell(context, begun.move, begun.outcome);
      return;
    case 'duplicate':
      // Its first delivery answers.
      leaveModal(request.id);
      return;
    case undefined:
      // Nothing could be written, and the person knows.
      return;
  }
}

function requestOf({ newId }: Context, asked: MoveAsked): MoveRequest {
  const { person, interaction, deviceId, verb, via, listingId, responseUrl, at } = asked;
  const id = moveId(newId());
  const row = { id, interaction, who: person, deviceId, verb, via, listingId, responseUrl, requestedAt: at };
  return { ...row, executionId: asked.executionId ?? null };
}

/** Refused before anything is asked of Seam; written down all the same. */
async function refuse(context: Context, request: MoveRequest, why: Refusal) {
  const outcome = { kind: 'refused', why } as const;
  const { verb, deviceId } = request;
  const { userId } = request.who;
  try {
    const refused = await context.store.moves.refuse(request, outcome);
    if (refused === null) return;
    context.metrics.moveEnded(verb, outcome);
    context.log.info({ user: userId, device: deviceId, why }, `${verb} refused`);
    await tell(context, refused, outcome);
  } catch (error) {
    context.log.error({ user: userId, device: deviceId, err: error }, 'a refusal was not written down');
    await sayAway(context, request, outcomeMessage(verb, null, outcome));
  }
}

/** Commits the row. Null when the journal cannot be written: then nothing is moved. */
async function begin(context: Context, request: MoveRequest): Promise<Begun | null> {
  try {
    return await context.store.moves.begin(request);
  } catch (error) {
    const { verb, deviceId, who } = request;
    context.log.error({ user: who.userId, device: deviceId, err: error }, `${verb} was not begun`);
    const outcome = failed('not_recorded');
    context.metrics.moveEnded(verb, outcome);
    await sayAway(context, request, outcomeMessage(verb, null, outcome));
    return null;
  }
}

async function send(context: Context, person: StoredPerson, move: Move): Promise<void> {
  const permission = await askOwnership(context, person, move);
  if (permission.kind === 'no') {
    await finish(context, move, permission.outcome);
    return;
  }
  const named = { ...move, doorName: permission.door.name };
  const began = context.time.elapsed();
  const cleared = await clear(context, named, permission.door);
  switch (cleared.kind) {
    case 'cleared': {
      const sent = { ...named, sentAt: cleared.sentAt };
      if (context.time.elapsed() - began > STALL_MS) {
        context.log.warn({ move: move.id }, `${move.verb} was held up for too long, and was not sent`);
        await finish(context, sent, failed('not_sent'));
        return;
      }
      // The door does not wait for it.
      const beside = showUnderWay(context, sent);
      const { attempted, outcome } = await ask(context, sent);
      if (outcome !== null) await finish(context, attempted, outcome, beside);
      return;
    }
    case 'no':
      await finish(context, named, cleared.outcome);
      return;
    case 'called_off':
      context.log.info({ move: move.id }, `${move.verb} was called off before it was sent`);
      return;
    case 'lost':
      // This run was taken for dead: the one that took over tells.
      context.log.warn({ move: move.id }, `${move.verb} is looked after by another run`);
      return;
  }
}

/** The last thing before the request: that it may be sent, and that it is written down. */
async function clear(context: Context, move: Move, door: Door) {
  const no = (outcome: Outcome) => ({ kind: 'no', outcome }) as const;
  const now = context.time.now();
  try {
    const cleared = await context.store.moves.clear(move, door, now);
    if (cleared.kind === 'not_yours') return no({ kind: 'refused', why: 'not_yours' });
    if (cleared.kind === 'paused') return no({ kind: 'refused', why: 'paused_by_you' });
    if (cleared.kind !== 'limited') return cleared;
    return no(failed(cleared.by === 'door' ? 'door_limit' : 'person_limit', null, cleared.until - now));
  } catch (error) {
    context.log.error({ move: move.id, err: error }, `${move.verb} could not be written down`);
    return no(failed('not_recorded'));
  }
}

/** Is it theirs, now? Any doubt, and any failure to find out, is a no. */
async function askOwnership(context: Context, person: StoredPerson, { deviceId, verb }: Move) {
  try {
    await keepClientSession(context, person);
    const door = await context.seam.door(person.key, deviceId);
    // Read last: while Seam took its time, the person may have disconnected the account.
    return mayMove(door, verb, await context.store.accounts.of(person.key));
  } catch (error) {
    context.log.warn({ user: person.userId, device: deviceId, err: error }, 'ownership could not be asked');
    if (error instanceof StoreError) return { kind: 'no', outcome: failed('not_recorded') } as const;
    const known = toSeamError(error);
    return { kind: 'no', outcome: failed(reasonOf(known), null, known.waitMs) } as const;
  }
}

/** The one POST, and the waiting. An outcome of null: Latchbolt stops, and the next run settles it. */
async function ask(context: Context, move: Move): Promise<{ attempted: Move; outcome: Outcome | null }> {
  const { seam, store, log } = context;
  try {
    const attempt = await seam.move(move.deviceId, move.verb);
    const attempted = { ...move, attemptId: attempt.id };
    await store.moves
      .attempted(move.id, attempt.id)
      .catch((error: unknown) => log.error({ move: move.id, err: error }, 'an attempt was not written'));
    return {
      attempted,
      outcome: outcomeOfAttempt(attempt) ?? (await waitForOutcome(context, move.verb, attempt.id)),
    };
  } catch (error) {
    log.warn({ move: move.id, err: error }, `the request to ${move.verb} failed`);
    return { attempted: move, outcome: outcomeOfFailedMove(toSeamError(error)) };
  }
}
