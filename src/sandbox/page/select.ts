/** Select elements: a button that shows what is chosen, and a searchable list beside it. */
import { currentValue, pick } from './acts.ts';
import { type AnySelect, isExternal, localChoices, matching } from './choices.ts';
import { fieldText, h, type Tree } from './dom.ts';
import { slack } from './drive.ts';
import { icon } from './icons.ts';
import { type Page, type Slot, slotKey } from './state.ts';
import { type Choice, readSuggestions } from './suggestions.ts';
import { plain } from './text.ts';

/** An open list, which lives as long as its popover. */
interface List {
  page: Page;
  slot: Slot;
  element: AnySelect;
  multiple: boolean;
  query: string;
  choices: Choice[];
  active: number;
  chosen: string[];
  note: string | null;
}

function asList(value: string | string[]): string[] {
  if (Array.isArray(value)) return value;
  return value === '' ? [] : [value];
}

function chosenText(page: Page, slot: Slot, element: AnySelect, value: string): string {
  const known = localChoices(page, element).find((choice) => choice.value === value);
  return known?.text ?? page.state.optionTexts.get(`${slotKey(slot)} ${value}`) ?? value;
}

const suggestDelayMs = 150;
let suggestTimer: ReturnType<typeof setTimeout> | undefined;

/** Asks the app for what matches, once typing pauses; an answer to an older query is dropped. */
function askApp(list: List): void {
  const { page, slot, query, element } = list;
  if (!isExternal(element)) return;
  const least = element.min_query_length ?? 3;
  clearTimeout(suggestTimer);
  list.choices = [];
  list.note = query.length < least ? `Type ${least} or more characters.` : 'Searching…';
  if (query.length < least) return;
  suggestTimer = setTimeout(async () => {
    const place = {
      as: page.state.me,
      in: slot.surface.in,
      block_id: slot.blockId,
      action_id: slot.actionId,
    };
    const answer = await slack.suggest({ ...place, query }).catch(() => null);
    if (list.query !== query) return;
    list.choices = readSuggestions(answer?.response);
    list.note = answer?.ok !== true ? 'The app did not answer.' : null;
    page.redraw();
  }, suggestDelayMs);
}

function search(list: List, query: string): void {
  list.query = query;
  list.active = 0;
  if (isExternal(list.element)) askApp(list);
  else list.choices = matching(localChoices(list.page, list.element), query);
  list.page.redraw();
}

function isFull(list: List): boolean {
  const most = 'max_selected_items' in list.element ? list.element.max_selected_items : undefined;
  return most !== undefined && list.chosen.length >= most;
}

function choose(list: List, choice: Choice): void {
  const { page, slot, element } = list;
  page.state.optionTexts.set(`${slotKey(slot)} ${choice.value}`, choice.text);
  if (!list.multiple) {
    page.closePopover();
    pick(page, slot, element, choice.value);
    return;
  }
  if (list.chosen.includes(choice.value)) list.chosen = list.chosen.filter((value) => value !== choice.value);
  else if (!isFull(list)) list.chosen = [...list.chosen, choice.value];
  page.redraw();
}

function onKey(list: List, event: Event): void {
  if (!(event instanceof KeyboardEvent)) return;
  const count = list.choices.length;
  const active = list.choices[list.active];
  if (event.key === 'ArrowDown') list.active = Math.min(list.active + 1, count - 1);
  else if (event.key === 'ArrowUp') list.active = Math.max(list.active - 1, 0);
  else if (event.key === 'Enter' && active) choose(list, active);
  else if (event.key !== 'Enter') return;
  event.preventDefault();
  list.page.redraw();
}

function optionLine(list: List, id: string, choice: Choice, index: number): Tree[] {
  const group =
    choice.group !== null && choice.group !== list.choices[index - 1]?.group ? choice.group : null;
  const chosen = list.chosen.includes(choice.value);
  const line = h(
    'li',
    {
      id: `${id}-${index}`,
      role: 'option',
      class: index === list.active ? 'option active' : 'option',
      'aria-selected': String(chosen),
      onclick: () => choose(list, choice),
    },
    h('span', { class: 'menu-check' }, chosen && icon('check')),
    h('span', { class: 'menu-words' }, choice.text, choice.detail !== null && h('small', {}, choice.detail)),
  );
  return group === null ? [line] : [h('li', { role: 'presentation', class: 'option-group' }, group), line];
}

function drawList(list: List): Tree {
  const id = `${slotKey(list.slot)}-list`;
  const note = list.note ?? (list.choices.length === 0 ? 'Nothing found.' : null);
  return h(
    'div',
    { class: 'menu list' },
    h('input', {
      type: 'text',
      class: 'list-search',
      role: 'combobox',
      autocomplete: 'off',
      placeholder: 'Search',
      'aria-label': `Search ${list.slot.label}`,
      'aria-expanded': 'true',
      'aria-controls': id,
      'aria-activedescendant': list.choices.length > 0 ? `${id}-${list.active}` : null,
      value: list.query,
      oninput: (event) => search(list, fieldText(event)),
      onkeydown: (event) => onKey(list, event),
    }),
    note !== null && h('p', { class: 'list-note', role: 'status' }, note),
    h(
      'ul',
      {
        id,
        role: 'listbox',
        'aria-label': list.slot.label,
        'aria-multiselectable': list.multiple ? 'true' : null,
      },
      list.choices.map((choice, index) => optionLine(list, id, choice, index)),
    ),
  );
}

function openList(page: Page, slot: Slot, element: AnySelect): void {
  const before = asList(currentValue(page, slot, element));
  const multiple = element.type.startsWith('multi_');
  const list: List = {
    page,
    slot,
    element,
    multiple,
    query: '',
    choices: [],
    active: 0,
    chosen: before,
    note: null,
  };
  page.openPopover({
    anchor: slotKey(slot),
    draw: () => drawList(list),
    closed: () => {
      // As in Slack, a multi-select tells the app once, when its list closes.
      if (multiple && list.chosen.join('\n') !== before.join('\n')) pick(page, slot, element, list.chosen);
    },
  });
  search(list, '');
}

/** Draws any select element. */
export function select(page: Page, slot: Slot, element: AnySelect): Tree {
  const id = slotKey(slot);
  const chosen = asList(currentValue(page, slot, element)).map((value) =>
    chosenText(page, slot, element, value),
  );
  const placeholder = element.placeholder ? plain(element.placeholder) : 'Choose…';
  const open = page.state.popover?.anchor === id;
  const shown = chosen.length > 0 ? chosen.join(', ') : placeholder;
  return h(
    'button',
    {
      type: 'button',
      id,
      class: chosen.length > 0 ? 'select' : 'select empty',
      'aria-haspopup': 'listbox',
      'aria-expanded': String(open),
      'aria-label': slot.label === shown ? shown : `${slot.label}: ${shown}`,
      'aria-describedby': slot.describedBy,
      'aria-busy': page.state.busy.has(id) ? 'true' : null,
      onclick: () => (open ? page.closePopover() : openList(page, slot, element)),
    },
    h('span', { class: 'select-text' }, shown),
    icon('down'),
  );
}
