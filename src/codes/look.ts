import type { Context } from '../context.ts';
import { type CodeStanding, isOver } from '../domain/code.ts';
import { standingOf } from '../seam/code-standing.ts';
import type { AccessCode } from '../seam/port.ts';
import type { StoredCode } from '../store/code-row.ts';
import { ASKED_FOR_MS, isTimedOut, isToGo, standingWhenGone, standingWhenNotFound } from './decide.ts';

/**
 * Asks Seam how a code stands, and writes that down. One call at most, or none; and those that end it, where it is to go.
 * Throws a SeamError.
 */
export async function look(context: Context, code: StoredCode): Promise<StoredCode> {
  const now = context.time.now();
  if (isOver(code.standing)) return code;
  if (isTimedOut(code, now)) return write(context, code, { kind: 'ended', why: 'expired' });
  if (code.standing.kind === 'out_of_reach') return code;
  if (code.accessCodeId === null) return lookFor(context, code);
  const known = await context.seam.code(code.accessCodeId);
  return known === null
    ? write(context, code, standingWhenGone(code, now))
    : noteAndEnd(context, code, known);
}

/** The same for several, with one call for those of which Seam knows the ids. */
export async function lookAtEach(
  context: Context,
  codes: readonly StoredCode[],
): Promise<readonly StoredCode[]> {
  const ids = codes
    .filter(({ standing }) => !isOver(standing))
    .flatMap(({ accessCodeId }) => accessCodeId ?? []);
  const known = new Map((await context.seam.codes(ids)).map((one) => [one.id, one]));
  const looked: StoredCode[] = [];
  for (const code of codes) {
    const found = code.accessCodeId === null ? undefined : known.get(code.accessCodeId);
    // One that a list does not have may only have been unreadable: it is asked about by itself.
    const isListed = found !== undefined && code.standing.kind !== 'out_of_reach';
    looked.push(isListed ? await note(context, code, found) : await look(context, code));
  }
  return looked;
}

/** Writes down what Seam says of a code. */
export function note(context: Context, code: StoredCode, known: AccessCode): Promise<StoredCode> {
  return write(context, code, standingOf(known, code.standing), known);
}

/**
 * Finds a code by its name on the lock, where the answer to our request was lost or never waited for: there is no second
 * request.
 */
async function lookFor(context: Context, code: StoredCode): Promise<StoredCode> {
  const { seam, time } = context;
  const { sentAt, lockName, deviceId, standing } = code;
  const now = time.now();
  const isAsked = sentAt !== null && lockName !== null;
  if (!isAsked) {
    if (now - code.requestedAt < ASKED_FOR_MS) return code;
    return write(context, code, { kind: 'refused', why: 'not_sent', waitMs: null });
  }
  // Whoever asks may still be waiting for the answer.
  if (standing.kind === 'asking' && now - sentAt < ASKED_FOR_MS) return code;
  const found = (await seam.codesOf(deviceId)).find(({ name }) => name === lockName);
  if (found === undefined) return write(context, code, standingWhenNotFound(code, now));
  return noteAndEnd(context, code, found);
}

/**
 * The same; and asks the lock to forget a code that somebody wanted gone before it was known here: nobody else would. The
 * row says so, since another process may have written that while Seam was asked.
 */
async function noteAndEnd(context: Context, code: StoredCode, known: AccessCode): Promise<StoredCode> {
  const { seam, time, log } = context;
  const noted = await note(context, code, known);
  if (!isToGo(noted)) return noted;
  await seam.deleteCode(known.id);
  log.info({ codeId: code.id, device: code.deviceId }, 'a code was revoked that was made meanwhile');
  const left = await seam.code(known.id);
  if (left === null) return write(context, noted, standingWhenGone(noted, time.now()));
  return note(context, noted, left);
}

async function write(
  { store, time, log }: Context,
  code: StoredCode,
  standing: CodeStanding,
  known?: AccessCode,
): Promise<StoredCode> {
  const written = await store.codes.stand(code.id, standing, time.now(), known?.id);
  if (written === null) throw new TypeError('a code that was just read is not there any more');
  if (written.standing.kind !== code.standing.kind) {
    const why = 'why' in standing ? standing.why : null;
    log.info(
      { codeId: code.id, device: code.deviceId, standing: standing.kind, why },
      'a code stands otherwise',
    );
  }
  return written;
}
