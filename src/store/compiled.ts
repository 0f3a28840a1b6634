import type { Compilable, CompiledQuery } from 'kysely';
import type { Database } from './schema.ts';

/** A query that was compiled before, run with these values in the order in which it names them. */
export type Compiled<Row> = (db: Database, values: readonly unknown[]) => Promise<readonly Row[]>;

/**
 * Compiles a query the first time that it is run. For the few that every click passes: to build one costs Kysely more
 * than the database takes to answer it. What values it is built with does not matter.
 */
export function compiledOnce<Row>(build: (db: Database) => Compilable<Row>): Compiled<Row> {
  let compiled: CompiledQuery<Row> | undefined;
  return async (db, values) => {
    compiled ??= build(db).compile();
    const { rows } = await db.executeQuery<Row>({ ...compiled, parameters: values });
    return rows;
  };
}
