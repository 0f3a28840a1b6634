import type { Context } from '../context.ts';
import type { Door } from '../domain/door.ts';
import { findDoors } from '../domain/door-name.ts';
import type { DeviceId } from '../domain/ids.ts';
import type { StoredPerson } from '../store/people.ts';
import { readAllDoors } from './read.ts';

/** The doors that somebody may mean. Only `one` may be acted upon. */
export type Found =
  | { readonly kind: 'one'; readonly door: Door }
  /** `complete` is false where there are more doors than were looked through: even one may not be the only one. */
  | { readonly kind: 'several'; readonly doors: readonly Door[]; readonly complete: boolean }
  | { readonly kind: 'none'; readonly near: readonly Door[]; readonly complete: boolean };

/** Finds the door that a person calls so. Calls to Seam: one for each 500 devices. */
export async function findByName(context: Context, person: StoredPerson, typed: string): Promise<Found> {
  const { doors, complete } = await readAllDoors(context, person);
  const meant = findDoors(typed, doors, []);
  const those = (ids: readonly DeviceId[]) => ids.flatMap((id) => doors.find((door) => door.id === id) ?? []);
  switch (meant.kind) {
    case 'one': {
      const [door] = those([meant.id]);
      if (door === undefined) return { kind: 'none', near: [], complete };
      return complete ? { kind: 'one', door } : { kind: 'several', doors: [door], complete };
    }
    case 'several':
      return { kind: 'several', doors: those(meant.ids), complete };
    case 'none':
      return { kind: 'none', near: those(meant.near), complete };
  }
}
