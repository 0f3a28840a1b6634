/** What Seam is asked for where a person's doors are shown. */
import { keepClientSession } from '../client-session.ts';
import type { Context } from '../context.ts';
import type { Account, Door } from '../domain/door.ts';
import type { StoredPerson } from '../store/people.ts';
import { readDoors } from './read.ts';

/** How many devices Seam is asked for at once. */
const DEVICES_A_CALL = 10;
/** A page is shown from as many doors as this; it can have nine more, which makes 45 of 50 blocks. */
const ENOUGH_DOORS = 6;
/** What is not shown (thermostats, doors of disconnected accounts) can fill Seam's pages: so many are read. */
const MOST_CALLS = 3;

/**
 * How many doors are shown at once. A message takes 50 blocks: 3 a door at most, and 5 around them. Home takes 100, of
 * which its other parts need 38. Seam could send more than it was asked for.
 */
export const MOST_DOORS = 15;

/** What one page of the list shows. */
export interface Page {
  readonly doors: readonly Door[];
  readonly next: string | null;
}

/**
 * Reads one page of the person's doors from Seam: one call, unless much of it is no door, and one more for the
 * favourites, which come first on the first page and on no other.
 */
export async function readPage(context: Context, person: StoredPerson, cursor: string | null): Promise<Page> {
  const { seam, store } = context;
  await keepClientSession(context, person);
  const mine = await store.accounts.of(person.key);
  const favourites = await store.names.favourites(person);
  const doors: Door[] = cursor === null ? [...(await readDoors(context, person, favourites))] : [];
  const limit = Math.min(DEVICES_A_CALL, MOST_DOORS - doors.length);
  let next = cursor;
  for (let call = 0; call < MOST_CALLS; call += 1) {
    const page = await seam.doors(person.key, next, limit);
    doors.push(...page.doors.filter(({ id, accountId }) => mine.has(accountId) && !favourites.includes(id)));
    next = page.next;
    if (next === null || doors.length >= ENOUGH_DOORS) break;
  }
  return { doors: doors.slice(0, MOST_DOORS), next };
}

/** Reads the person's accounts from Seam, of those that we know to be theirs: one call. */
export async function readAccounts(
  { seam, store }: Context,
  person: StoredPerson,
): Promise<readonly Account[]> {
  const listed = await seam.accounts(person.key);
  const mine = await store.accounts.of(person.key);
  return listed.filter(({ id }) => mine.has(id));
}
