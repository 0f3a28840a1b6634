import type { Context } from '../context.ts';
import type { Door } from '../domain/door.ts';
import { type DoorMeant, findDoors } from '../domain/door-name.ts';
import { fold } from '../domain/fold.ts';
import type { DeviceId } from '../domain/ids.ts';
import { favouritesFirst } from '../domain/told-apart.ts';
import type { StoredPerson } from '../store/people.ts';
import { type AllDoors, readAllDoors, readDoors, toldApart } from './read.ts';

/** The doors that somebody may mean. Only `one` may be acted upon. */
export type Found =
  | { readonly kind: 'one'; readonly door: Door }
  /** `complete` is false where there are more doors than were looked through: even one may not be the only one. */
  | { readonly kind: 'several'; readonly doors: readonly Door[]; readonly complete: boolean }
  /** `gone`: the word was theirs for a door that is not there any more. */
  | {
      readonly kind: 'none';
      readonly near: readonly Door[];
      readonly complete: boolean;
      readonly gone: boolean;
    };

/**
 * Finds the door that a person calls so, by their own word for it or its name. Calls to Seam: one for a word of their
 * own; else one for each 500 devices; one more where several are called the same.
 */
export async function findByName(context: Context, person: StoredPerson, typed: string): Promise<Found> {
  const aliases = await context.store.names.aliases(person);
  const alias = aliases.find(({ word }) => fold(word) === fold(typed));
  if (alias !== undefined) {
    const [door] = await readDoors(context, person, [alias.deviceId]);
    if (door !== undefined) return { kind: 'one', door };
  }
  const all = await readAllDoors(context, person);
  const found = await foundOf(context, person, findDoors(typed, all.doors, aliases), all);
  return found.kind === 'none' ? { ...found, gone: alias !== undefined } : found;
}

/** Turns what a name means among all of a person's doors into the doors. */
export async function foundOf(
  context: Context,
  person: StoredPerson,
  meant: DoorMeant,
  { doors, complete }: AllDoors,
): Promise<Found> {
  const favourites = await context.store.names.favourites(person);
  const those = async (ids: readonly DeviceId[]) => {
    const listed = ids.flatMap((id) => doors.find((door) => door.id === id) ?? []);
    return toldApart(context, person, favouritesFirst(listed, favourites));
  };
  switch (meant.kind) {
    case 'one': {
      const [door] = await those([meant.id]);
      if (door === undefined) return { kind: 'none', near: [], complete, gone: false };
      return complete ? { kind: 'one', door } : { kind: 'several', doors: [door], complete };
    }
    case 'several':
      return { kind: 'several', doors: await those(meant.ids), complete };
    case 'none':
      return { kind: 'none', near: await those(meant.near), complete, gone: false };
  }
}
