/** Takes what the servers answered into the page's state, and notes what changed on the way. */
import type { View as House } from '../seam/drive.ts';
import type { Message, View } from '../slack/drive.ts';
import { forgetPicked, messageSurface, type Page, placeKey, type State } from './state.ts';
import { tickFromHouse } from './tour.ts';
import { newestTs } from './unread.ts';

function sameMessage(one: Message, other: Message): boolean {
  return one.text === other.text && JSON.stringify(one.blocks) === JSON.stringify(other.blocks);
}

/** A message that the app drew anew shows what the app drew, not what was picked in the one before. */
function forgetRedrawn(state: State, now: View): void {
  for (const old of state.view?.messages ?? []) {
    const message = now.messages.find(({ id }) => id === old.id);
    if (!message || !sameMessage(old, message)) forgetPicked(state, messageSurface(old));
  }
}

/** Notices carry no time: each stays below the message that was the newest when it came. */
function placeNotices(state: State, now: View): void {
  const isNew = state.view?.me.id === now.me.id;
  for (const notice of now.notices) {
    if (state.noticeAfter.has(notice.id)) continue;
    const last = now.messages.filter((message) => message.channelId === notice.channelId).at(-1);
    state.noticeAfter.set(notice.id, last?.id ?? null);
    if (!isNew) state.noticesRead.add(notice.id);
  }
}

/** Marks the open channel as read, with the notices in it, unless a modal is in front of it. */
export function markSeen(state: State): void {
  const { view, place } = state;
  if (!view || document.visibilityState !== 'visible' || view.modals.length > 0) return;
  const newest = newestTs(view, place);
  if (newest !== null) state.seen.set(placeKey(state), newest);
  for (const notice of view.notices) if (notice.channelId === place) state.noticesRead.add(notice.id);
}

/** Takes a person's view. */
export function takeView(page: Page, now: View): void {
  const { state } = page;
  placeNotices(state, now);
  forgetRedrawn(state, now);
  state.view = now;
  state.me = now.me.id;
}

/** Takes the doors. */
export function takeHouse(page: Page, house: House): void {
  page.state.house = house;
  for (const door of house.doors) if (door.connected) page.state.signedOut.delete(door.account);
  tickFromHouse(page, house);
}
