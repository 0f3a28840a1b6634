import { keepClientSession } from '../../client-session.ts';
import type { Context } from '../../context.ts';
import type { Door } from '../../domain/door.ts';
import type { StoredPerson } from '../../store/people.ts';

/** How many devices Seam is asked for at once, and how often: nobody has more doors. */
const DEVICES_A_CALL = 500;
const MOST_CALLS = 4;

/** All doors of a person, as Seam lists them now: one call, unless there are hundreds. */
export async function doorsOf(context: Context, person: StoredPerson): Promise<readonly Door[]> {
  const { seam, store } = context;
  const mine = await store.accounts.of(person.key);
  if (mine.size === 0) return [];
  await keepClientSession(context, person);
  const doors: Door[] = [];
  let cursor: string | null = null;
  for (let call = 0; call < MOST_CALLS; call += 1) {
    const page = await seam.doors(person.key, cursor, DEVICES_A_CALL);
    doors.push(...page.doors.filter(({ accountId }) => mine.has(accountId)));
    cursor = page.next;
    if (cursor === null) break;
  }
  return doors;
}

/** Whether a code can be made for it. */
export function takesCodes({ codes }: Door): boolean {
  return codes.online || codes.offline;
}
