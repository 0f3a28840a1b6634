import { type Code, type CodeStanding, isSameStanding } from '../domain/code.ts';
import type { StoredCode } from '../store/code-row.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** After how long a request for a code has been answered, or never will be, ms: longer than Seam may take for all of it. */
export const ASKED_FOR_MS = 20 * SECOND_MS;
/** How long a code whose answer was lost is looked for, ms. */
const LOOK_FOR_MS = 2 * MINUTE_MS;
/** For how long after its end a code is followed that the lock does not let go of, ms. */
const FOLLOW_AFTER_END_MS = 7 * DAY_MS;
/** How long something that was not told is told, ms. */
const TELL_FOR_MS = DAY_MS;

/** What became of a code that Seam does not know any more. */
export function standingWhenGone({ endsAt, revokedAt }: Code, now: number): CodeStanding {
  if (revokedAt !== null) return { kind: 'ended', why: 'revoked' };
  return { kind: 'ended', why: endsAt <= now ? 'expired' : 'removed_elsewhere' };
}

/** What became of a code that was asked for, and is not among those that Seam has. */
export function standingWhenNotFound({ sentAt }: Code, now: number): CodeStanding {
  return sentAt === null || now - sentAt > LOOK_FOR_MS
    ? { kind: 'ended', why: 'not_made' }
    : { kind: 'unknown' };
}

/** Whether somebody wanted it gone, and its lock was not asked for that: it was not known there yet. */
export function isToGo({ revokedAt, offline, standing }: Code): boolean {
  if (revokedAt === null || offline) return false;
  switch (standing.kind) {
    case 'asking':
    case 'unknown':
    case 'setting':
    case 'scheduled':
    case 'set':
    case 'failed':
      return true;
    case 'removing':
    case 'not_removed':
    case 'out_of_reach':
    case 'ended':
    case 'refused':
      return false;
  }
}

/** Whether time alone has ended it, so that Seam need not be asked. */
export function isTimedOut({ offline, endsAt, standing }: Code, now: number): boolean {
  if (offline || standing.kind === 'out_of_reach') return endsAt <= now;
  return endsAt + FOLLOW_AFTER_END_MS <= now;
}

/**
 * When a code is looked at next, ms; null for never. Often while something is to come of it, seldom where Seam tells us by
 * itself.
 */
export function nextLook(code: StoredCode, now: number, webhooks: boolean): number | null {
  const { standing, changedAt, startsAt, endsAt, offline, accessCodeId, revokedAt } = code;
  if (accessCodeId !== null && isToGo(code)) return now + pause(now - (revokedAt ?? now), webhooks);
  if (offline && isMade(standing)) return Math.max(endsAt, now + MINUTE_MS);
  const age = now - changedAt;
  switch (standing.kind) {
    case 'ended':
    case 'refused':
      return null;
    case 'out_of_reach':
      return Math.max(endsAt, now + MINUTE_MS);
    case 'asking':
    case 'unknown':
      return now + 10 * SECOND_MS;
    case 'setting':
    case 'removing':
      return now + (standing.delayed ? pauseForLong(age, webhooks) : pause(age, webhooks));
    case 'failed':
    case 'not_removed':
      return now + pauseForLong(age, webhooks);
    case 'scheduled':
      return startsAt !== null && startsAt > now
        ? startsAt + 30 * SECOND_MS
        : now + pause(now - (startsAt ?? changedAt), webhooks);
    case 'set':
      return endsAt > now ? endsAt + 30 * SECOND_MS : now + pauseForLong(now - endsAt, webhooks);
  }
}

/** Whether it is known that its maker has computed it, after which only time ends it. */
function isMade({ kind }: CodeStanding): boolean {
  return kind === 'set' || kind === 'scheduled';
}

/** While a lock learns or forgets a PIN, which takes seconds. */
function pause(ageMs: number, webhooks: boolean): number {
  if (ageMs < 10 * SECOND_MS) return (webhooks ? 4 : 1.5) * SECOND_MS;
  if (ageMs < MINUTE_MS) return (webhooks ? 30 : 5) * SECOND_MS;
  return pauseForLong(ageMs, webhooks);
}

/** While a lock is out of reach, which takes hours. */
function pauseForLong(ageMs: number, webhooks: boolean): number {
  if (webhooks) return 30 * MINUTE_MS;
  if (ageMs < 10 * MINUTE_MS) return MINUTE_MS;
  return ageMs < 2 * HOUR_MS ? 5 * MINUTE_MS : 30 * MINUTE_MS;
}

/**
 * What is to be told of a code now. `quiet`: the message that shows it is drawn anew. `loud`: the person hears of it.
 */
export function newsOf({ standing, told, changedAt }: StoredCode, now: number): 'none' | 'quiet' | 'loud' {
  if (told !== null && isSameStanding(told.standing, standing)) return 'none';
  if (now - changedAt > TELL_FOR_MS) return 'none';
  switch (standing.kind) {
    case 'asking':
    case 'out_of_reach':
      return 'none';
    case 'setting':
      return standing.delayed ? 'loud' : 'quiet';
    case 'removing':
      return standing.delayed ? 'loud' : 'quiet';
    case 'scheduled':
      return 'loud';
    case 'set':
      // That it has begun was said before.
      return told?.standing.kind === 'scheduled' ? 'quiet' : 'loud';
    case 'ended':
      return standing.why === 'expired' ? 'quiet' : 'loud';
    case 'unknown':
    case 'failed':
    case 'not_removed':
    case 'refused':
      return 'loud';
  }
}
