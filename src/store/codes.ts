import type { Selectable } from 'kysely';
import { type CodeStanding, isSameStanding } from '../domain/code.ts';
import { type AccessCodeId, type CodeId, codeId } from '../domain/ids.ts';
import type { SlackIdentity } from '../domain/person.ts';
import type { Log } from '../log.ts';
import type { Sealer } from '../seal.ts';
import type { ResponseUrl } from '../slack/response-url.ts';
import { type CodeClearing, createCodeClearing } from './code-clearing.ts';
import { type CodeRequest, codeRows, type StoredCode, standingColumns } from './code-row.ts';
import { standingColumn } from './columns.ts';
import { readable } from './readable.ts';
import type { Runner } from './runner.ts';
import type { Database, Schema } from './schema.ts';

/** A code that was begun; or, for what was done before (`there`), the code that came of it then. */
export interface CodeBegun {
  readonly kind: 'begun' | 'there';
  readonly code: StoredCode;
}

/** The codes that people had made for guests. */
export interface Codes extends CodeClearing {
  /** Commits the row. Of one interaction comes one code, but for one that was refused: nothing came of that. */
  begin(request: CodeRequest): Promise<CodeBegun>;
  find(id: CodeId): Promise<StoredCode | null>;
  byAccessCode(id: AccessCodeId): Promise<StoredCode | null>;
  /** For whom those of these codes are that were made for a named guest. */
  guests(ids: readonly AccessCodeId[]): Promise<ReadonlyMap<AccessCodeId, string>>;
  /** Those of a person of which more may come, the newest first. */
  open(who: SlackIdentity): Promise<readonly StoredCode[]>;
  /** Those of people who have left, of which nobody has wanted yet that they be gone; but for those that nobody can revoke. */
  ofGone(): Promise<readonly CodeId[]>;
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

/** Guests’ codes, in the database. Each method throws a StoreError when that cannot be done. */
export function createCodes(runner: Runner, sealer: Sealer, log: Log): Codes {
  const rows = codeRows(sealer);

  const many = (query: (db: Database) => Promise<Selectable<Schema['code']>[]>) =>
    runner.run(async (db) => readable(await query(db), rows.read, log));
  const rowOf = (db: Database, id: CodeId) =>
    db.selectFrom('code').selectAll().where('id', '=', id).executeTakeFirst();

  return {
    ...createCodeClearing(runner, rows),

    begin: (request) =>
      runner.atomically(async (db): Promise<CodeBegun> => {
        const { interaction } = request;
        const there = await db
          .selectFrom('code')
          .selectAll()
          .where('interaction', '=', interaction)
          .executeTakeFirst();
        if (there !== undefined) {
          const code = rows.read(there);
          if (code.standing.kind !== 'refused') return { kind: 'there', code };
          // It gives its place to the next try, and is from now on known by its own id.
          await db.updateTable('code').set({ interaction: there.id }).where('id', '=', there.id).execute();
        }
        const row = rows.write(request);
        await db.insertInto('code').values(row).execute();
        return { kind: 'begun', code: rows.read(row) };
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

    ofGone: () =>
      runner.run(async (db) => {
        const rows = await db
          .selectFrom('code')
          .innerJoin('person', (join) =>
            join
              .onRef('person.scope', '=', 'code.scope')
              .onRef('person.slack_user_id', '=', 'code.slack_user_id'),
          )
          .select('code.id')
          .where('code.over', '=', 0)
          .where('code.offline', '=', 0)
          .where('code.revoked_at', 'is', null)
          .where('code.standing', '!=', standingColumn.write({ kind: 'out_of_reach' }))
          .where('person.standing', '=', 'deactivated')
          .execute();
        return rows.map(({ id }) => codeId(id));
      }),

    stand: (id, standing, now, accessCodeId) =>
      runner.atomically(async (db) => {
        const row = await rowOf(db, id);
        if (row === undefined) return null;
        const before = standingColumn.read(row.standing);
        if (row.over === 1 || !mayFollow(before, standing)) return rows.read(row);
        const known = accessCodeId === undefined ? {} : { access_code_id: accessCodeId };
        const isSame = isSameStanding(before, standing);
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

/**
 * Of what is out of reach only its end comes: whoever looked at it before its account was disconnected hears from Seam that
 * it is gone, while its PIN goes on opening the door.
 */
function mayFollow(before: CodeStanding, after: CodeStanding): boolean {
  return before.kind !== 'out_of_reach' || (after.kind === 'ended' && after.why === 'expired');
}
