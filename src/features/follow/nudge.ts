import type { Context } from '../../context.ts';
import { moveId } from '../../domain/ids.ts';
import type { Timer } from '../../store/timers.ts';
import { lookAtDoor, personOf } from './door.ts';
import { catchUp, show } from './show.ts';
import { nudgeMessage } from './view.ts';

/** The time is over after which its owner wants to be reminded, once, of a door that is still unlocked. */
export async function nudge(context: Context, { subject }: Timer): Promise<void> {
  const { store, messenger } = context;
  const id = moveId(subject);
  const follow = await store.follows.find(id);
  // They were told of it already when it did not lock by itself.
  if (follow === null || follow.note !== null || (await personOf(context, follow)) === null) return;
  const door = await lookAtDoor(context, follow);
  await catchUp(context, id);
  if (door.kind === 'locked' || door.kind === 'not_theirs') return;
  const asked = door.kind !== 'not_asked';
  const known = { ...follow, canLock: asked ? door.canLock : follow.canLock };
  const note = await messenger.direct(follow.who.userId, nudgeMessage(known, asked ? door.kind : 'unknown'));
  if (note === null) throw new Error('a reminder did not reach its person');
  await store.follows.change(id, { note });
  // What came while it was on its way.
  await show(context, id);
}
