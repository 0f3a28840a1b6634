import type { Selectable } from 'kysely';
import { type Code, type CodeStanding, isSameStanding } from '../domain/code.ts';
import type { AccessCodeId, CodeId } from '../domain/ids.ts';
import { CODE_LIMITS, MOVE_WINDOW_MS, nextAllowed } from '../domain/limits.ts';
import type { SlackIdentity } from '../domain/person.ts';
import type { Log } from '../log.ts';
import type { Sealer } from '../seal.ts';
import type { ResponseUrl } from '../slack/response-url.ts';
import { isConnected } from './accounts.ts';
import { type CodeRequest, codeRows, type StoredCode, standingColumns } from './code-row.ts';
import { standingColumn } from './columns.ts';
import { readable } from './readable.ts';
import type { Runner } from './runner.ts';
import type { Database, Schema } from './schema.ts';

/** What is known of a code once its door was asked of Seam. */
type CodeFacts = Pick<Code, 'startsAt' | 'endsAt' | 'offline'> & {
  readonly doorName: string;
  readonly accountId: NonNullable<Code['accountId']>;
  readonly lockName: string;
};

/**
 * Whether Seam may be asked for the code now. `limited`: there were too many, the next may be at `until`, ms. `not_yours`: its
 * person has left the account. `lost`: it was sent before, or given up.
 */
type CodeClearance =
  | { readonly kind: 'cleared'; readonly code: StoredCode }
  | { readonly kind: 'limited'; readonly by: 'door' | 'person'; readonly until: number }
  | { readonly kind: 'not_yours' }
  | { readonly kind: 'lost' };

/** The codes that people had made for guests. */
export interface Codes {
  /** Commits the row; false when it is there already. */
  begin(request: CodeRequest): Promise<boolean>;
  /** Commits that Seam is about to be asked for it, which may be done only after `cleared`. */
  clear(code: Code, facts: CodeFacts, now: number): Promise<CodeClearance>;
  find(id: CodeId): Promise<StoredCode | null>;
  byAccessCode(id: AccessCodeId): Promise<StoredCode | null>;
  /** For whom those of these codes are that were made for a named guest. */
  guests(ids: readonly AccessCodeId[]): Promise<ReadonlyMap<AccessCodeId, string>>;
  /** Those of a person of which more may come, the newest first. */
  open(who: SlackIdentity): Promise<readonly StoredCode[]>;
  /** Notes how it stands, and under which id Seam knows it. What is final stays. The row as it is then; null for none. */
  stand(
    id: CodeId,
    standing: CodeStanding,
    now: number,
    accessCodeId?: AccessCodeId,
  ): Promise<StoredCode | null>;
  /** Its owner wants it gone; an answer goes by `responseUrl`. */
  revoking(id: CodeId, responseUrl: ResponseUrl | null, now: number): Promise<void>;
  /** The person has seen this standing, in that direct message if there is one. */
  told(id: CodeId, standing: CodeStanding, card: StoredCode['card'], now: number): Promise<void>;
  /** Forgets those that ended to work before `before`, ms. */
  forget(before: number): Promise<void>;
}

export function createCodes(runner: Runner, sealer: Sealer, log: Log): Codes {
  const rows = codeRows(sealer);

  const many = (query: (db: Database) => Promise<Selectable<Schema['code']>[]>) =>
    runner.run(async (db) => readable(await query(db), rows.read, log));
  const rowOf = (db: Database, id: CodeId) =>
    db.selectFrom('code').selectAll().where('id', '=', id).executeTakeFirst();

  return {
    begin: (request) =>
      runner.atomically(async (db) => {
        const result = await db
          .insertInto('code')
          .values(rows.write(request))
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        return result.numInsertedOrUpdatedRows === 1n;
      }),

    clear: (code, facts, now) =>
      runner.atomically(async (db): Promise<CodeClearance> => {
        const row = await rowOf(db, code.id);
        if (row === undefined || row.over === 1 || row.sent_at !== null) return { kind: 'lost' };
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

    async find(id) {
      const [found] = await many((db) => db.selectFrom('code').selectAll().where('id', '=', id).execute());
      return found ?? null;
    },

    async byAccessCode(id) {
      const [found] = await many((db) =>
        db.selectFrom('code').selectAll().where('access_code_id', '=', id).execute(),
      );
      return found ?? null;
    },

    async guests(ids) {
      if (ids.length === 0) return new Map();
      const found = await many((db) =>
        db.selectFrom('code').selectAll().where('access_code_id', 'in', ids).execute(),
      );
      return new Map(
        found.flatMap(({ accessCodeId, guest }) =>
          accessCodeId === null || guest === null ? [] : [[accessCodeId, guest] as const],
        ),
      );
    },

    open: ({ scope, userId }) =>
      many((db) =>
        db
          .selectFrom('code')
          .selectAll()
          .where('scope', '=', scope)
          .where('slack_user_id', '=', userId)
          .where('over', '=', 0)
          .orderBy('requested_at', 'desc')
          .orderBy('id')
          .execute(),
      ),

    stand: (id, standing, now, accessCodeId) =>
      runner.atomically(async (db) => {
        const row = await rowOf(db, id);
        if (row === undefined) return null;
        if (row.over === 1) return rows.read(row);
        const known = accessCodeId === undefined ? {} : { access_code_id: accessCodeId };
        const isSame = isSameStanding(standingColumn.read(row.standing), standing);
        const set = { ...known, ...(isSame ? {} : standingColumns(standing, now)) };
        if (Object.keys(set).length > 0) {
          await db.updateTable('code').set(set).where('id', '=', id).execute();
        }
        return rows.read({ ...row, ...set });
      }),

    async revoking(id, responseUrl, now) {
      const way = responseUrl === null ? {} : rows.responseUrls.write(id, responseUrl);
      await runner.run((db) =>
        db
          .updateTable('code')
          .set({ revoked_at: now, ...way })
          .where('id', '=', id)
          .where('over', '=', 0)
          .execute(),
      );
    },

    async told(id, standing, card, now) {
      const way = card === null ? {} : { channel_id: card.channelId, message_ts: card.ts };
      await runner.run((db) =>
        db
          .updateTable('code')
          .set({ told: standingColumn.write(standing), told_at: now, ...way })
          .where('id', '=', id)
          .execute(),
      );
    },

    async forget(before) {
      await runner.quickly((db) =>
        db.deleteFrom('code').where('ends_at', '<', before).where('over', '=', 1).execute(),
      );
    },
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
