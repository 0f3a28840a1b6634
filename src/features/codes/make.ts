import { ASKED_FOR_MS, nextLook } from '../../codes/decide.ts';
import { lookAt } from '../../codes/follow.ts';
import { note } from '../../codes/look.ts';
import { inTurn } from '../../codes/turn.ts';
import type { Context } from '../../context.ts';
import {
  type CodeRefusal,
  type CodeStanding,
  type CodeWindow,
  nameOnLock,
  offlineWindow,
  pinLength,
  takesCodes,
} from '../../domain/code.ts';
import type { Door } from '../../domain/door.ts';
import { codeId, type DeviceId, type InteractionId } from '../../domain/ids.ts';
import { ownDoor } from '../../finding/own.ts';
import { standingOfFailure } from '../../seam/code-standing.ts';
import { reasonOf, toSeamError } from '../../seam/errors.ts';
import type { Recipient } from '../../slack/messenger.ts';
import type { CodeRequest, StoredCode } from '../../store/code-row.ts';
import type { CodeBegun } from '../../store/codes.ts';
import { StoreError } from '../../store/errors.ts';
import type { StoredPerson } from '../../store/people.ts';
import { sentences } from '../../views/blocks.ts';
import { codeMessage, codeRefusalLine } from '../../views/code.ts';
import { stopOf } from './decide.ts';
import { tell } from './tell.ts';

/**
 * After so long between the decision and the request this process stood still, ms. Less than it takes until the request
 * counts as never sent.
 */
const STALL_MS = 5_000;

/** Somebody wants a code. `Recipient`: whom the answer is for, and the interaction's own way to them. */
export interface CodeAsked extends Recipient {
  readonly person: StoredPerson;
  readonly deviceId: DeviceId;
  readonly window: CodeWindow;
  readonly guest: string | null;
  /** One of these is one code, however often it comes. */
  readonly interaction: InteractionId;
  readonly at: number;
}

/**
 * Makes a code for somebody, from its row to Seam's answer; from there on it is followed. Ownership is asked of Seam right
 * before; one POST at most, whatever happens.
 */
export async function makeCode(context: Context, wanted: CodeAsked): Promise<void> {
  const { person, deviceId, window, guest, interaction, responseUrl, at } = wanted;
  const id = codeId(context.newId());
  const request: CodeRequest = {
    ...{ id, who: person, deviceId, guest, interaction, responseUrl, requestedAt: at },
    startsAt: window.startsAt,
    endsAt: window.endsAt,
  };
  await inTurn(id, async () => {
    const begun = await begin(context, wanted, request);
    if (begun === null) return;
    if (begun.kind === 'there') {
      // Clicked twice: they see what the first click has come to.
      await context.messenger.post(wanted, codeMessage(begun.code));
      return;
    }
    const asked = await ask(context, person, begun.code);
    try {
      await follow(context, asked);
    } catch (error) {
      // The timer that was set first tells it again.
      context.log.warn({ codeId: id, err: error }, 'a code was not followed at once');
    }
  });
}

/** Commits the row, and who looks after it. Null when it cannot be written: then nothing is made, and they know. */
async function begin(context: Context, to: Recipient, request: CodeRequest): Promise<CodeBegun | null> {
  const { store, time, messenger, log } = context;
  try {
    // First: a row that nobody looks after would never be told.
    await lookAt(context, request.id, time.now() + ASKED_FOR_MS);
    return await store.codes.begin(request);
  } catch (error) {
    log.error({ user: to.userId, device: request.deviceId, err: error }, 'a code was not begun');
    await messenger.post(to, sentences(`No code was made. ${codeRefusalLine('not_recorded', null)}`));
    return null;
  }
}

