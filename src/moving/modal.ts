/**
 * The modals that wait for an outcome. Only this process knows of them: after a crash the journal's outcome is told in a
 * message.
 */
import type { Context } from '../context.ts';
import type { MoveId } from '../domain/ids.ts';
import type { Message } from '../slack/message.ts';
import { closingModal } from '../views/modal.ts';

const waiting = new Map<MoveId, string>();

/** From now on this modal shows how the move stands. */
export function waitIn(id: MoveId, viewId: string): void {
  waiting.set(id, viewId);
}

/** The modal has nothing more to wait for. */
export function leaveModal(id: MoveId): void {
  waiting.delete(id);
}

/** Shows it in the modal that waits for this move; false where none does, or it was closed. */
export async function showInModal(
  { surfaces, log }: Context,
  id: MoveId,
  message: Message,
): Promise<boolean> {
  const viewId = waiting.get(id);
  if (viewId === undefined) return false;
  try {
    await surfaces.change(viewId, closingModal(message.blocks));
    return true;
  } catch (error) {
    log.info({ move: id, err: error }, 'the modal of a move is not there any more');
    leaveModal(id);
    return false;
  }
}
