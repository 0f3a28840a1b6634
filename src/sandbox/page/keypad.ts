/** The keypad of a lock: a person types a PIN beside the door's card, and sees whether it opens. */
import { fieldText, h, type Tree } from './dom.ts';
import { seam } from './drive.ts';
import type { Page } from './state.ts';

/** The id of a door's card, which the keypad opens beside. */
export function cardId(deviceId: string): string {
  return `card-${deviceId}`;
}

/** An open keypad, which lives as long as its popover. */
interface Keypad {
  typed: string;
  /** What came of the last PIN, or null before there was one. */
  outcome: string | null;
}

async function enter(page: Page, keypad: Keypad, deviceId: string): Promise<void> {
  const code = keypad.typed;
  keypad.typed = '';
  keypad.outcome = await seam.keypad({ deviceId, code }).then(
    ({ opened }) => (opened ? 'The lock opens.' : 'The lock does not take this PIN.'),
    () => 'Type 1 to 12 digits.',
  );
  await page.refresh();
  page.redraw();
}

function form(page: Page, keypad: Keypad, deviceId: string, name: string): Tree {
  return h(
    'form',
    {
      class: 'keypad',
      'aria-label': `Keypad of ${name}`,
      onsubmit: (event) => {
        event.preventDefault();
        void enter(page, keypad, deviceId);
      },
    },
    h(
      'label',
      {},
      `PIN at ${name}`,
      h('input', {
        class: 'field',
        inputmode: 'numeric',
        autocomplete: 'off',
        maxlength: 12,
        value: keypad.typed,
        oninput: (event) => {
          keypad.typed = fieldText(event);
          page.redraw();
        },
      }),
    ),
    h('button', { type: 'submit', class: 'button primary' }, 'Enter'),
    h('p', { role: 'status' }, keypad.outcome),
  );
}

/** Opens the keypad of a door. */
export function openKeypad(page: Page, deviceId: string, name: string): void {
  const keypad: Keypad = { typed: '', outcome: null };
  page.openPopover({
    anchor: cardId(deviceId),
    closed: () => {},
    draw: () => form(page, keypad, deviceId, name),
  });
}
