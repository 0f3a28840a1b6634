import type { Door } from '../../domain/door.ts';
import { findDoors } from '../../domain/door-name.ts';
import { fold } from '../../domain/fold.ts';
import { type DeviceId, deviceId } from '../../domain/ids.ts';
import { favouritesFirst } from '../../domain/told-apart.ts';
import type { Values } from '../../slack/deed.ts';
import type { Alias } from '../../store/names.ts';

/** The block that holds the select. */
export const DOOR_BLOCK = 'door';
/** Slack's limit of a select's options. */
const MOST_OPTIONS = 100;

/** The door that was picked; null for none, and for anything that we did not offer. */
export function pickedDoor(values: Values): DeviceId | null {
  const [picked = '', another] = values[DOOR_BLOCK] ?? [];
  return another === undefined && /^[\w-]{1,64}$/.test(picked) ? deviceId(picked) : null;
}

/** When the modal was opened, ms, as it says itself; null for anything that we did not write. */
export function readMoment(metadata: string): number | null {
  return /^\d{1,15}$/.test(metadata) ? Number(metadata) : null;
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
  const able = favouritesFirst(
    doors.filter(({ canUnlock }) => canUnlock),
    favourites,
  );
  const typed = fold(query)
    .split(' ')
    .filter((word) => word !== '');
  const called = ({ id, name }: Door) =>
    fold([name, ...aliases.filter(({ deviceId: of }) => of === id).map(({ word }) => word)].join(' '));
  const having = able.filter((door) => {
    const words = called(door);
    return typed.every((word) => words.includes(word));
  });
  if (having.length > 0) return having.slice(0, MOST_OPTIONS);
  const meant = findDoors(query, able, aliases);
  const near = meant.kind === 'none' ? meant.near : meant.kind === 'one' ? [meant.id] : meant.ids;
  return near.flatMap((id) => able.find((door) => door.id === id) ?? []);
}
