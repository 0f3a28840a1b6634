import type { Context } from '../../context.ts';
import { moveId } from '../../domain/ids.ts';
import type { Timer } from '../../store/timers.ts';
import { lookAtDoor, personOf } from './door.ts';
import { sendNote } from './note.ts';
import { catchUp } from './show.ts';
import { nudgeMessage } from './view.ts';

/** The time is over after which its owner wants to be reminded, once, of a door that is still unlocked. */
export async function nudge(context: Context, { subject }: Timer): Promise<void> {
  const { store } = context;
  const id = moveId(subject);
  const follow = await store.follows.find(id);
  // They were told of it already when it did not lock by itself.
  if (follow === null || follow.note !== null || (await personOf(context, follow)) === null) return;
  const door = await lookAtDoor(context, follow);
  await catchUp(context, id);
  if (door.kind === 'locked' || door.kind === 'not_theirs') return;
  // All this took its time: that may have been told meanwhile, or the door unlocked anew.
  const still = await store.follows.find(id);
  if (still === null || still.note !== null) return;
  const asked = door.kind !== 'not_asked';
  const known = { ...still, canLock: asked ? door.canLock : still.canLock };
  await sendNote(context, still, nudgeMessage(known, asked ? door.kind : 'unknown'));
}
