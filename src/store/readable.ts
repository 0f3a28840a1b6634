import type { Log } from '../log.ts';

/**
 * The rows that can be read. One that is damaged is left out and said so: it must not keep the others, or a whole
 * start, from their people.
 */
export function readable<Row extends { readonly id: string }, Value>(
  rows: readonly Row[],
  read: (row: Row) => Value,
  log: Log,
): readonly Value[] {
  return rows.flatMap((row) => {
    try {
      return [read(row)];
    } catch (error) {
      log.error({ row: row.id, err: error }, 'a row of the database cannot be read');
      return [];
    }
  });
}
