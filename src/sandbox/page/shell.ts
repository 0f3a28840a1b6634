/** The page as a whole: bars, panels, the open place, and the layers above them. */
import type { Channel, View } from '../slack/drive.ts';
import { drawBlocks } from './blocks.ts';
import { composer } from './composer.ts';
import { confirmDialog, topModal } from './dialogs.ts';
import { h, type Tree } from './dom.ts';
import { housePanel } from './doors.ts';
import { appFace } from './faces.ts';
import { icon } from './icons.ts';
import { messageList } from './messages.ts';
import { sidebar } from './sidebar.ts';
import { type Page, placeKey } from './state.ts';
import { topbar } from './topbar.ts';
import { tourStrip } from './tour.ts';
import { workflowDialog } from './workflow.ts';

function appTabs(page: Page, view: View): Tree {
  const tab = (to: string, text: string) =>
    h(
      'a',
      { href: `#${page.state.me}/${to}`, 'aria-current': page.state.place === to ? 'page' : null },
      text,
    );
  return h(
    'nav',
    { class: 'tabs', 'aria-label': view.workspace.appName },
    tab('home', 'Home'),
    tab(view.me.dmChannelId, 'Messages'),
  );
}

function placeHead(page: Page, view: View): Tree {
  const { place } = page.state;
  const channel = view.channels.find(({ id }) => id === place);
  const isApp = place === 'home' || place === view.me.dmChannelId;
  return h(
    'header',
    { class: 'place-head' },
    isApp ? appFace() : icon('hash'),
    h('h2', {}, isApp ? view.workspace.appName : (channel?.name ?? '')),
    isApp && appTabs(page, view),
  );
}

function homePane(page: Page, view: View): Tree {
  const { home } = view;
  const surface = { key: `home-${page.state.me}`, in: { home: true } as const };
  return h(
    'div',
    { class: 'scroller home', key: placeKey(page.state), 'aria-live': 'polite' },
    home
      ? h('div', { class: 'home-blocks' }, drawBlocks(page, view, surface, home.blocks))
      : h(
          'p',
          { class: 'quiet' },
          page.state.busy.has('home') ? 'Opening…' : 'The app has not drawn its Home for you yet.',
        ),
  );
}

/** A log, so that a screen reader tells what is added and what changes in it; each has an element of its own. */
function conversation(page: Page, view: View, channel: Channel): Tree {
  return h(
    'div',
    {
      key: placeKey(page.state),
      class: 'scroller',
      tabindex: '0',
      role: 'log',
      'aria-live': 'polite',
      'aria-relevant': 'additions text',
      'aria-label': `Messages in ${channel.name}`,
    },
    messageList(page, view, channel.id),
  );
}

function main(page: Page, view: View): Tree {
  const { place } = page.state;
  const channel = view.channels.find(({ id }) => id === place);
  return h(
    'main',
    { class: 'main' },
    placeHead(page, view),
    channel ? conversation(page, view, channel) : homePane(page, view),
    channel && composer(page, view, channel),
  );
}

function toast(key: string, text: string, dismiss: () => void): Tree {
  return h(
    'p',
    { key, class: 'toast' },
    h('span', {}, text),
    h(
      'button',
      { type: 'button', class: 'icon-button', 'aria-label': 'Dismiss', onclick: dismiss },
      icon('close'),
    ),
  );
}

/** What came up elsewhere than in the open channel: Slack's notices about Home, and what the local Slack refused. */
function toasts(page: Page, view: View): Tree {
  const { state } = page;
  const unread = view.notices.filter(({ id }) => !state.noticesRead.has(id));
  const shown = view.modals.length > 0 ? [] : unread;
  const dismiss = (id: string) => () => {
    state.noticesRead.add(id);
    page.redraw();
  };
  const forgive = () => {
    state.refusal = null;
    page.redraw();
  };
  return h(
    'div',
    { class: 'toasts', role: 'status' },
    shown.map(({ id, text }) => toast(id, text, dismiss(id))),
    state.refusal !== null && toast('refusal', state.refusal, forgive),
  );
}

function floating(page: Page): Tree | null {
  const { popover } = page.state;
  if (!popover) return null;
  return h(
    'div',
    {
      class: 'floating',
      key: `popover ${popover.anchor}`,
      'data-layer': `popover ${popover.anchor}`,
      onkeydown: (event) => {
        if (!(event instanceof KeyboardEvent) || event.key !== 'Tab') return;
        event.preventDefault();
        page.closePopover();
      },
    },
    popover.draw(),
  );
}

function ground(page: Page, view: View): Tree {
  const { state } = page;
  return h(
    'div',
    {
      class: 'shell',
      inert: view.modals.length > 0 || state.confirming !== null || state.starting !== null,
    },
    topbar(page, view),
    tourStrip(page),
    !state.reachable &&
      h('p', { class: 'lost', role: 'alert' }, 'The sandbox does not answer. Trying again…'),
    h(
      'div',
      { class: 'columns' },
      sidebar(page, view),
      main(page, view),
      housePanel(page, state.house),
      state.drawer !== 'none' &&
        h('div', {
          class: 'scrim',
          onclick: () => {
            state.drawer = 'none';
            page.redraw();
          },
        }),
    ),
  );
}

function opening(page: Page): Tree {
  const text = page.state.reachable ? 'Opening the sandbox…' : 'The sandbox does not answer. Trying again…';
  return h('p', { class: 'opening', role: 'status' }, appFace(), text);
}

/** Draws everything. */
export function shell(page: Page): Tree[] {
  const { view, confirming, starting } = page.state;
  if (!view) return [opening(page)];
  const modal = topModal(page, view);
  const float = floating(page);
  return [
    ground(page, view),
    ...(starting ? [workflowDialog(page, view, starting)] : []),
    ...(modal ? [modal] : []),
    ...(confirming ? [confirmDialog(page, view, confirming)] : []),
    ...(float ? [float] : []),
    toasts(page, view),
  ];
}
