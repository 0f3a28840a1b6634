/**
 * What was last listed for a person, for a select that asks at every letter. It is kept in memory for a minute, and only
 * ever suggests: who may open a door is asked of Seam when it is to be opened.
 */
import type { Context } from '../context.ts';
import type { Door } from '../domain/door.ts';
import type { UserIdentifierKey } from '../domain/ids.ts';
import type { StoredPerson } from '../store/people.ts';
import { readAllDoors, toldApart } from './read.ts';

const KEPT_MS = 60_000;
/** People whose doors are kept at the same time. */
const MOST_PEOPLE = 500;

interface Listed {
  readonly at: number;
  readonly doors: Promise<readonly Door[]>;
}

const lately = new Map<UserIdentifierKey, Listed>();

/** The person's doors as they were listed within the last minute; else they are listed now, once for all who ask. */
export function doorsLately(context: Context, person: StoredPerson): Promise<readonly Door[]> {
  const now = context.time.now();
  const known = lately.get(person.key);
  if (known !== undefined && Math.abs(now - known.at) < KEPT_MS) return known.doors;
  const listed = { at: now, doors: read(context, person) };
  lately.delete(person.key);
  lately.set(person.key, listed);
  const [oldest] = lately.keys();
  if (lately.size > MOST_PEOPLE && oldest !== undefined) lately.delete(oldest);
  // Whoever asks next asks Seam again.
  listed.doors.catch(() => {
    if (lately.get(person.key) === listed) lately.delete(person.key);
  });
  return listed.doors;
}

/** What they have has changed. */
export function forgetLately(key: UserIdentifierKey): void {
  lately.delete(key);
}

async function read(context: Context, person: StoredPerson): Promise<readonly Door[]> {
  const { doors } = await readAllDoors(context, person);
  return toldApart(context, person, doors);
}
