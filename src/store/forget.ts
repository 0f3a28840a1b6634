import { setImmediate as breathe } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Runner } from './runner.ts';

/** How many rows go at once: a few ms of work. */
const SLICE = 1_000;
/** The column that holds a row's age. */
const AGE = {
  delivery: 'at',
  webhook: 'at',
  happening: 'at',
  listing: 'shown_at',
  move: 'ended_at',
  notice: 'at',
  pause: 'at',
} as const;

/** Of a table that also holds what stays, or is still to be done: what goes. */
const GOES: Partial<Record<keyof typeof AGE, ReturnType<typeof sql>>> = {
  listing: sql`place = 'message'`,
  move: sql`(told_at is not null or run_id is null)`,
};

/** Deletes what is from before `before`, ms, a little at a time: a day's rows at once would stop everybody's clicks. */
export async function forgetInSlices(runner: Runner, table: keyof typeof AGE, before: number): Promise<void> {
  const name = sql.table(table);
  const age = sql.ref(AGE[table]);
  const goes = GOES[table] ?? sql`true`;
  const key = sql.ref(table === 'delivery' ? 'interaction' : 'id');
  let gone: bigint | undefined;
  do {
    const result = await runner.quickly((db) =>
      sql`delete from ${name} where ${key} in (select ${key} from ${name} where ${age} < ${before} and ${goes} limit ${SLICE})`.execute(
        db,
      ),
    );
    gone = result.numAffectedRows;
    await breathe();
  } while (gone === BigInt(SLICE));
}
