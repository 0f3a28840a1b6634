import type { Selectable } from 'kysely';
import {
  type ActionAttemptId,
  actionAttemptId,
  type DeviceId,
  deviceId,
  type InteractionId,
  installationScope,
  interactionId,
  type ListingId,
  listingId,
  slackUserId,
  type UnlockId,
  unlockId,
} from '../domain/ids.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { SlackIdentity } from '../domain/person.ts';
import type { Sealer } from '../seal.ts';
import type { ResponseUrl } from '../slack/response-url.ts';
import { outcomeColumn } from './columns.ts';
import { responseUrlColumns } from './response-url.ts';
import type { Runner } from './runner.ts';
import type { Database, Schema } from './schema.ts';

/** What is written before anything is asked of Seam. */
export interface UnlockRequest {
  readonly id: UnlockId;
  readonly interaction: InteractionId;
  readonly who: SlackIdentity;
  readonly deviceId: DeviceId;
  /** The message that it was clicked in, when that message is the person's own. */
  readonly listingId: ListingId | null;
  readonly responseUrl: ResponseUrl | null;
  readonly requestedAt: number;
}

/** A row of the journal. */
export interface Unlock extends UnlockRequest {
  readonly state: 'under_way' | 'ended' | 'joined';
  /** As it was when ownership was asked; null until then, and for a refusal for good. */
  readonly doorName: string | null;
  readonly attemptId: ActionAttemptId | null;
  readonly outcome: Outcome | null;
  readonly endedAt: number | null;
}

/** What became of a click: it began an unlock, joined one that is under way, or was delivered before. */
export type Begun =
  | { readonly kind: 'begun' }
  | { readonly kind: 'joined'; readonly unlock: Unlock }
  | { readonly kind: 'duplicate' };

/** The journal: who asked for which door, and how it ended. */
export interface Unlocks {
  /** Commits the row; Seam may be asked only after `begun`. */
  begin(request: UnlockRequest): Promise<Begun>;
  /** Writes a click that was refused before any door was looked at; false if it is there already. */
  refuse(request: UnlockRequest, outcome: Outcome): Promise<boolean>;
  /** The door's name as Seam gave it with the proof of ownership. */
  named(id: UnlockId, doorName: string): Promise<void>;
  attempted(id: UnlockId, attemptId: ActionAttemptId): Promise<void>;
  /** Sets the outcome of the row and of the clicks that joined it; they count as untold again. */
  end(id: UnlockId, outcome: Outcome, now: number): Promise<void>;
  /** The person has seen the outcome. */
  told(id: UnlockId, now: number): Promise<void>;
  /** The rows that joined this one. */
  joinedTo(id: UnlockId): Promise<readonly Unlock[]>;
  /** The newest row of each of these doors, by this person, that is not just a joined click. */
  latest(who: SlackIdentity, ids: readonly DeviceId[]): Promise<ReadonlyMap<DeviceId, Unlock>>;
  /** What a stopped process left under way. */
  underWay(): Promise<readonly Unlock[]>;
  /** Asked for since `since` (ms) and ended as unknown, with an action attempt that Seam may still settle. */
  unsettled(since: number): Promise<readonly Unlock[]>;
  /** Ended between `since` and `until` (ms), and not told yet. */
  untold(since: number, until: number): Promise<readonly Unlock[]>;
}

