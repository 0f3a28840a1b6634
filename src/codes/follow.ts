import type { Context } from '../context.ts';
import { type CodeId, timerId } from '../domain/ids.ts';

/** The timer that looks at a code; it is about the code's id. */
const LOOK_TIMER = 'codes:look';

/** Has a code looked at, at that moment (ms), besides what is set already. */
export async function lookAt({ store, newId }: Context, id: CodeId, dueAt: number): Promise<void> {
  await store.timers.set({ id: timerId(newId()), kind: LOOK_TIMER, subject: id, dueAt });
}

/** Calls off what is set. Only for who is called again if they end in the middle: a timer, or an event of Seam's. */
export function callOffLooks({ store }: Context, id: CodeId): Promise<void> {
  return store.timers.callOff(LOOK_TIMER, id);
}
