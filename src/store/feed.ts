import type { Runner } from './runner.ts';

/** One's turn to ask Seam for events: from `since`, ms, on; the last so many tries have failed. */
interface Turn {
  readonly since: number;
  readonly failures: number;
}

/** How far Seam was asked for events, where it does not tell them by webhook. */
export interface Feed {
  /**
   * Takes the next turn, when it is time at `now`, ms; null when it is not, or when another run has it. Then nobody else
   * has one for `pauseMs`. The first begins with `now`.
   */
  take(now: number, pauseMs: number): Promise<Turn | null>;
  /** All was heard up to `since`, ms. */
  heard(since: number): Promise<void>;
  /** It came to nothing: the next turn is at `nextAt`, ms. */
  failed(nextAt: number): Promise<void>;
}

const SEAM = 'seam';
/** A turn that is further away was written by a clock that was wrong, ms. */
const FURTHEST_MS = 60 * 60_000;

/** How far Seam was asked, in the database. Each method throws a StoreError when that cannot be done. */
export function createFeed(runner: Runner): Feed {
  return {
    async take(now, pauseMs) {
      const isTime = await runner.run((db) =>
        db.selectFrom('feed').select('next_at').where('id', '=', SEAM).executeTakeFirst(),
      );
      // To look costs less than to write.
      if (isTime !== undefined && now < isTime.next_at && isTime.next_at <= now + FURTHEST_MS) return null;
      const row = await runner.run((db) =>
        db
          .insertInto('feed')
          .values({ id: SEAM, since: now, next_at: now + pauseMs, failures: 0 })
          .onConflict((conflict) =>
            conflict
              .column('id')
              .doUpdateSet({ next_at: now + pauseMs })
              .where((old) =>
                old.or([old('feed.next_at', '<=', now), old('feed.next_at', '>', now + FURTHEST_MS)]),
              ),
          )
          .returning(['since', 'failures'])
          .executeTakeFirst(),
      );
      return row ?? null;
    },

    async heard(since) {
      await runner.run((db) =>
        db.updateTable('feed').set({ since, failures: 0 }).where('id', '=', SEAM).execute(),
      );
    },

    async failed(nextAt) {
      await runner.run((db) =>
        db
          .updateTable('feed')
          .set((old) => ({ next_at: nextAt, failures: old('failures', '+', 1) }))
          .where('id', '=', SEAM)
          .execute(),
      );
    },
  };
}
