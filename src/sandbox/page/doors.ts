/** The house: every door of the connected accounts, as its lock is right now, whatever Slack was told. */
import type { DoorPanel, View as House } from '../seam/drive.ts';
import { circumstances } from './circumstances.ts';
import { h, type Tree } from './dom.ts';
import { seam } from './drive.ts';
import { icon } from './icons.ts';
import { cardId } from './keypad.ts';
import { menuButton } from './menu.ts';
import type { Page } from './state.ts';

/** How a door looks; unlocked it stands open, so that it is seen from afar. */
function look(door: DoorPanel): 'locked' | 'unlocked' | 'unknown' {
  if (door.locked === null) return 'unknown';
  return door.locked ? 'locked' : 'unlocked';
}

function state(door: DoorPanel): string {
  if (door.moving) return 'Moving…';
  return { locked: 'Locked', unlocked: 'Unlocked', unknown: 'Not known' }[look(door)];
}

/** What the lock will do when it is next asked to move, where that is not simply to work. */
function fateText({ fate }: DoorPanel): string | null {
  switch (fate.kind) {
    case 'works':
      return (fate.ms ?? 0) > 1500 ? 'Slow' : null;
    case 'unconfirmed':
      return 'Does not confirm';
    case 'hangs':
      return 'Never answers';
    case 'fails':
      return fate.type === 'lock_jammed' ? 'Jams' : 'Fails';
  }
}

function leaf(): Tree {
  return h(
    'span',
    { class: 'leaf' },
    h('span', { class: 'pane' }),
    h('span', { class: 'panel-upper' }),
    h('span', { class: 'panel-lower' }),
    h('span', { class: 'plate' }, h('span', { class: 'knob' })),
  );
}

const paints = 6;

function drawing(door: DoorPanel, index: number): Tree {
  const classes = [
    'door',
    look(door),
    `paint-${index % paints}`,
    door.moving && 'moving',
    !door.online && 'offline',
  ];
  return h(
    'span',
    { class: classes.filter(Boolean).join(' '), 'aria-hidden': 'true' },
    h('span', { class: 'lamp' }),
    h('span', { class: 'frame' }, h('span', { class: 'room' }), leaf()),
    h('span', { class: 'step' }),
  );
}

function battery(level: number): Tree {
  const percent = Math.round(level * 100);
  const filled = Math.max(1, Math.round(level * 12));
  return h(
    'span',
    { class: level < 0.25 ? 'sign low' : 'sign' },
    h(
      'svg',
      { class: 'battery', viewBox: '0 0 18 10', 'aria-hidden': 'true' },
      h('rect', { class: 'case', x: '0.75', y: '0.75', width: '14.5', height: '8.5', rx: '2' }),
      h('rect', { class: 'nub', x: '16', y: '3', width: '1.6', height: '4', rx: '0.8' }),
      h('rect', { class: 'charge', x: '2', y: '2', width: filled, height: '6', rx: '1' }),
    ),
    h('span', { class: 'unseen' }, 'Battery '),
    `${percent}%`,
  );
}

function card(page: Page, door: DoorPanel, index: number): Tree {
  const fate = fateText(door);
  return h(
    'li',
    { key: door.deviceId, id: cardId(door.deviceId), class: 'door-card', 'aria-label': door.name },
    drawing(door, index),
    h('strong', { class: 'door-name', title: door.name }, door.name),
    h('span', { class: `door-state ${door.moving ? 'moving' : look(door)}` }, state(door)),
    h(
      'span',
      { class: 'signs' },
      door.battery !== null && battery(door.battery),
      !door.online && h('span', { class: 'sign low' }, icon('offline'), 'Offline'),
      door.doorOpen !== null && h('span', { class: 'sign' }, door.doorOpen ? 'Door open' : 'Door shut'),
      door.autoLockMs !== null && h('span', { class: 'sign' }, 'Locks by itself'),
      fate && h('span', { class: 'sign fate' }, fate),
    ),
    menuButton(
      page,
      {
        id: `door-${door.deviceId}`,
        label: `Change ${door.name}`,
        class: 'icon-button door-menu',
        items: () => circumstances(page, door.deviceId),
      },
      icon('dots'),
    ),
  );
}

async function signIn(page: Page, email: string, signedIn: boolean): Promise<void> {
  await seam.account({ email, signedIn }).catch(() => null);
  await page.refresh();
}

function account(page: Page, email: string, doors: DoorPanel[]): Tree {
  const shown = doors.slice(0, doorsShown);
  const brands = [...new Set(doors.map((door) => door.brand))];
  const items = () => [
    {
      label: 'Sign this account out',
      detail: 'As if its password had been changed',
      run: () => {
        page.state.signedOut.add(email);
        void signIn(page, email, false);
      },
    },
  ];
  return h(
    'section',
    { key: email, class: 'account', 'aria-label': email },
    h(
      'header',
      {},
      h('h3', { title: email }, email, h('small', {}, ` ${brands.join(', ')}`)),
      menuButton(
        page,
        { id: `account-${email}`, label: `Change ${email}`, class: 'icon-button', items },
        icon('dots'),
      ),
    ),
    h(
      'ul',
      { class: 'doors' },
      shown.map((door, index) => card(page, door, index)),
    ),
    shown.length < doors.length &&
      h('p', { class: 'quiet' }, `And ${doors.length - shown.length} more doors.`),
  );
}

/** An account can bring a thousand doors; nobody looks at more than these. */
const doorsShown = 24;

function signedOut(page: Page, email: string): Tree {
  return h(
    'p',
    { key: `out-${email}`, class: 'signed-out' },
    h('span', {}, email, ' is signed out.'),
    h(
      'button',
      {
        type: 'button',
        class: 'button default',
        onclick: () => void signIn(page, email, true),
      },
      'Sign in again',
    ),
  );
}

function empty(): Tree {
  return h(
    'div',
    { class: 'house-empty' },
    h(
      'span',
      { class: 'door locked paint-0', 'aria-hidden': 'true' },
      h('span', { class: 'lamp' }),
      h('span', { class: 'frame' }, h('span', { class: 'room' }), leaf()),
      h('span', { class: 'step' }),
    ),
    h('p', {}, h('strong', {}, 'No doors yet')),
    h('p', {}, 'Connect an account with ', h('code', {}, '/locks connect'), ', and its doors appear here.'),
  );
}

/** Draws the panel. */
export function housePanel(page: Page, house: House | null): Tree {
  const { state: now } = page;
  const connected = (house?.doors ?? []).filter((door) => door.connected);
  const accounts = Map.groupBy(connected, (door) => door.account);
  const gone = [...now.signedOut];
  return h(
    'aside',
    { id: 'house', class: now.drawer === 'house' ? 'house out' : 'house', 'aria-label': 'House' },
    h(
      'header',
      { class: 'house-head' },
      h('h2', {}, 'The house'),
      h('p', {}, 'What the locks themselves do'),
    ),
    gone.map((email) => signedOut(page, email)),
    accounts.size === 0 && gone.length === 0 && empty(),
    [...accounts].map(([email, doors]) => account(page, email, doors)),
  );
}
