import type { Context } from '../../context.ts';
import type { HouseEvent } from '../../domain/house-event.ts';
import { looksLikeId } from '../../domain/id-schema.ts';
import { listingId, moveId } from '../../domain/ids.ts';
import { unreachable } from '../../domain/outcome.ts';
import type { Asked, Feature } from '../../feature.ts';
import type { SeamEvent } from '../../seam/port.ts';
import { begin, drop, takeUp } from './begin.ts';
import { isLocking } from './decide.ts';
import { look } from './look.ts';
import { nudge } from './nudge.ts';
import { relock } from './relock.ts';
import { end, last, news, sendCard, showChanged } from './show.ts';
import { keptMessage, overMessage, tooLateToKeepMessage } from './view.ts';

/** What becomes of a door after it was unlocked here: told, reminded of, and locked again by itself. */
export const follow: Feature = {
  name: 'follow',
  subcommands: [],
  actions: { keep },
  onEvent: hear,
  timers: { card: sendCard, look, last, nudge, relock, end },
  start: takeUp,
};

async function hear(context: Context, event: SeamEvent | HouseEvent): Promise<void> {
  switch (event.kind) {
    case 'move_ended':
      if (event.verb === 'unlock') {
        await begin(context, event.moveId);
        await drop(context, event.moveId);
      }
      await news(context, event.deviceId);
      return;
    case 'happened':
      await news(context, event.happening.deviceId);
      return;
    case 'account_connected':
    case 'account_left':
    case 'account_changed':
    case 'battery_changed':
    case 'code_changed':
    case 'favourites_changed':
    case 'person_left':
    case 'settings_changed':
    case 'webview_ended':
      return;
    default:
      unreachable(event);
  }
}

/** *Keep unlocked*. */
async function keep(context: Context, clicked: Asked): Promise<void> {
  const { store, messenger, doors } = context;
  const [id = '', list] = clicked.args;
  const follow = looksLikeId(id) ? await store.follows.find(moveId(id)) : null;
  const { person } = clicked;
  const { scope, userId } = person;
  if (
    follow === null ||
    follow.locksAt === null ||
    follow.who.scope !== scope ||
    follow.who.userId !== userId
  ) {
    await messenger.post(clicked, overMessage);
    return;
  }
  await store.follows.change(follow.moveId, { locksAt: null });
  await store.timers.callOff('follow:relock', follow.moveId);
  // Looked at after that: what had not been sent by then is not sent any more.
  const last = (await store.moves.latest(person, [follow.deviceId])).get(follow.deviceId);
  const answer = isLocking(last) ? tooLateToKeepMessage(follow) : keptMessage(follow);
  // The list that was clicked in need not be the one that it was unlocked in.
  const clickedIn =
    clicked.inOwnMessage && list !== undefined ? await doors.find(person, listingId(list)) : null;
  if (clickedIn !== null) await doors.redraw(clicked, clickedIn.id, answer);
  // No other place may go on saying that the door is going to lock.
  const move = await store.moves.find(follow.moveId);
  if (clickedIn === null || clickedIn.id !== move?.listingId) await showChanged(context, follow.moveId);
  if (clickedIn === null) await messenger.post(clicked, answer);
}
