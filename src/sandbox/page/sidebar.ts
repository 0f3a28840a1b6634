/** The left side: the workspace, its channels, the app. */
import type { Channel, View } from '../slack/drive.ts';
import { type Child, h, type Tree } from './dom.ts';
import { appFace, face } from './faces.ts';
import { icon } from './icons.ts';
import { type Page, placeKey } from './state.ts';
import { unreadIn } from './unread.ts';

function entry(
  page: Page,
  view: View,
  channel: Channel,
  to: string,
  current: boolean,
  ...shown: Child[]
): Tree {
  const unread = unreadIn(view, channel.id, page.state.seen.get(placeKey(page.state, channel.id)));
  return h(
    'li',
    { key: channel.id },
    h(
      'a',
      {
        href: `#${page.state.me}/${to}`,
        class: unread > 0 ? 'place unread' : 'place',
        'aria-current': current ? 'page' : null,
      },
      shown,
      unread > 0 && h('span', { class: 'count' }, String(unread), h('span', { class: 'unseen' }, ' new')),
    ),
  );
}

function channelEntry(page: Page, view: View, channel: Channel): Tree {
  const current = page.state.place === channel.id;
  return entry(
    page,
    view,
    channel,
    channel.id,
    current,
    icon('hash'),
    h('span', { class: 'place-name' }, channel.name),
  );
}

/** The app's entry leads to what waits there: unread messages, or else its Home. */
function appEntry(page: Page, view: View, channel: Channel): Tree {
  const unread = unreadIn(view, channel.id, page.state.seen.get(placeKey(page.state, channel.id)));
  const current = page.state.place === channel.id || page.state.place === 'home';
  const to = unread > 0 ? channel.id : 'home';
  return entry(
    page,
    view,
    channel,
    to,
    current,
    appFace(),
    h('span', { class: 'place-name' }, view.workspace.appName),
  );
}

/** Draws the sidebar. */
export function sidebar(page: Page, view: View): Tree {
  const apps = view.channels.filter(({ id }) => id === view.me.dmChannelId);
  const others = view.channels.filter((channel) => channel.kind === 'channel');
  return h(
    'nav',
    {
      id: 'sidebar',
      class: page.state.drawer === 'sidebar' ? 'sidebar out' : 'sidebar',
      'aria-label': 'Channels',
    },
    h('div', { class: 'workspace' }, h('h1', {}, view.workspace.name), h('p', {}, 'A pretend workspace')),
    h('h2', {}, 'Channels'),
    h(
      'ul',
      {},
      others.map((channel) => channelEntry(page, view, channel)),
    ),
    apps.length > 0 && h('h2', {}, 'Apps'),
    h(
      'ul',
      {},
      apps.map((channel) => appEntry(page, view, channel)),
    ),
    h(
      'div',
      { class: 'myself' },
      face(view.me.name),
      h('div', {}, h('strong', {}, view.me.name), h('small', {}, view.me.title)),
    ),
  );
}
