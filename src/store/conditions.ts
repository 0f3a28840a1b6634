import type { Runner } from './runner.ts';

/** What goes on until it is over, such as a low battery: heard of often, and told once. */
export interface Conditions {
  /** It goes on at `at`, ms; answers since when, ms: an earlier beginning stands. */
  begin(kind: string, subject: string, at: number): Promise<number>;
  /** Since when it goes on, ms; null where it does not. */
  since(kind: string, subject: string): Promise<number | null>;
  /** It is over at `at`, ms; false where it did not go on then: what began later goes on. */
  end(kind: string, subject: string, at: number): Promise<boolean>;
}

/** What lasts, in the database. Each method throws a StoreError when that cannot be done. */
export function createConditions(runner: Runner): Conditions {
  const since: Conditions['since'] = async (kind, subject) => {
    const row = await runner.run((db) =>
      db
        .selectFrom('condition')
        .select('since')
        .where('kind', '=', kind)
        .where('subject', '=', subject)
        .executeTakeFirst(),
    );
    return row?.since ?? null;
  };

  return {
    since,

    async begin(kind, subject, at) {
      const row = await runner.run((db) =>
        db
          .insertInto('condition')
          .values({ kind, subject, since: at })
          // Changes nothing; but only a row that is written is returned.
          .onConflict((conflict) =>
            conflict
              .columns(['kind', 'subject'])
              .doUpdateSet((old) => ({ since: old.ref('condition.since') })),
          )
          .returning('since')
          .executeTakeFirstOrThrow(),
      );
      return row.since;
    },

    async end(kind, subject, at) {
      // To look costs less than to write, and most of what is over never began.
      if ((await since(kind, subject)) === null) return false;
      const result = await runner.run((db) =>
        db
          .deleteFrom('condition')
          .where('kind', '=', kind)
          .where('subject', '=', subject)
          .where('since', '<=', at)
          .executeTakeFirst(),
      );
      return result.numDeletedRows === 1n;
    },
  };
}
