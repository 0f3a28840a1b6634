import type { Selectable } from 'kysely';
import {
  type DeviceId,
  deviceId,
  installationScope,
  type MoveId,
  moveId,
  slackUserId,
} from '../domain/ids.ts';
import type { SlackIdentity } from '../domain/person.ts';
import type { Sent } from '../slack/messenger.ts';
import type { Schema } from './schema.ts';

/** A door that is followed after an unlock, so that its person is told what became of it. */
export interface Follow {
  /** The unlock that it began with. */
  readonly moveId: MoveId;
  readonly who: SlackIdentity;
  readonly deviceId: DeviceId;
  readonly doorName: string;
  /** Whether it can be locked from afar, as far as is known. */
  readonly canLock: boolean;
  /** Where it is shown: in the list that was clicked in, in Home, or on a card of its own. */
  readonly place: 'list' | 'home' | 'card';
  /** When the unlock ended, ms. */
  readonly unlockedAt: number;
  /** The moment, ms, of the newest thing that its list or card shows. */
  readonly shownAt: number;
  /** How often its list can still be changed. */
  readonly postsLeft: number;
  /** When it is to be locked again by itself, ms; null when it is not, or not any more. */
  readonly locksAt: number | null;
  /** How often that was tried in vain. */
  readonly lockTries: number;
  /** The card, once it was sent; or the message that is to become it. */
  readonly card: Sent | null;
  /** The last message about it that is still open: a reminder, or a lock that failed. */
  readonly note: Sent | null;
}

/** What of it can change. */
export type FollowChange = Partial<
  Pick<Follow, 'canLock' | 'place' | 'shownAt' | 'locksAt' | 'card' | 'note'>
>;

/** Its row. */
export function rowOf(follow: Follow): Schema['follow'] {
  const { moveId: id, who, deviceId: door, doorName, unlockedAt, postsLeft, lockTries } = follow;
  return {
    move_id: id,
    scope: who.scope,
    slack_user_id: who.userId,
    device_id: door,
    door_name: doorName,
    can_lock: follow.canLock ? 1 : 0,
    place: follow.place,
    unlocked_at: unlockedAt,
    shown_at: follow.shownAt,
    posts_left: postsLeft,
    locks_at: follow.locksAt,
    lock_tries: lockTries,
    card_channel: follow.card?.channelId ?? null,
    card_ts: follow.card?.ts ?? null,
    note_channel: follow.note?.channelId ?? null,
    note_ts: follow.note?.ts ?? null,
  };
}

/** The columns of what changes. */
export function columnsOf({
  canLock,
  place,
  shownAt,
  locksAt,
  card,
  note,
}: FollowChange): Partial<Schema['follow']> {
  return {
    ...(canLock === undefined ? {} : { can_lock: canLock ? 1 : 0 }),
    ...(place === undefined ? {} : { place }),
    ...(shownAt === undefined ? {} : { shown_at: shownAt }),
    ...(locksAt === undefined ? {} : { locks_at: locksAt }),
    ...(card === undefined ? {} : { card_channel: card?.channelId ?? null, card_ts: card?.ts ?? null }),
    ...(note === undefined ? {} : { note_channel: note?.channelId ?? null, note_ts: note?.ts ?? null }),
  };
}

/** A row, read back. */
export function followOf(row: Selectable<Schema['follow']>): Follow {
  return {
    moveId: moveId(row.move_id),
    who: { scope: installationScope(row.scope), userId: slackUserId(row.slack_user_id) },
    deviceId: deviceId(row.device_id),
    doorName: row.door_name,
    canLock: row.can_lock === 1,
    place: row.place,
    unlockedAt: row.unlocked_at,
    shownAt: row.shown_at,
    postsLeft: row.posts_left,
    locksAt: row.locks_at,
    lockTries: row.lock_tries,
    card: sentOf(row.card_channel, row.card_ts),
    note: sentOf(row.note_channel, row.note_ts),
  };
}

function sentOf(channelId: string | null, ts: string | null): Sent | null {
  return channelId === null || ts === null ? null : { channelId, ts };
}
