import type { Selectable } from 'kysely';
import {
  type ActionAttemptId,
  actionAttemptId,
  type DeviceId,
  deviceId,
  type ExecutionId,
  executionId,
  type InteractionId,
  installationScope,
  interactionId,
  type ListingId,
  listingId,
  type MoveId,
  moveId,
  slackUserId,
} from '../domain/ids.ts';
import type { Verb, Via } from '../domain/move.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { SlackIdentity } from '../domain/person.ts';
import type { Sealer } from '../seal.ts';
import type { ResponseUrl } from '../slack/response-url.ts';
import { outcomeColumn } from './columns.ts';
import { responseUrlColumns } from './response-url.ts';
import type { Schema } from './schema.ts';

/** What is written before anything is asked of Seam. */
export interface MoveRequest {
  readonly id: MoveId;
  readonly interaction: InteractionId;
  readonly who: SlackIdentity;
  readonly deviceId: DeviceId;
  readonly verb: Verb;
  readonly via: Via;
  /** The message that it was clicked in, when that message is the person's own. */
  readonly listingId: ListingId | null;
  readonly responseUrl: ResponseUrl | null;
  readonly requestedAt: number;
  /** The step of a workflow that waits for it. */
  readonly executionId?: ExecutionId | null;
}

/** A row of the journal. */
export interface Move extends MoveRequest {
  readonly executionId: ExecutionId | null;
  readonly state: 'under_way' | 'ended' | 'joined';
  /** For a click that joined a move under way: which. */
  readonly joinedId: MoveId | null;
  /** As it was when ownership was asked; null until then, and for a refusal for good. */
  readonly doorName: string | null;
  /** When Seam was about to be asked, ms; null when it certainly was not. */
  readonly sentAt: number | null;
  readonly attemptId: ActionAttemptId | null;
  readonly outcome: Outcome | null;
  readonly endedAt: number | null;
  /** When the person saw the outcome that stands now, ms. */
  readonly toldAt: number | null;
}

/** Turns an unlock into its row and back. */
export type MoveRows = ReturnType<typeof moveRows>;

/** How an unlock stands in its row. */
export function moveRows(sealer: Sealer) {
  const responseUrls = responseUrlColumns(sealer, 'move');
  return {
    write: (request: MoveRequest) => ({
      id: request.id,
      interaction: request.interaction,
      scope: request.who.scope,
      slack_user_id: request.who.userId,
      device_id: request.deviceId,
      verb: request.verb,
      via: request.via,
      door_name: null,
      listing_id: request.listingId,
      joined_id: null,
      action_attempt_id: null,
      outcome: null,
      sent_at: null,
      requested_at: request.requestedAt,
      ended_at: null,
      told_at: null,
      execution_id: request.executionId ?? null,
      ...responseUrls.write(request.id, request.responseUrl),
    }),

    /** Throws for a row that is damaged. */
    read: (row: Selectable<Schema['move']>): Move => ({
      id: moveId(row.id),
      interaction: interactionId(row.interaction),
      who: { scope: installationScope(row.scope), userId: slackUserId(row.slack_user_id) },
      deviceId: deviceId(row.device_id),
      verb: row.verb,
      via: row.via,
      listingId: row.listing_id === null ? null : listingId(row.listing_id),
      responseUrl: responseUrls.read(row),
      requestedAt: row.requested_at,
      executionId: row.execution_id === null ? null : executionId(row.execution_id),
      state: row.state,
      joinedId: row.joined_id === null ? null : moveId(row.joined_id),
      doorName: row.door_name,
      sentAt: row.sent_at,
      attemptId: row.action_attempt_id === null ? null : actionAttemptId(row.action_attempt_id),
      outcome: row.outcome === null ? null : outcomeColumn.read(row.outcome),
      endedAt: row.ended_at,
      toldAt: row.told_at,
    }),
  };
}
