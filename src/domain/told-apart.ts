import type { Account, Door } from './door.ts';
import { fold } from './fold.ts';

/** Whether two of them are called the same, as names are compared. */
export function sharesName(doors: readonly Door[]): boolean {
  return new Set(doors.map(({ name }) => fold(name))).size < doors.length;
}

/** The doors, where those that share a name have their account beside it. */
export function tellApart(doors: readonly Door[], accounts: readonly Account[]): readonly Door[] {
  return doors.map((door) => {
    const account = accounts.find(({ id }) => id === door.accountId);
    const shared = doors.some((other) => other !== door && sharesName([door, other]));
    return shared && account !== undefined ? { ...door, name: `${door.name} (${account.name})` } : door;
  });
}

/** The same things with the favourites first, those in their own order. */
export function favouritesFirst<Thing extends Pick<Door, 'id'>>(
  things: readonly Thing[],
  favourites: readonly Door['id'][],
): readonly Thing[] {
  const first = favourites.flatMap((id) => things.find((thing) => thing.id === id) ?? []);
  return [...first, ...things.filter((thing) => !first.includes(thing))];
}
