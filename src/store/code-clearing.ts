import type { Code } from '../domain/code.ts';
import { CODE_LIMITS, MOVE_WINDOW_MS, nextAllowed } from '../domain/limits.ts';
import { isConnected } from './accounts.ts';
import { isPaused } from './clearing.ts';
import type { codeRows, StoredCode } from './code-row.ts';
import type { Runner } from './runner.ts';
import type { Database } from './schema.ts';

/** What is known of a code once its door was asked of Seam. */
type CodeFacts = Pick<Code, 'startsAt' | 'endsAt' | 'offline'> & {
  readonly doorName: string;
  readonly accountId: NonNullable<Code['accountId']>;
  readonly lockName: string;
};

/**
 * Whether Seam may be asked for the code now. `limited`: there were too many, the next may be at `until`, ms. `not_yours`: its
 * person has left the account. `paused`: they have stopped their own unlocks. `lost`: it was sent before, or is not
 * wanted any more.
 */
type CodeClearance =
  | { readonly kind: 'cleared'; readonly code: StoredCode }
  | { readonly kind: 'limited'; readonly by: 'door' | 'person'; readonly until: number }
  | { readonly kind: 'not_yours' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'lost' };

/** The last step before a code is asked for. */
export interface CodeClearing {
  /** Commits that Seam is about to be asked for it, which may be done only after `cleared`. */
  clear(code: Code, facts: CodeFacts, now: number): Promise<CodeClearance>;
}

/** The gate before a code is asked for. It throws a StoreError when nothing can be written. */
export function createCodeClearing(
  runner: Runner,
  rows: Pick<ReturnType<typeof codeRows>, 'read'>,
): CodeClearing {
  return {
    clear: (code, facts, now) =>
      runner.atomically(async (db): Promise<CodeClearance> => {
        const row = await db.selectFrom('code').selectAll().where('id', '=', code.id).executeTakeFirst();
        if (row === undefined || row.over === 1 || row.sent_at !== null) return { kind: 'lost' };
        // Its person has left meanwhile, say: who revoked it found nothing to take off the lock.
        if (row.revoked_at !== null) return { kind: 'lost' };
        if (await isPaused(db, code)) return { kind: 'paused' };
        if (!(await isConnected(db, code.who, facts.accountId))) return { kind: 'not_yours' };
        const { door, person } = await recentlySent(db, code, now);
        const untilDoor = nextAllowed(door, CODE_LIMITS.door, MOVE_WINDOW_MS, now);
        if (untilDoor !== null) return { kind: 'limited', by: 'door', until: untilDoor };
        const untilPerson = nextAllowed(person, CODE_LIMITS.person, MOVE_WINDOW_MS, now);
        if (untilPerson !== null) return { kind: 'limited', by: 'person', until: untilPerson };
        const set = {
          door_name: facts.doorName,
          connected_account_id: facts.accountId,
          lock_name: facts.lockName,
          starts_at: facts.startsAt,
          ends_at: facts.endsAt,
          offline: facts.offline ? 1 : 0,
          sent_at: now,
        };
        await db.updateTable('code').set(set).where('id', '=', code.id).execute();
        return { kind: 'cleared', code: rows.read({ ...row, ...set }) };
      }),
  };
}

/** When codes were asked for of this lock, and by this person, within the window; oldest first. */
async function recentlySent(db: Database, { who, deviceId }: Code, now: number) {
  const sent = db
    .selectFrom('code')
    .select('sent_at')
    .where('sent_at', '>', now - MOVE_WINDOW_MS)
    // What is dated later was written before a clock was set back.
    .where('sent_at', '<', now + MOVE_WINDOW_MS)
    .orderBy('sent_at');
  const ofDoor = await sent.where('device_id', '=', deviceId).execute();
  const ofPerson = await sent
    .where('scope', '=', who.scope)
    .where('slack_user_id', '=', who.userId)
    .execute();
  const moments = (found: typeof ofDoor) => found.flatMap(({ sent_at }) => sent_at ?? []);
  return { door: moments(ofDoor), person: moments(ofPerson) };
}
