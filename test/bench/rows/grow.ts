import type { Database } from 'better-sqlite3';
import { z } from 'zod';

const columns = z.array(z.object({ name: z.string() }));
const CHUNK = 500_000;

/** What each row of a grown table has of its own, as SQL over its number `n`; the rest is as in the first row. */
type Own = Readonly<Record<string, string>>;

/** Fills both tables with copies of their first row, quickly: nothing is safe from a loss of power meanwhile. */
export function grow(sqlite: Database, { people, rows }: { people: number; rows: number }): void {
  sqlite.pragma('synchronous = OFF');
  sqlite.pragma('cache_size = -400000');
  fill(sqlite, 'person', people, { slack_user_id: "'G' || n", user_identifier_key: "'k' || n" });
  fill(sqlite, 'move', rows, {
    id: "'u-' || n",
    interaction: "'i-' || n",
    slack_user_id: `'G' || (n % ${people})`,
    device_id: `'d-' || (n % ${2 * people})`,
    requested_at: 'requested_at + n',
    told_at: 'requested_at + n',
  });
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('cache_size = -2000');
}

function fill(sqlite: Database, table: string, count: number, own: Own): void {
  const names = namesOf(sqlite, table);
  const values = names.map((name) => own[name] ?? name).join(', ');
  for (let from = 1; from < count; from += CHUNK) {
    const to = Math.min(count - 1, from + CHUNK - 1);
    sqlite.exec(
      `with recursive counted(n) as (select ${from} union all select n + 1 from counted where n < ${to})
       insert into ${table} (${names.join(', ')})
       select ${values} from counted, (select * from ${table} where rowid = (select min(rowid) from ${table}))`,
    );
  }
}

function namesOf(sqlite: Database, table: string): string[] {
  return columns.parse(sqlite.pragma(`table_info(${table})`)).map(({ name }) => name);
}

/** A prepared statement that adds a copy of the journal's first row under another id, for another person. */
export function addColumns(sqlite: Database): (id: string, userId: string) => void {
  const names = namesOf(sqlite, 'move');
  const own: Own = { id: '@id', interaction: '@id', slack_user_id: '@userId' };
  const statement = sqlite.prepare(
    `insert into move (${names.join(', ')})
     select ${names.map((name) => own[name] ?? name).join(', ')} from move where id = 'u-0'`,
  );
  return (id, userId) => {
    statement.run({ id, userId });
  };
}
