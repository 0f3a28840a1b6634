/** What the contents of the database, and the key for what is sealed in it, mean for the next start. */
import { migrations, NewerDatabaseError } from '../store/migrations.ts';
import type { Journal } from './journal.ts';
import { type Finding, fault, note, ok } from './report.ts';

export const CONTENTS = 'Database contents';
export const VERSION = 'Database version';
export const SECRET = 'Encryption key';

/** Where the key is; the key file's own sentence when it cannot be used. */
export type KeyPlace =
  | { readonly kind: 'there'; readonly place: string }
  | { readonly kind: 'missing'; readonly place: string }
  | { readonly kind: 'unusable'; readonly says: string };

/** Whether SQLite finds the file sound. */
export function judgeDamage({ damage }: Journal): Finding {
  return damage.length === 0
    ? ok(CONTENTS, 'nothing in it is damaged.')
    : fault(CONTENTS, `it is damaged (${damage.join('; ')}). Stop Latchbolt, and bring back a backup.`);
}

/** Whether this Latchbolt can work with the tables as they are. */
export function judgeVersion({ migrations: done, isEmpty }: Journal): Finding {
  if (done === null) {
    return isEmpty
      ? note(VERSION, 'it is empty; the first start fills it.')
      : fault(VERSION, 'it is of another program. Set DATABASE_URL to a file of its own.');
  }
  const unknown = done.filter((name) => !Object.hasOwn(migrations, name));
  if (unknown.length > 0) return fault(VERSION, new NewerDatabaseError(unknown).message);
  return done.length < Object.keys(migrations).length
    ? note(VERSION, 'it is of an older Latchbolt; the next start brings it up to date. Back it up before.')
    : ok(VERSION, 'it is of this Latchbolt.');
}

/** @param journal null when there is no database yet, or it could not be read */
export function judgeSecret(key: KeyPlace, journal: Journal | null): Finding {
  if (key.kind === 'unusable') return fault(SECRET, key.says);
  if (key.kind === 'missing') {
    return journal?.hasSealed === true
      ? fault(
          SECRET,
          `${key.place} is gone. Bring it back from the backup; if there is none, start Latchbolt all the same: it makes a new one, and answers by direct message what it cannot answer otherwise.`,
        )
      : note(SECRET, `the next start makes it in ${key.place}. Back that up together with the database.`);
  }
  if (journal?.opens === false) {
    return fault(
      SECRET,
      `${key.place} is not the key that the database was sealed with. Bring that one back; if it is lost, start Latchbolt all the same: it answers by direct message what it cannot answer otherwise.`,
    );
  }
  return journal?.opens === true
    ? ok(SECRET, `${key.place} opens what is sealed in the database.`)
    : ok(SECRET, `${key.place} is there; nothing is sealed in the database that it could be tried on.`);
}
