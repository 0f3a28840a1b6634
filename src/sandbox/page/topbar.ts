/** The bar at the top: who you are, and the buttons for the side panels on narrow screens. */
import type { Person, View } from '../slack/drive.ts';
import { h, type Tree } from './dom.ts';
import { appFace, face } from './faces.ts';
import { icon } from './icons.ts';
import { menuButton } from './menu.ts';
import { readRoute } from './route.ts';
import type { Page, State } from './state.ts';

function toggle(page: Page, drawer: 'sidebar' | 'house', label: string): Tree {
  const open = page.state.drawer === drawer;
  return h(
    'button',
    {
      type: 'button',
      class: `bar-button to-${drawer}`,
      'aria-label': label,
      'aria-expanded': String(open),
      'aria-controls': drawer,
      onclick: () => {
        page.state.drawer = open ? 'none' : drawer;
        page.redraw();
      },
    },
    icon(drawer === 'sidebar' ? 'menu' : 'house'),
  );
}

/** The same kind of place for another person: their own direct channel, Home, or the same channel. */
function placeFor(state: State, person: Person): string {
  const { view, place } = state;
  return view && place === view.me.dmChannelId ? person.dmChannelId : place;
}

function become(page: Page, person: Person): void {
  page.go(person.id, placeFor(page.state, person));
}

function personChoice(page: Page, person: Person): Tree {
  const waiting = page.state.waiting.get(person.id) ?? 0;
  // From the address, which changes at once; the view of that person comes a moment later.
  const chosen = person.id === readRoute(location.hash).me;
  return h(
    'label',
    { key: person.id, class: chosen ? 'person chosen' : 'person' },
    h('input', {
      type: 'radio',
      name: 'me',
      'aria-label': `${person.name}, ${person.title}${waiting > 0 ? `, ${waiting} new` : ''}`,
      checked: chosen,
      onchange: () => become(page, person),
    }),
    face(person.name),
    h(
      'span',
      { class: 'person-words' },
      h('strong', {}, person.name.split(' ')[0] ?? person.name),
      h('small', {}, person.title),
    ),
    waiting > 0 && !chosen && h('span', { class: 'count', 'aria-hidden': 'true' }, String(waiting)),
  );
}

/** Whether someone has a place in the bar: people of this workspace who can be in all of its channels. */
export function isRegular(view: View, { teamId, standing }: Person): boolean {
  const { deleted, is_bot, is_ultra_restricted } = standing;
  return teamId === view.workspace.teamId && !deleted && !is_bot && !is_ultra_restricted;
}

function morePeople(page: Page, view: View): Tree | null {
  const others = view.people.filter((person) => !isRegular(view, person));
  if (others.length === 0) return null;
  const items = () =>
    others.map((person) => ({
      label: person.name,
      detail: person.title,
      chosen: person.id === page.state.me,
      run: () => become(page, person),
    }));
  return menuButton(
    page,
    { id: 'more-people', label: 'More people', class: 'bar-button', items },
    icon('dots'),
  );
}

/** Draws the bar. */
export function topbar(page: Page, view: View): Tree {
  const shown = view.people.filter((person) => isRegular(view, person) || person.id === page.state.me);
  return h(
    'header',
    { class: 'topbar' },
    toggle(page, 'sidebar', 'Channels'),
    h('span', { class: 'brand' }, appFace(), h('span', {}, 'Latchbolt ', h('small', {}, 'sandbox'))),
    h(
      'fieldset',
      { class: 'people' },
      h('legend', {}, 'You are'),
      shown.map((person) => personChoice(page, person)),
    ),
    morePeople(page, view),
    toggle(page, 'house', 'House'),
  );
}
