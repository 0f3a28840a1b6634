import type { InteractionId } from '../domain/ids.ts';
import { forgetInSlices } from './forget.ts';
import type { Runner } from './runner.ts';

/** What was delivered already: to this run, to another one, or before a restart. */
export interface Deliveries {
  /** True for the first of all who ask, until it is forgotten. */
  claim(interaction: InteractionId, now: number): Promise<boolean>;
  /** Forgets those before `before`, ms. */
  forget(before: number): Promise<void>;
}

/** One who waits to hear whether theirs is the first. */
interface Claim {
  readonly interaction: InteractionId;
  readonly at: number;
  readonly resolve: (first: boolean) => void;
  readonly reject: (error: unknown) => void;
}

export function createDeliveries(runner: Runner): Deliveries {
  let waiting: Claim[] = [];

  /** What comes within one turn of the event loop is written together: a commit for each would cost more than all else. */
  const write = async (): Promise<void> => {
    const claims = waiting;
    waiting = [];
    try {
      const written = await runner.quickly((db) =>
        db
          .insertInto('delivery')
          .values(claims.map(({ interaction, at }) => ({ interaction, at })))
          .onConflict((conflict) => conflict.doNothing())
          .returning('interaction')
          .execute(),
      );
      const firsts = new Set(written.map(({ interaction }) => interaction));
      // Of two that came together the earlier one is the first.
      for (const { interaction, resolve } of claims) resolve(firsts.delete(interaction));
    } catch (error) {
      for (const { reject } of claims) reject(error);
    }
  };

  return {
    claim: (interaction, at) =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(write);
        waiting.push({ interaction, at, resolve, reject });
      }),

    forget: (before) => forgetInSlices(runner, 'delivery', before),
  };
}
