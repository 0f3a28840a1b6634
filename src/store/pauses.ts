import type { SlackIdentity } from '../domain/person.ts';
import type { Runner } from './runner.ts';
import type { Database, Schema } from './schema.ts';

/** Who has stopped their own unlocks. Each change is written down with it. */
export interface Pauses {
  /**
   * Stops them from `at`, ms, on; says since when they are stopped, which is earlier where they were. `id` is that of
   * what is written down.
   */
  begin(who: SlackIdentity, id: string, at: number): Promise<number>;
  /** Ends the pause that began at `since`, ms; false when that is not the one that holds. */
  end(who: SlackIdentity, since: number, id: string, at: number): Promise<boolean>;
  /** Since when they are stopped, ms; null while the person may unlock. */
  since(who: SlackIdentity): Promise<number | null>;
}

/** Who has stopped their own unlocks, in the database. Each method throws a StoreError when that cannot be done. */
export function createPauses(runner: Runner): Pauses {
  const change = async (
    db: Database,
    { scope, userId }: SlackIdentity,
    from: number | null,
    to: number | null,
  ): Promise<boolean> => {
    const result = await db
      .updateTable('person')
      .set({ paused_at: to })
      .where('scope', '=', scope)
      .where('slack_user_id', '=', userId)
      .where('paused_at', from === null ? 'is' : '=', from)
      .executeTakeFirst();
    return result.numUpdatedRows === 1n;
  };

  const sinceWhen = async (db: Database, { scope, userId }: SlackIdentity): Promise<number | null> => {
    const row = await db
      .selectFrom('person')
      .select('paused_at')
      .where('scope', '=', scope)
      .where('slack_user_id', '=', userId)
      .executeTakeFirst();
    return row?.paused_at ?? null;
  };

  const note = (
    db: Database,
    { scope, userId }: SlackIdentity,
    row: Omit<Schema['pause'], 'scope' | 'slack_user_id'>,
  ) =>
    db
      .insertInto('pause')
      .values({ ...row, scope, slack_user_id: userId })
      .execute();

  return {
    begin: (who, id, at) =>
      runner.atomically(async (db) => {
        const since = await sinceWhen(db, who);
        if (since !== null) return since;
        await change(db, who, null, at);
        await note(db, who, { id, what: 'paused', at });
        return at;
      }),

    end: (who, since, id, at) =>
      runner.atomically(async (db) => {
        if (!(await change(db, who, since, null))) return false;
        await note(db, who, { id, what: 'resumed', at });
        return true;
      }),

    since: (who) => runner.run((db) => sinceWhen(db, who)),
  };
}
