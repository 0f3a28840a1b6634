import type { RunId } from '../domain/ids.ts';
import { nextAllowed, UNLOCK_LIMITS, UNLOCK_WINDOW_MS } from '../domain/limits.ts';
import type { Runner } from './runner.ts';
import type { Database } from './schema.ts';
import type { Unlock, UnlockRequest } from './unlock-row.ts';

/**
 * Whether Seam may be asked to unlock now. `limited`: there were too many, the next may be at `until`, ms. `lost`: the
 * row is another run's by now.
 */
type Clearance =
  | { readonly kind: 'cleared'; readonly sentAt: number }
  | { readonly kind: 'limited'; readonly by: 'door' | 'person'; readonly until: number }
  | { readonly kind: 'lost' };

/** The last step before a door is opened. */
export interface Clearing {
  /**
   * Commits that Seam is about to be asked, with the door's name as it gave it with the proof of ownership. Seam may
   * be asked to unlock only after `cleared`.
   */
  clear(unlock: Unlock, doorName: string, now: number): Promise<Clearance>;
}

export function createClearing(runner: Runner, run: RunId): Clearing {
  return {
    clear: (unlock, doorName, now) =>
      runner.atomically(async (db): Promise<Clearance> => {
        const mine = await db
          .selectFrom('unlock')
          .select('id')
          .where('id', '=', unlock.id)
          .where('state', '=', 'under_way')
          .where('run_id', '=', run)
          .where('sent_at', 'is', null)
          .executeTakeFirst();
        if (mine === undefined) return { kind: 'lost' };
        const { door, person } = await recentlySent(db, unlock, now);
        const untilDoor = nextAllowed(door, UNLOCK_LIMITS.door, UNLOCK_WINDOW_MS, now);
        if (untilDoor !== null) return { kind: 'limited', by: 'door', until: untilDoor };
        const untilPerson = nextAllowed(person, UNLOCK_LIMITS.person, UNLOCK_WINDOW_MS, now);
        if (untilPerson !== null) return { kind: 'limited', by: 'person', until: untilPerson };
        const named = { door_name: doorName };
        await db.updateTable('unlock').set(named).where('joined_id', '=', unlock.id).execute();
        await db
          .updateTable('unlock')
          .set({ ...named, sent_at: now })
          .where('id', '=', unlock.id)
          .execute();
        return { kind: 'cleared', sentAt: now };
      }),
  };
}

/** When unlocks of this door, and by this person of any door, were sent within the window; oldest first. */
async function recentlySent(db: Database, { who, deviceId }: UnlockRequest, now: number) {
  const sent = db
    .selectFrom('unlock')
    .select('sent_at')
    .where('sent_at', '>', now - UNLOCK_WINDOW_MS)
    // What is dated later was written before a clock was set back.
    .where('sent_at', '<', now + UNLOCK_WINDOW_MS)
    .orderBy('sent_at');
  const ofDoor = await sent.where('device_id', '=', deviceId).execute();
  const ofPerson = await sent
    .where('scope', '=', who.scope)
    .where('slack_user_id', '=', who.userId)
    .execute();
  const moments = (rows: typeof ofDoor) => rows.flatMap(({ sent_at }) => sent_at ?? []);
  return { door: moments(ofDoor), person: moments(ofPerson) };
}
