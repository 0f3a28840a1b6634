import type { Door } from '../domain/door.ts';
import { mayBeUnlocked } from '../domain/follow.ts';
import type { RunId } from '../domain/ids.ts';
import { MOVE_LIMITS, MOVE_WINDOW_MS, nextAllowed } from '../domain/limits.ts';
import { isConnected } from './accounts.ts';
import { outcomeColumn } from './columns.ts';
import type { Move, MoveRequest } from './move-row.ts';
import type { Runner } from './runner.ts';
import type { Database } from './schema.ts';

/**
 * Whether Seam may be asked to move the bolt now. `limited`: there were too many, the next may be at `until`, ms.
 * `not_yours`: its person has left the account. `paused`: they have stopped their own unlocks. `called_off`: what a timer
 * was to lock is not to be locked any more, and its row is gone, as nothing is written of a timer that is called off before
 * it rings. `lost`: the row is another run's by now.
 */
type Clearance =
  | { readonly kind: 'cleared'; readonly sentAt: number }
  | { readonly kind: 'limited'; readonly by: 'door' | 'person'; readonly until: number }
  | { readonly kind: 'not_yours' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'called_off' }
  | { readonly kind: 'lost' };

/** The last step before a door is opened. */
export interface Clearing {
  /**
   * Commits that Seam is about to be asked, with the door as Seam gave it with the proof of ownership. Seam may be asked
   * only after `cleared`.
   */
  clear(move: Move, door: Pick<Door, 'name' | 'accountId'>, now: number): Promise<Clearance>;
}

/** The gate before a request, for the rows of this `run`. It throws a StoreError when nothing can be written. */
export function createClearing(runner: Runner, run: RunId): Clearing {
  return {
    clear: (move, { name, accountId }, now) =>
      runner.atomically(async (db): Promise<Clearance> => {
        const mine = await db
          .selectFrom('move')
          .select('id')
          .where('id', '=', move.id)
          .where('state', '=', 'under_way')
          .where('run_id', '=', run)
          .where('sent_at', 'is', null)
          .executeTakeFirst();
        if (mine === undefined) return { kind: 'lost' };
        if (!(await isConnected(db, move.who, accountId))) return { kind: 'not_yours' };
        if (move.verb === 'unlock' && (await isPaused(db, move))) return { kind: 'paused' };
        if (move.via === 'timer' && (await isCalledOff(db, move, now))) {
          await db.deleteFrom('move').where('id', '=', move.id).execute();
          return { kind: 'called_off' };
        }
        const { door, person } = await recentlySent(db, move, now);
        const untilDoor = nextAllowed(door, MOVE_LIMITS.door, MOVE_WINDOW_MS, now);
        if (untilDoor !== null) return { kind: 'limited', by: 'door', until: untilDoor };
        const untilPerson = nextAllowed(person, MOVE_LIMITS.person, MOVE_WINDOW_MS, now);
        if (untilPerson !== null) return { kind: 'limited', by: 'person', until: untilPerson };
        const named = { door_name: name };
        await db.updateTable('move').set(named).where('joined_id', '=', move.id).execute();
        await db
          .updateTable('move')
          .set({ ...named, sent_at: now })
          .where('id', '=', move.id)
          .execute();
        return { kind: 'cleared', sentAt: now };
      }),
  };
}

/** When the same was sent to this door, and by this person to any door, within the window; oldest first. */
async function recentlySent(db: Database, { who, deviceId, verb }: MoveRequest, now: number) {
  const sent = db
    .selectFrom('move')
    .select('sent_at')
    .where('verb', '=', verb)
    .where('sent_at', '>', now - MOVE_WINDOW_MS)
    // What is dated later was written before a clock was set back.
    .where('sent_at', '<', now + MOVE_WINDOW_MS)
    .orderBy('sent_at');
  const ofDoor = await sent.where('device_id', '=', deviceId).execute();
  const ofPerson = await sent
    .where('scope', '=', who.scope)
    .where('slack_user_id', '=', who.userId)
    .execute();
  const moments = (rows: typeof ofDoor) => rows.flatMap(({ sent_at }) => sent_at ?? []);
  return { door: moments(ofDoor), person: moments(ofPerson) };
}

/** Asked at the last moment: whoever has lost a phone wants no unlock after it, and no PIN. */
export async function isPaused(db: Database, { who }: Pick<MoveRequest, 'who'>): Promise<boolean> {
  const row = await db
    .selectFrom('person')
    .select('paused_at')
    .where('scope', '=', who.scope)
    .where('slack_user_id', '=', who.userId)
    .executeTakeFirst();
  return row?.paused_at != null;
}

/**
 * Asked at the last moment: while the timer rang, they may have kept the door unlocked, or unlocked it anew, which has a
 * time of its own. Who has clicked for the same meanwhile wants it locked, whatever becomes of the timer.
 */
async function isCalledOff(db: Database, move: MoveRequest, now: number): Promise<boolean> {
  const joined = await db.selectFrom('move').select('id').where('joined_id', '=', move.id).executeTakeFirst();
  if (joined !== undefined) return false;
  const { who, deviceId } = move;
  const due = await db
    .selectFrom('follow')
    .select(['move_id', 'unlocked_at'])
    .where('scope', '=', who.scope)
    .where('slack_user_id', '=', who.userId)
    .where('device_id', '=', deviceId)
    .where('locks_at', '<=', now)
    .executeTakeFirst();
  if (due === undefined) return true;
  // One that has ended, and is only about to be followed.
  const newer = await db
    .selectFrom('move')
    .select('outcome')
    .where('scope', '=', who.scope)
    .where('slack_user_id', '=', who.userId)
    .where('device_id', '=', deviceId)
    .where('verb', '=', 'unlock')
    .where('state', '=', 'ended')
    .where('id', '!=', due.move_id)
    .where('ended_at', '>=', due.unlocked_at)
    .execute();
  return newer.some(({ outcome }) => outcome !== null && mayBeUnlocked(outcomeColumn.read(outcome)));
}
