/** Small menus of actions: the overflow element's, a door's, the list of further people. */
import { type Child, h, type Tree } from './dom.ts';
import { icon } from './icons.ts';
import type { Page } from './state.ts';

/** One line of a menu. */
export interface MenuItem {
  label: string;
  /** Smaller words below the label. */
  detail?: string;
  /** Given for a choice among several: whether it is the one in force. */
  chosen?: boolean;
  /** Words above it, for the first of a group. */
  heading?: string;
  run: () => void;
}

function moveFocus(event: Event): void {
  if (!(event instanceof KeyboardEvent) || !(event.currentTarget instanceof Element)) return;
  const items = [...event.currentTarget.querySelectorAll('button')];
  const at = items.findIndex((item) => item.matches(':focus'));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length)?.focus();
}

function line(page: Page, item: MenuItem): Child[] {
  const choice = item.chosen !== undefined;
  return [
    item.heading && h('p', { class: 'menu-heading', role: 'presentation' }, item.heading),
    h(
      'button',
      {
        type: 'button',
        class: 'menu-item',
        role: choice ? 'menuitemradio' : 'menuitem',
        'aria-checked': choice ? String(item.chosen) : null,
        onclick: () => {
          page.closePopover();
          item.run();
        },
      },
      choice && h('span', { class: 'menu-check' }, item.chosen && icon('check')),
      h('span', { class: 'menu-words' }, item.label, item.detail && h('small', {}, item.detail)),
    ),
  ];
}

/** Opens a menu beside the element whose id is `anchor`; `items` is asked again at every draw. */
function openMenu(page: Page, anchor: string, label: string, items: () => MenuItem[]): void {
  page.openPopover({
    anchor,
    closed: () => {},
    draw: () =>
      h(
        'div',
        { class: 'menu' },
        h(
          'div',
          { role: 'menu', 'aria-label': label, onkeydown: moveFocus },
          items().map((item) => line(page, item)),
        ),
      ),
  });
}

/** The button that opens a menu. */
export function menuButton(
  page: Page,
  options: { id: string; label: string; class: string; items: () => MenuItem[]; busy?: boolean },
  ...face: Child[]
): Tree {
  const open = page.state.popover?.anchor === options.id;
  return h(
    'button',
    {
      type: 'button',
      id: options.id,
      class: options.class,
      'aria-label': options.label,
      'aria-haspopup': 'menu',
      'aria-expanded': String(open),
      'aria-busy': options.busy ? 'true' : null,
      onclick: () => (open ? page.closePopover() : openMenu(page, options.id, options.label, options.items)),
    },
    face,
  );
}
