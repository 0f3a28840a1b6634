import type { Context } from '../../context.ts';
import { moveId, timerId } from '../../domain/ids.ts';
import type { Timer } from '../../store/timers.ts';
import { nextLook } from './decide.ts';
import { lookAtDoor } from './door.ts';
import { catchUp } from './show.ts';

/** Nobody tells us of this door: Seam is asked, ever more seldom, until it is locked again. */
export async function look(context: Context, { subject }: Timer): Promise<void> {
  const { store, time } = context;
  const id = moveId(subject);
  const follow = await store.follows.find(id);
  if (follow === null) return;
  const { kind } = await lookAtDoor(context, follow);
  await catchUp(context, id);
  if (kind === 'locked' || kind === 'not_theirs') return;
  const next = nextLook(follow.unlockedAt, time.now());
  if (next === null) return;
  const { n, at: dueAt } = next;
  await store.timers.set({ id: timerId(`${id}:look:${n}`), kind: 'follow:look', subject: id, dueAt });
}
