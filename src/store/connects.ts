import type { Selectable } from 'kysely';
import {
  type ConnectedAccountId,
  type ConnectId,
  type ConnectWebviewId,
  connectedAccountId,
  connectId,
  connectWebviewId,
  installationScope,
  type RunId,
  slackUserId,
} from '../domain/ids.ts';
import type { SlackIdentity } from '../domain/person.ts';
import type { Log } from '../log.ts';
import type { Sealer } from '../seal.ts';
import type { ResponseUrl } from '../slack/response-url.ts';
import { readable } from './readable.ts';
import { responseUrlColumns } from './response-url.ts';
import type { Runner } from './runner.ts';
import type { Database, Schema } from './schema.ts';

/** How a link ended. */
export type ConnectEnd =
  | { readonly status: 'connected'; readonly accountId: ConnectedAccountId }
  | { readonly status: 'failed' | 'withdrawn'; readonly accountId: null };

/** A link that was handed to one person. Its url is not kept: Slack's message is the only copy. */
export interface Connect {
  readonly id: ConnectId;
  readonly who: SlackIdentity;
  readonly webviewId: ConnectWebviewId;
  readonly createdAt: number;
  /** When it is withdrawn if nobody used it, ms. */
  readonly expiresAt: number;
  readonly responseUrl: ResponseUrl | null;
  readonly end: ConnectEnd | null;
  /** ms; null while it waits. */
  readonly endedAt: number | null;
  readonly told: boolean;
}

/** The links that wait to be used, and those whose end the person has not been told. */
export interface Connects {
  add(connect: Omit<Connect, 'end' | 'endedAt' | 'told'>): Promise<void>;
  find(webviewId: ConnectWebviewId): Promise<Connect | null>;
  /** The person clicked the link: here is the newest way to change its message. Only its own person counts. */
  clicked(id: ConnectId, who: SlackIdentity, responseUrl: ResponseUrl): Promise<void>;
  /** Takes over what these runs left open, and says what that is. No two runs take the same link. */
  adopt(dead: readonly RunId[]): Promise<readonly Connect[]>;
  /** Ends it; false when it had ended before, so that one end is told once. */
  end(id: ConnectId, end: ConnectEnd, now: number): Promise<boolean>;
  told(id: ConnectId, now: number): Promise<void>;
}

/** Links that were handed out, in the database. Each method throws a StoreError when that cannot be done. */
export function createConnects(runner: Runner, sealer: Sealer, log: Log, run: RunId): Connects {
  const responseUrls = responseUrlColumns(sealer, 'connect');

  const connectOf = (row: Selectable<Schema['connect']>): Connect => ({
    id: connectId(row.id),
    who: { scope: installationScope(row.scope), userId: slackUserId(row.slack_user_id) },
    webviewId: connectWebviewId(row.connect_webview_id),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    responseUrl: responseUrls.read(row),
    end: endOf(row),
    endedAt: row.ended_at,
    told: row.told_at !== null,
  });

  const many = (query: (db: Database) => Promise<Selectable<Schema['connect']>[]>) =>
    runner.run(async (db) => readable(await query(db), connectOf, log));

  return {
    async add(connect) {
      await runner.run((db) =>
        db
          .insertInto('connect')
          .values({
            id: connect.id,
            scope: connect.who.scope,
            slack_user_id: connect.who.userId,
            connect_webview_id: connect.webviewId,
            status: 'waiting',
            connected_account_id: null,
            created_at: connect.createdAt,
            expires_at: connect.expiresAt,
            ended_at: null,
            told_at: null,
            run_id: run,
            ...responseUrls.write(connect.id, connect.responseUrl),
          })
          .execute(),
      );
    },

    async find(webviewId) {
      const [found] = await many((db) =>
        db.selectFrom('connect').selectAll().where('connect_webview_id', '=', webviewId).execute(),
      );
      return found ?? null;
    },

    async clicked(id, who, responseUrl) {
      await runner.run((db) =>
        db
          .updateTable('connect')
          .set(responseUrls.write(id, responseUrl))
          .where('id', '=', id)
          .where('scope', '=', who.scope)
          .where('slack_user_id', '=', who.userId)
          .where('status', '=', 'waiting')
          .execute(),
      );
    },

    adopt: (dead) =>
      many((db) =>
        db.updateTable('connect').set({ run_id: run }).where('run_id', 'in', dead).returningAll().execute(),
      ),

    async end(id, end, now) {
      const result = await runner.run((db) =>
        db
          .updateTable('connect')
          .set({ status: end.status, connected_account_id: end.accountId, ended_at: now })
          .where('id', '=', id)
          .where('status', '=', 'waiting')
          .executeTakeFirst(),
      );
      return result.numUpdatedRows === 1n;
    },

    async told(id, now) {
      await runner.run((db) =>
        db
          .updateTable('connect')
          .set({ told_at: now, response_url: null, run_id: null })
          .where('id', '=', id)
          .execute(),
      );
    },
  };
}

function endOf(row: Selectable<Schema['connect']>): ConnectEnd | null {
  if (row.status === 'waiting') return null;
  if (row.status === 'connected') {
    if (row.connected_account_id === null) throw new TypeError('a connected link without its account');
    return { status: 'connected', accountId: connectedAccountId(row.connected_account_id) };
  }
  return { status: row.status, accountId: null };
}