export function createUnlocks(runner: Runner, sealer: Sealer): Unlocks {
  const responseUrls = responseUrlColumns(sealer, 'unlock');

  const rowOf = (request: UnlockRequest) => ({
    id: request.id,
    interaction: request.interaction,
    scope: request.who.scope,
    slack_user_id: request.who.userId,
    device_id: request.deviceId,
    door_name: null,
    listing_id: request.listingId,
    joined_id: null,
    action_attempt_id: null,
    outcome: null,
    requested_at: request.requestedAt,
    ended_at: null,
    told_at: null,
    ...responseUrls.write(request.id, request.responseUrl),
  });

  const unlockOf = (row: Selectable<Schema['unlock']>): Unlock => ({
    id: unlockId(row.id),
    interaction: interactionId(row.interaction),
    who: { scope: installationScope(row.scope), userId: slackUserId(row.slack_user_id) },
    deviceId: deviceId(row.device_id),
    listingId: row.listing_id === null ? null : listingId(row.listing_id),
    responseUrl: responseUrls.read(row),
    requestedAt: row.requested_at,
    state: row.state,
    doorName: row.door_name,
    attemptId: row.action_attempt_id === null ? null : actionAttemptId(row.action_attempt_id),
    outcome: row.outcome === null ? null : outcomeColumn.read(row.outcome),
    endedAt: row.ended_at,
  });

  const insert = async (db: Database, row: Schema['unlock']): Promise<boolean> => {
    const result = await db
      .insertInto('unlock')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return result.numInsertedOrUpdatedRows === 1n;
  };

  const many = (query: (db: Database) => Promise<Selectable<Schema['unlock']>[]>) =>
    runner.run(async (db): Promise<readonly Unlock[]> => (await query(db)).map(unlockOf));

  return {
    begin: (request) =>
      runner.atomically(async (db): Promise<Begun> => {
        const row = rowOf(request);
        if (await insert(db, { ...row, state: 'under_way' })) return { kind: 'begun' };
        const before = await db
          .selectFrom('unlock')
          .select('id')
          .where('interaction', '=', request.interaction)
          .executeTakeFirst();
        if (before !== undefined) return { kind: 'duplicate' };
        const first = await db
          .selectFrom('unlock')
          .selectAll()
          .where('scope', '=', request.who.scope)
          .where('slack_user_id', '=', request.who.userId)
          .where('device_id', '=', request.deviceId)
          .where('state', '=', 'under_way')
          .executeTakeFirstOrThrow();
        // Written down too: delivered again after the first has ended, it must not open the door.
        await insert(db, { ...row, state: 'joined', joined_id: first.id });
        return { kind: 'joined', unlock: unlockOf(first) };
      }),

    refuse: (request, outcome) =>
      runner.run((db) =>
        insert(db, {
          ...rowOf(request),
          state: 'ended',
          outcome: outcomeColumn.write(outcome),
          ended_at: request.requestedAt,
        }),
      ),

    async named(id, doorName) {
      await runner.run((db) =>
        db.updateTable('unlock').set({ door_name: doorName }).where('id', '=', id).execute(),
      );
    },

    async attempted(id, attemptId) {
      await runner.run((db) =>
        db.updateTable('unlock').set({ action_attempt_id: attemptId }).where('id', '=', id).execute(),
      );
    },

    end: (id, outcome, now) =>
      runner.atomically(async (db) => {
        const ended = { outcome: outcomeColumn.write(outcome), ended_at: now, told_at: null };
        await db
          .updateTable('unlock')
          .set({ ...ended, state: 'ended' })
          .where('id', '=', id)
          .execute();
        await db.updateTable('unlock').set(ended).where('joined_id', '=', id).execute();
      }),

    async told(id, now) {
      await runner.run((db) =>
        db
          .updateTable('unlock')
          .set({ told_at: now })
          .where('id', '=', id)
          .where('outcome', 'is not', null)
          .execute(),
      );
    },

    joinedTo: (id) => many((db) => db.selectFrom('unlock').selectAll().where('joined_id', '=', id).execute()),

    async latest(who, ids) {
      if (ids.length === 0) return new Map();
      const rows = await many((db) =>
        db
          .selectFrom('unlock')
          .selectAll()
          .where('scope', '=', who.scope)
          .where('slack_user_id', '=', who.userId)
          .where('device_id', 'in', ids)
          .where('state', '!=', 'joined')
          .where('requested_at', '>=', (newest) =>
            newest
              .selectFrom('unlock as other')
              .select((select) => select.fn.max('other.requested_at').as('newest'))
              .whereRef('other.scope', '=', 'unlock.scope')
              .whereRef('other.slack_user_id', '=', 'unlock.slack_user_id')
              .whereRef('other.device_id', '=', 'unlock.device_id')
              .where('other.state', '!=', 'joined'),
          )
          .execute(),
      );
      return new Map(rows.map((row) => [row.deviceId, row]));
    },

    underWay: () =>
      many((db) => db.selectFrom('unlock').selectAll().where('state', '=', 'under_way').execute()),

    async unsettled(since) {
      const rows = await many((db) =>
        db
          .selectFrom('unlock')
          .selectAll()
          .where('state', '=', 'ended')
          .where('requested_at', '>=', since)
          .where('action_attempt_id', 'is not', null)
          .execute(),
      );
      return rows.filter((row) => row.outcome?.kind === 'unknown');
    },

    untold: (since, until) =>
      many((db) =>
        db
          .selectFrom('unlock')
          .selectAll()
          .where('told_at', 'is', null)
          .where('outcome', 'is not', null)
          .where('ended_at', '>=', since)
          .where('ended_at', '<=', until)
          .orderBy('requested_at')
          .execute(),
      ),
  };
}
