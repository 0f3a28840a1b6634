import { forgetInSlices } from './forget.ts';
import type { Runner } from './runner.ts';

/** Which webhooks took effect: Seam delivers one up to eight times over 28 hours. */
export interface Webhooks {
  seen(id: string): Promise<boolean>;
  remember(id: string, now: number): Promise<void>;
  /** Forgets those before `before`, ms. */
  forget(before: number): Promise<void>;
}

/** Which webhooks came, in the database. Each method throws a StoreError when that cannot be done. */
export function createWebhooks(runner: Runner): Webhooks {
  return {
    async seen(id) {
      const row = await runner.run((db) =>
        db.selectFrom('webhook').select('id').where('id', '=', id).executeTakeFirst(),
      );
      return row !== undefined;
    },

    async remember(id, now) {
      await runner.quickly((db) =>
        db
          .insertInto('webhook')
          .values({ id, at: now })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .execute(),
      );
    },

    forget: (before) => forgetInSlices(runner, 'webhook', before),
  };
}
