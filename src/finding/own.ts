import { keepClientSession } from '../client-session.ts';
import type { Context } from '../context.ts';
import type { Door } from '../domain/door.ts';
import type { DeviceId } from '../domain/ids.ts';
import type { StoredPerson } from '../store/people.ts';

/** Whether it may be a door of an account that the person is about to leave: what they take back there is theirs still. */
interface OwnDoorOptions {
  readonly leaving: boolean;
}

/**
 * The door if it is this person's, asked of Seam now and held against our own record; null for any doubt. Throws a
 * SeamError or a StoreError where that cannot be found out.
 */
export async function ownDoor(
  context: Context,
  person: StoredPerson,
  id: DeviceId,
  { leaving }: OwnDoorOptions = { leaving: false },
): Promise<Door | null> {
  const { accounts } = context.store;
  await keepClientSession(context, person);
  const door = await context.seam.door(person.key, id);
  // Read last: while Seam took its time, the person may have disconnected the account.
  const theirs = await (leaving ? accounts.withLeaving(person.key) : accounts.of(person.key));
  return door !== null && theirs.has(door.accountId) ? door : null;
}
