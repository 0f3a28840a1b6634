import type { Context } from '../../context.ts';
import type { MoveId } from '../../domain/ids.ts';
import { Turns } from '../../domain/turns.ts';
import type { Message } from '../../slack/message.ts';
import type { Follow } from '../../store/follow-row.ts';
import { close, show } from './show.ts';
import { closedMessage } from './view.ts';

/** One at a time for each door that is followed, so that each closes the one before. */
const notes = new Turns<MoveId>();

/**
 * Tells its person about the door in a message of its own, so that it is noticed; throws when it did not reach them. From
 * then on only this one goes on telling: what an older one said may not be so any more.
 */
export async function sendNote(context: Context, follow: Follow, message: Message): Promise<void> {
  const { store, messenger } = context;
  const { moveId: id, who } = follow;
  await notes.take(id, async () => {
    const note = await messenger.direct(who.userId, message);
    if (note === null) throw new Error('a person could not be told of a door that is followed');
    const older = (await store.follows.find(id))?.note ?? null;
    await store.follows.change(id, { note });
    if (older !== null)
      await close(context, { card: null, note: older }, closedMessage(follow, 'told_since'));
    // It ended while this was on its way, and has closed what it knew of.
    if ((await store.follows.find(id)) === null)
      await close(context, { card: null, note }, closedMessage(follow, 'old'));
  });
  // What came while it was on its way.
  await show(context, id);
}
