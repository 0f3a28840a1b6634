import type { InteractionId } from '../domain/ids.ts';
import { type Compiled, compiledOnce } from './compiled.ts';
import { forgetInSlices } from './forget.ts';
import type { Runner } from './runner.ts';

/** What was delivered already: to this run, to another one, or before a restart. */
export interface Deliveries {
  /** True for the first of all who ask, until it is forgotten. */
  claim(interaction: InteractionId, now: number): Promise<boolean>;
  /** Forgets those before `before`, ms. */
  forget(before: number): Promise<void>;
}

/** So that the statements are few. */
const MOST_AT_ONCE = 64;

/** One who waits to hear whether theirs is the first. */
interface Claim {
  readonly interaction: InteractionId;
  readonly at: number;
  readonly resolve: (first: boolean) => void;
  readonly reject: (error: unknown) => void;
}

/** The statement for this many at once. */
const inserts = new Map<number, Compiled<{ interaction: string }>>();
function insertOf(count: number): Compiled<{ interaction: string }> {
  let insert = inserts.get(count);
  if (insert === undefined) {
    insert = compiledOnce((db) =>
      db
        .insertInto('delivery')
        .values(Array.from({ length: count }, () => ({ interaction: '', at: 0 })))
        .onConflict((conflict) => conflict.doNothing())
        .returning('interaction'),
    );
    inserts.set(count, insert);
  }
  return insert;
}

/** How long claims are gathered after some were written, ms. The first one never waits. */
const GATHER_MS = 2;

/** What was delivered, in the database. Each method throws a StoreError when that cannot be done. */
export function createDeliveries(runner: Runner): Deliveries {
  const waiting: Claim[] = [];
  let isWriting = false;

  /** Claims that come close together are written together: a commit for each would cost more than all else. */
  const write = async (): Promise<void> => {
    const claims = waiting.splice(0, MOST_AT_ONCE);
    try {
      const insert = insertOf(claims.length);
      const values = claims.flatMap(({ interaction, at }) => [interaction, at]);
      const firsts = new Set(
        (await runner.quickly((db) => insert(db, values))).map((row) => row.interaction),
      );
      // Of two that came together the earlier one is the first.
      for (const { interaction, resolve } of claims) resolve(firsts.delete(interaction));
    } catch (error) {
      for (const { reject } of claims) reject(error);
    }
    setTimeout(next, GATHER_MS);
  };

  const next = (): void => {
    isWriting = waiting.length > 0;
    if (isWriting) setImmediate(write);
  };

  return {
    claim: (interaction, at) =>
      new Promise((resolve, reject) => {
        waiting.push({ interaction, at, resolve, reject });
        if (!isWriting) next();
      }),

    forget: (before) => forgetInSlices(runner, 'delivery', before),
  };
}
