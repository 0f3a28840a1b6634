/** Draws any element of a block, choosing by its type. */
import type {
  ActionsBlockElement,
  Button,
  InputBlockElement,
  Overflow,
  SectionBlockAccessory,
  WorkflowButton,
} from '@slack/types';
import { confirmed, press } from './acts.ts';
import { h, type Tree } from './dom.ts';
import { choiceField, datedField, typedField } from './fields.ts';
import { icon } from './icons.ts';
import { image } from './images.ts';
import { menuButton } from './menu.ts';
import { safeUrl } from './mrkdwn.ts';
import { select } from './select.ts';
import { type Page, type Slot, slotKey } from './state.ts';
import { plain } from './text.ts';

/** Any element that a block can hold. */
export type AnyElement = ActionsBlockElement | InputBlockElement | SectionBlockAccessory;

function button(page: Page, slot: Slot, element: Button): Tree {
  const text = plain(element.text);
  const href = element.url === undefined ? null : safeUrl(element.url);
  const look = {
    id: slotKey(slot),
    class: `button ${element.style ?? 'default'}`,
    'aria-label': element.accessibility_label ?? null,
    'aria-busy': page.state.busy.has(slotKey(slot)) ? 'true' : null,
  };
  if (href === null) {
    return h('button', { ...look, type: 'button', onclick: () => press(page, slot, element, text) }, text);
  }
  const onclick = (event: Event) => {
    event.preventDefault();
    confirmed(page, element.confirm, () => {
      openBeside(href);
      press(page, slot, {}, text);
    });
  };
  return h('a', { ...look, href, target: '_blank', rel: 'noopener noreferrer', onclick }, text);
}

function openBeside(href: string): void {
  window.open(href, '_blank', 'noopener,noreferrer');
}

function overflow(page: Page, slot: Slot, element: Overflow): Tree {
  return menuButton(
    page,
    {
      id: slotKey(slot),
      label: slot.label,
      class: 'button default overflow',
      busy: page.state.busy.has(slotKey(slot)),
      items: () =>
        element.options.map((option) => ({
          label: plain(option.text),
          ...(option.description ? { detail: plain(option.description) } : {}),
          run: () => {
            const href = option.url === undefined ? null : safeUrl(option.url);
            if (href) openBeside(href);
            press(page, slot, element, '', option.value ?? '');
          },
        })),
    },
    icon('dots'),
  );
}

function workflowButton(element: WorkflowButton): Tree {
  const label = 'Workflows do not run in the sandbox';
  return h(
    'button',
    { type: 'button', class: 'button default', disabled: true, title: label },
    plain(element.text),
  );
}

function missing(what: string): Tree {
  return h('span', { class: 'missing' }, `The sandbox does not show “${what}”.`);
}

/** Draws an element in its slot. */
export function drawElement(page: Page, slot: Slot, element: AnyElement): Tree {
  switch (element.type) {
    case 'button':
      return button(page, slot, element);
    case 'workflow_button':
      return workflowButton(element);
    case 'overflow':
      return overflow(page, slot, element);
    case 'image':
      return image(element, 'thumbnail');
    case 'checkboxes':
    case 'radio_buttons':
      return choiceField(page, slot, element);
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return datedField(page, slot, element);
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return typedField(page, slot, element);
    case 'file_input':
    case 'rich_text_input':
      return missing(element.type);
    default:
      return select(page, slot, element);
  }
}
