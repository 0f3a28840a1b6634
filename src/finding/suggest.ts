/** The doors that a select offers to somebody who types into it. */
import type { Context } from '../context.ts';
import type { Door } from '../domain/door.ts';
import { findDoors } from '../domain/door-name.ts';
import { fold } from '../domain/fold.ts';
import type { DeviceId } from '../domain/ids.ts';
import { favouritesFirst } from '../domain/told-apart.ts';
import type { Alias } from '../store/names.ts';
import type { StoredPerson } from '../store/people.ts';
import { doorsLately } from './lately.ts';

/** Slack's limit of a select's options. */
const MOST_OPTIONS = 100;

/** What is offered, and the person's own words for doors, to be shown beside them. */
interface Suggested {
  readonly doors: readonly Door[];
  readonly aliases: readonly Alias[];
}

/** Of the person's doors those that `fits` allows and that go with what is typed; at most one listing a minute. */
export async function doorsTyped(
  context: Context,
  person: StoredPerson,
  query: string,
  fits: (door: Door) => boolean,
): Promise<Suggested> {
  const { names } = context.store;
  const [doors, aliases, favourites] = await Promise.all([
    doorsLately(context, person),
    names.aliases(person),
    names.favourites(person),
  ]);
  return { doors: suggestDoors(query, doors.filter(fits), aliases, favourites), aliases };
}

/**
 * The doors to choose from that go with what is typed, the favourites first: each typed word is in the door's name or
 * in a word of the person's own for it. Where none has it, those that are called nearly so.
 */
export function suggestDoors(
  query: string,
  doors: readonly Door[],
  aliases: readonly Alias[],
  favourites: readonly DeviceId[],
): readonly Door[] {
  const ordered = favouritesFirst(doors, favourites);
  const typed = fold(query)
    .split(' ')
    .filter((word) => word !== '');
  const called = ({ id, name }: Door) =>
    fold([name, ...aliases.filter(({ deviceId: of }) => of === id).map(({ word }) => word)].join(' '));
  const having = ordered.filter((door) => {
    const words = called(door);
    return typed.every((word) => words.includes(word));
  });
  if (having.length > 0) return having.slice(0, MOST_OPTIONS);
  const meant = findDoors(query, ordered, aliases);
  const near = meant.kind === 'none' ? meant.near : meant.kind === 'one' ? [meant.id] : meant.ids;
  return near.flatMap((id) => ordered.find((door) => door.id === id) ?? []);
}