/** The one POST, if it may be sent; how the code stands after it. */
async function ask(context: Context, person: StoredPerson, code: StoredCode): Promise<StoredCode> {
  const { seam, time, messenger, log, unlocksPaused } = context;
  const stop = stopOf(person, unlocksPaused);
  if (stop !== null) return stand(context, code, refused(stop));
  const owned = await askOwnership(context, person, code);
  if (owned.kind === 'no') return stand(context, code, owned.standing);
  const { door } = owned;
  const began = time.elapsed();
  const cleared = await clear(context, code, door);
  if (cleared.kind === 'no') return stand(context, code, cleared.standing);
  const sent = cleared.code;
  if (time.elapsed() - began > STALL_MS) {
    log.warn({ codeId: code.id }, 'a code was held up for too long, and was not asked for');
    return stand(context, sent, refused('not_sent'));
  }
  // The lock does not wait for it.
  const hint = messenger.hint({ userId: person.userId, responseUrl: sent.responseUrl }, codeMessage(sent), {
    inPlace: false,
  });
  try {
    const made = await seam.createCode({
      deviceId: sent.deviceId,
      name: sent.lockName ?? '',
      startsAt: sent.startsAt,
      endsAt: sent.endsAt,
      digits: sent.offline ? null : pinLength(door.codes.lengths),
      offline: sent.offline ? { daily: offlineWindow(sent, time.now()).daily } : null,
    });
    await hint;
    return await note(context, sent, made);
  } catch (error) {
    log.warn({ codeId: code.id, err: error }, 'the request for a code failed');
    await hint;
    return stand(context, sent, standingOfFailure(toSeamError(error), sent.offline));
  }
}

/** Is it theirs, now, and does it take codes? Any doubt, and any failure to find out, is a no. */
async function askOwnership(context: Context, person: StoredPerson, code: StoredCode) {
  const no = (standing: CodeStanding) => ({ kind: 'no', standing }) as const;
  try {
    const door = await ownDoor(context, person, code.deviceId);
    if (door === null) return no(refused('not_yours'));
    return takesCodes(door) ? ({ kind: 'yes', door } as const) : no(refused('no_codes'));
  } catch (error) {
    context.log.warn(
      { user: person.userId, device: code.deviceId, err: error },
      'ownership could not be asked',
    );
    if (error instanceof StoreError) return no(refused('not_recorded'));
    const known = toSeamError(error);
    return no(refused(reasonOf(known), known.waitMs));
  }
}

/** The last thing before the request: that it may be sent, and that it is written down. */
async function clear(context: Context, code: StoredCode, door: Door) {
  const no = (standing: CodeStanding) => ({ kind: 'no', standing }) as const;
  const now = context.time.now();
  const offline = !door.codes.online;
  const { startsAt, endsAt } = offline ? offlineWindow(code, now) : code;
  const facts = {
    ...{ startsAt, endsAt, offline, doorName: door.name, accountId: door.accountId },
    lockName: nameOnLock(code, door.codes.longestName),
  };
  try {
    const cleared = await context.store.codes.clear(code, facts, now);
    switch (cleared.kind) {
      case 'cleared':
        return cleared;
      case 'limited':
        return no(refused(cleared.by === 'door' ? 'door_limit' : 'person_limit', cleared.until - now));
      case 'not_yours':
        return no(refused('not_yours'));
      case 'paused':
        return no(refused('paused_by_you'));
      case 'lost':
        return no(refused('not_sent'));
    }
  } catch (error) {
    context.log.error({ codeId: code.id, err: error }, 'a code could not be written down');
    return no(refused('not_recorded'));
  }
}

function refused(why: CodeRefusal, waitMs: number | null = null): CodeStanding {
  return { kind: 'refused', why, waitMs };
}

async function stand({ store, time, log }: Context, code: StoredCode, standing: CodeStanding) {
  const why = 'why' in standing ? standing.why : null;
  log.info(
    { user: code.who.userId, device: code.deviceId, standing: standing.kind, why },
    'no code was made',
  );
  return (await store.codes.stand(code.id, standing, time.now())) ?? code;
}

/** Tells what is new of a code, and sees to it that it is looked at again. */
async function follow(context: Context, code: StoredCode): Promise<void> {
  const next = nextLook(code, context.time.now(), context.seamWebhooks);
  if (next !== null) await lookAt(context, code.id, next);
  await tell(context, code);
}
