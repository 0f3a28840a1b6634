/** The page: its state, its wiring to the two servers, and the one place that draws. */
import type { View } from '../slack/drive.ts';
import { openTab } from './acts.ts';
import { draw } from './dom.ts';
import { Refused, seam, slack } from './drive.ts';
import { placeBeside } from './float.ts';
import { settleFocus } from './focus.ts';
import { markSeen, takeHouse, takeView } from './intake.ts';
import { listenToPage } from './keys.ts';
import { follow } from './live.ts';
import { readRoute, writeRoute } from './route.ts';
import { keepDown, keepReached } from './scroll.ts';
import { shell } from './shell.ts';
import { type Page, type Popover, placeKey, type State } from './state.ts';
import { isRegular } from './topbar.ts';
import { loadTour } from './tour.ts';
import { unreadIn } from './unread.ts';

const state: State = {
  me: '',
  place: '',
  view: null,
  house: null,
  reachable: true,
  picked: new Map(),
  optionTexts: new Map(),
  busy: new Set(),
  popover: null,
  confirming: null,
  starting: null,
  drawer: 'none',
  drafts: new Map(),
  sent: [],
  recalled: null,
  suggested: null,
  suggestionsClosed: false,
  seen: new Map(),
  waiting: new Map(),
  noticeAfter: new Map(),
  noticesRead: new Set(),
  refusal: null,
  signedOut: new Set(),
  tour: loadTour(),
};

function drawNow(): void {
  const root = document.getElementById('root');
  if (!root) return;
  const settleScroll = keepDown();
  const focused = document.activeElement;
  markSeen(state);
  draw(root, shell(page));
  settleScroll(placeKey(state));
  const floating = document.querySelector<HTMLElement>('.floating');
  const anchor = document.getElementById(state.popover?.anchor ?? '');
  if (floating && anchor) placeBeside(floating, anchor);
  keepReached();
  settleFocus(focused);
  const channel = state.view?.channels.find(({ id }) => id === state.place);
  document.title = `${channel?.name ?? 'Home'} · Latchbolt sandbox`;
}

let drawDue = false;
function redraw(): void {
  if (drawDue) return;
  drawDue = true;
  queueMicrotask(() => {
    drawDue = false;
    drawNow();
  });
}

/** A stranger of another workspace has no Home of our app. */
function hasHome(view: View): boolean {
  return view.channels.some(({ id }) => id === view.me.dmChannelId);
}

/** Settles on a place that the person has, and goes there; entering the app's own tabs tells it. */
function enter(place: string): void {
  const { view } = state;
  if (!view) return;
  const exists = (place === 'home' && hasHome(view)) || view.channels.some(({ id }) => id === place);
  const settled = exists ? place : (view.channels[0]?.id ?? '');
  history.replaceState(null, '', writeRoute({ me: state.me, place: settled }));
  const key = placeKey(state, settled);
  if (key === entered) return;
  entered = key;
  state.place = settled;
  state.drawer = 'none';
  state.suggestionsClosed = true;
  if (settled === 'home') void openTab(page, 'home');
  if (settled === view.me.dmChannelId) void openTab(page, 'messages');
}
let entered = '';

/** An address that names nobody leads to the first person. */
function forgetAddress(): void {
  if (location.hash === '') return;
  history.replaceState(null, '', location.pathname);
  followPerson();
}

async function readView(): Promise<void> {
  const { me } = readRoute(location.hash);
  const view = await slack.view(me).catch((error: unknown) => {
    if (error instanceof Refused) forgetAddress();
    throw error;
  });
  const route = readRoute(location.hash);
  if (route.me !== me) return;
  takeView(page, view);
  enter(route.place);
}

const retryMs = 2000;
let retryTimer: ReturnType<typeof setTimeout> | undefined;
async function readBoth(): Promise<void> {
  const reads = [readView(), seam.view().then((house) => takeHouse(page, house))];
  const results = await Promise.allSettled(reads);
  state.reachable = results.every(({ status }) => status === 'fulfilled');
  clearTimeout(retryTimer);
  // A stream that was open all the while would not tell that the server answers again.
  if (!state.reachable) retryTimer = setTimeout(() => void refresh(), retryMs);
  redraw();
}

let reading: Promise<void> | null = null;
let staleSince = false;
/** One reading at a time; what is asked for meanwhile leads to one more, which the asker waits for too. */
function refresh(): Promise<void> {
  staleSince = true;
  reading ??= (async () => {
    while (staleSince) {
      staleSince = false;
      await readBoth();
    }
    reading = null;
    countWaitingSoon();
  })();
  return reading;
}

let countTimer: ReturnType<typeof setTimeout> | undefined;
/** What I do often leads to a message for someone else: looks, soon after, for whom one waits. */
function countWaitingSoon(): void {
  clearTimeout(countTimer);
  countTimer = setTimeout(() => void countWaiting().catch(() => {}), 500);
}

async function countWaiting(): Promise<void> {
  const { view: mine } = state;
  const others = mine?.people.filter((one) => one.id !== state.me && isRegular(mine, one)) ?? [];
  for (const person of others) {
    const view = await slack.view(person.id);
    const seen = state.seen.get(`${person.id}/${person.dmChannelId}`);
    state.waiting.set(person.id, unreadIn(view, person.dmChannelId, seen));
  }
  redraw();
}

function closePopover(): void {
  const { popover } = state;
  state.popover = null;
  popover?.closed();
  redraw();
}

const page: Page = {
  state,
  redraw,
  refresh,
  go: (me, place) => {
    location.hash = writeRoute({ me, place });
  },
  openPopover: (popover: Popover) => {
    closePopover();
    state.popover = popover;
    redraw();
  },
  closePopover,
};

const listener = {
  changed: () => void refresh(),
  lost: () => {
    state.reachable = false;
    redraw();
  },
};

let following = '';
let unfollow = () => {};
/** Follows the view of the person in the address. */
function followPerson(): void {
  const { me } = readRoute(location.hash);
  if (me === following) return;
  unfollow();
  following = me;
  unfollow = follow(() => slack.stream(me), listener);
}

addEventListener('hashchange', () => {
  closePopover();
  followPerson();
  void refresh();
});
listenToPage(page);
follow(() => seam.stream(), listener);
followPerson();
redraw();
await refresh();
if (matchMedia('(hover: hover)').matches) document.getElementById('composer')?.focus();
