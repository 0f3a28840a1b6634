import { keepClientSession } from '../client-session.ts';
import type { Context } from '../context.ts';
import type { Door } from '../domain/door.ts';
import type { DeviceId } from '../domain/ids.ts';
import { sharesName, tellApart } from '../domain/told-apart.ts';
import type { StoredPerson } from '../store/people.ts';

/** The most that Seam gives at once. */
const DEVICES_A_CALL = 500;
/** So many pages are read at most: a person waits. */
const MOST_CALLS = 5;

/** A person's doors as Seam lists them now. */
export interface AllDoors {
  readonly doors: readonly Door[];
  /** False for somebody who has more than can be read while they wait. */
  readonly complete: boolean;
}

/** Reads all of a person's doors: one call for each 500 devices, five at most. */
export async function readAllDoors(context: Context, person: StoredPerson): Promise<AllDoors> {
  await keepClientSession(context, person);
  const mine = await context.store.accounts.of(person.key);
  const doors: Door[] = [];
  let next: string | null = null;
  for (let call = 0; call < MOST_CALLS; call += 1) {
    const page = await context.seam.doors(person.key, next, DEVICES_A_CALL);
    doors.push(...page.doors.filter((door) => mine.has(door.accountId)));
    next = page.next;
    if (next === null) break;
  }
  return { doors, complete: next === null };
}

/** Reads those of these doors that are the person's, in the order of the ids: one call, or none for no ids. */
export async function readDoors(
  context: Context,
  person: StoredPerson,
  ids: readonly DeviceId[],
): Promise<readonly Door[]> {
  if (ids.length === 0) return [];
  await keepClientSession(context, person);
  const mine = await context.store.accounts.of(person.key);
  return (await context.seam.doorsById(person.key, ids)).filter((door) => mine.has(door.accountId));
}

/** The doors with the account beside a name that several have: one call where there is such a name. */
export async function toldApart(
  { seam }: Context,
  person: StoredPerson,
  doors: readonly Door[],
): Promise<readonly Door[]> {
  return sharesName(doors) ? tellApart(doors, await seam.accounts(person.key)) : doors;
}
