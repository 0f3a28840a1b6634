/** What a visitor can change about a door: by hand at the lock, or what befalls it. */
import type { DoorAct, DoorPanel, Fate } from '../seam/drive.ts';
import { seam } from './drive.ts';
import { openKeypad } from './keypad.ts';
import type { MenuItem } from './menu.ts';
import type { Page } from './state.ts';

const slowMs = 8000;
const autoLockMs = 10_000;

const fates: { label: string; fate: Fate; fits: (fate: Fate) => boolean }[] = [
  {
    label: 'works',
    fate: { kind: 'works' },
    fits: (fate) => fate.kind === 'works' && (fate.ms ?? 0) <= 1500,
  },
  {
    label: 'is slow',
    fate: { kind: 'works', ms: slowMs },
    fits: (fate) => fate.kind === 'works' && (fate.ms ?? 0) > 1500,
  },
  {
    label: 'jams',
    fate: {
      kind: 'fails',
      type: 'lock_jammed',
      message: 'The bolt is jammed. Check the door and try again.',
    },
    fits: (fate) => fate.kind === 'fails',
  },
  {
    label: 'does not confirm',
    fate: { kind: 'unconfirmed' },
    fits: (fate) => fate.kind === 'unconfirmed',
  },
  { label: 'never answers', fate: { kind: 'hangs' }, fits: (fate) => fate.kind === 'hangs' },
];

function change(page: Page, deviceId: string, act: Omit<DoorAct, 'deviceId'>): void {
  void seam
    .door({ deviceId, ...act })
    .catch(() => {
      page.state.reachable = false;
    })
    .then(page.refresh);
}

function byHand(page: Page, door: DoorPanel): MenuItem {
  const locked = door.locked !== true;
  return {
    label: locked ? 'Lock by hand' : 'Unlock by hand',
    run: () => change(page, door.deviceId, { locked }),
  };
}

/** What somebody standing at the door can do besides turning its bolt. */
function atTheDoor(page: Page, { deviceId, name, doorOpen }: DoorPanel): MenuItem[] {
  const sensor: MenuItem[] =
    doorOpen === null
      ? []
      : [
          {
            label: doorOpen ? 'Close the door' : 'Open the door',
            detail: 'Its sensor tells',
            run: () => change(page, deviceId, { doorOpen: !doorOpen }),
          },
        ];
  return [
    { label: 'Type a PIN at the keypad', run: () => openKeypad(page, deviceId, name) },
    ...sensor,
    { label: 'Tamper with the lock', run: () => change(page, deviceId, { tampered: true }) },
  ];
}

function byItself(page: Page, door: DoorPanel): MenuItem {
  const off = door.autoLockMs === null;
  return {
    label: off ? 'Let it lock by itself' : 'Stop locking by itself',
    detail: `${(door.autoLockMs ?? autoLockMs) / 1000} seconds after it is unlocked`,
    run: () => change(page, door.deviceId, { autoLockMs: off ? autoLockMs : null }),
  };
}

/** The lines of a door's menu. */
export function circumstances(page: Page, deviceId: string): MenuItem[] {
  const door = page.state.house?.doors.find((each) => each.deviceId === deviceId);
  if (!door) return [];
  const set = (act: Omit<DoorAct, 'deviceId'>) => () => change(page, deviceId, act);
  const isLow = door.battery !== null && door.battery < 0.25;
  return [
    byHand(page, door),
    { label: door.online ? 'Take offline' : 'Bring online', run: set({ online: !door.online }) },
    {
      label: isLow ? 'Give a fresh battery' : 'Run the battery down',
      run: set({ battery: isLow ? 0.96 : 0.06 }),
    },
    ...atTheDoor(page, door),
    byItself(page, door),
    ...fates.map(({ label, fate, fits }, index) => ({
      label,
      ...(index === 0 ? { heading: 'When Slack asks it to move, it' } : {}),
      chosen: fits(door.fate),
      run: set({ fate }),
    })),
  ];
}
