import type { Selectable } from 'kysely';
import { type Code, type CodeStanding, isOver } from '../domain/code.ts';
import {
  accessCodeId,
  codeId,
  connectedAccountId,
  deviceId,
  type InteractionId,
  installationScope,
  slackUserId,
} from '../domain/ids.ts';
import type { Sealer } from '../seal.ts';
import type { Sent } from '../slack/messenger.ts';
import type { ResponseUrl } from '../slack/response-url.ts';
import { standingColumn } from './columns.ts';
import { responseUrlColumns } from './response-url.ts';
import type { Schema } from './schema.ts';

/** What is written before anything is asked of Seam. */
export interface CodeRequest
  extends Pick<Code, 'id' | 'who' | 'deviceId' | 'guest' | 'startsAt' | 'endsAt' | 'requestedAt'> {
  /** One of these is one code, however often it comes. */
  readonly interaction: InteractionId;
  readonly responseUrl: ResponseUrl | null;
}

/** A code with what is needed to follow it. */
export interface StoredCode extends Code {
  /** What it is called on the lock; null until it was asked for. */
  readonly lockName: string | null;
  /** When its standing last changed, ms. */
  readonly changedAt: number;
  /** What the person saw last, and when, ms; null for nothing yet. */
  readonly told: { readonly standing: CodeStanding; readonly at: number } | null;
  /** The direct message that follows it; null where there is none. */
  readonly card: Sent | null;
  readonly responseUrl: ResponseUrl | null;
}

/** The columns of how a code stands. */
export function standingColumns(standing: CodeStanding, now: number) {
  return { standing: standingColumn.write(standing), over: isOver(standing) ? 1 : 0, changed_at: now };
}

/** How a code stands in its row. */
export function codeRows(sealer: Sealer) {
  const responseUrls = responseUrlColumns(sealer, 'code');
  return {
    responseUrls,

    write: (request: CodeRequest): Schema['code'] => ({
      id: request.id,
      interaction: request.interaction,
      scope: request.who.scope,
      slack_user_id: request.who.userId,
      device_id: request.deviceId,
      door_name: null,
      connected_account_id: null,
      guest: request.guest,
      starts_at: request.startsAt,
      ends_at: request.endsAt,
      offline: 0,
      access_code_id: null,
      lock_name: null,
      ...standingColumns({ kind: 'asking' }, request.requestedAt),
      requested_at: request.requestedAt,
      sent_at: null,
      revoked_at: null,
      told: null,
      told_at: null,
      channel_id: null,
      message_ts: null,
      ...responseUrls.write(request.id, request.responseUrl),
    }),

    /** Throws for a row that is damaged. */
    read(row: Selectable<Schema['code']>): StoredCode {
      const { connected_account_id: account, access_code_id: code, told, told_at: toldAt } = row;
      const { channel_id: channelId, message_ts: ts } = row;
      return {
        id: codeId(row.id),
        who: { scope: installationScope(row.scope), userId: slackUserId(row.slack_user_id) },
        deviceId: deviceId(row.device_id),
        doorName: row.door_name,
        accountId: account === null ? null : connectedAccountId(account),
        guest: row.guest,
        startsAt: row.starts_at,
        endsAt: row.ends_at,
        offline: row.offline === 1,
        accessCodeId: code === null ? null : accessCodeId(code),
        lockName: row.lock_name,
        standing: standingColumn.read(row.standing),
        requestedAt: row.requested_at,
        sentAt: row.sent_at,
        revokedAt: row.revoked_at,
        changedAt: row.changed_at,
        told: told === null || toldAt === null ? null : { standing: standingColumn.read(told), at: toldAt },
        card: channelId === null || ts === null ? null : { channelId, ts },
        responseUrl: responseUrls.read(row),
      };
    },
  };
}
