/** Where text is typed and sent. */
import type { Channel, View } from '../slack/drive.ts';
import { sendText } from './acts.ts';
import { isSendable, type Suggestion, suggestionsFor } from './commands.ts';
import { fieldText, h, type Tree } from './dom.ts';
import { icon } from './icons.ts';
import { startMenu } from './starts.ts';
import { type Page, placeKey } from './state.ts';

function draft(page: Page): string {
  return page.state.drafts.get(placeKey(page.state)) ?? '';
}

function write(page: Page, text: string): void {
  const { state } = page;
  state.drafts.set(placeKey(state), text);
  state.suggested = null;
  state.suggestionsClosed = false;
  page.redraw();
}

function openSuggestions(page: Page): Suggestion[] {
  return page.state.suggestionsClosed ? [] : suggestionsFor(draft(page));
}

function complete(page: Page, suggestion: Suggestion): void {
  write(page, suggestion.text);
  page.state.suggestionsClosed = true;
  document.getElementById('composer')?.focus();
}

function send(page: Page): void {
  const { state } = page;
  const text = draft(page).trim();
  if (text === '') return;
  state.sent.push(text);
  state.recalled = null;
  write(page, '');
  void sendText(page, text);
}

/** Enter takes the marked suggestion, completes a half-typed command, or sends. */
function enter(page: Page): void {
  const suggestions = openSuggestions(page);
  const marked = page.state.suggested === null ? undefined : suggestions[page.state.suggested];
  const first = suggestions[0];
  if (marked) complete(page, marked);
  else if (!isSendable(draft(page)) && first) complete(page, first);
  else send(page);
}

function mark(page: Page, step: number): void {
  const count = openSuggestions(page).length;
  const from = page.state.suggested ?? (step > 0 ? -1 : count);
  page.state.suggested = (from + step + count) % count;
  page.redraw();
}

/** Goes back (-1) and forth (1) in what was sent before. */
function recall(page: Page, step: number): void {
  const { state } = page;
  const at = (state.recalled ?? state.sent.length) + step;
  const text = state.sent[at];
  if (at < 0 || (text === undefined && at !== state.sent.length)) return;
  write(page, text ?? '');
  state.recalled = at;
  state.suggestionsClosed = true;
}

function onArrow(page: Page, event: KeyboardEvent): void {
  const step = event.key === 'ArrowUp' ? -1 : 1;
  const recalling = draft(page) === '' || page.state.recalled !== null;
  if (openSuggestions(page).length > 0) mark(page, step);
  else if (recalling) recall(page, step);
  else return;
  event.preventDefault();
}

function onKey(page: Page, event: Event): void {
  if (!(event instanceof KeyboardEvent) || event.isComposing) return;
  const suggestions = openSuggestions(page);
  if (event.key === 'Enter' && !event.shiftKey) {
    event.preventDefault();
    enter(page);
  } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') onArrow(page, event);
  else if (event.key === 'Tab' && !event.shiftKey && suggestions.length > 0) {
    const chosen = suggestions[page.state.suggested ?? 0];
    if (!chosen || chosen.text === draft(page)) return;
    event.preventDefault();
    complete(page, chosen);
  } else if (event.key === 'Escape' && suggestions.length > 0) {
    event.stopPropagation();
    page.state.suggestionsClosed = true;
    page.redraw();
  }
}

function suggestionList(page: Page, suggestions: Suggestion[]): Tree {
  return h(
    'ul',
    { id: 'suggestions', class: 'suggestions', role: 'listbox', 'aria-label': 'Commands' },
    suggestions.map((suggestion, index) =>
      h(
        'li',
        {
          id: `suggestion-${index}`,
          role: 'option',
          class: index === page.state.suggested ? 'option active' : 'option',
          'aria-selected': String(index === page.state.suggested),
          // The press must not take the focus out of the composer before the click completes it.
          onmousedown: (event) => event.preventDefault(),
          onclick: () => complete(page, suggestion),
        },
        h('strong', {}, suggestion.text),
        h('small', {}, suggestion.about),
      ),
    ),
  );
}

/** Draws the composer of a channel. */
export function composer(page: Page, view: View, channel: Channel): Tree {
  const { state } = page;
  const text = draft(page);
  const suggestions = openSuggestions(page);
  const open = suggestions.length > 0;
  const to = channel.kind === 'channel' ? `#${channel.name}` : channel.name;
  return h(
    'form',
    {
      class: 'composer',
      onsubmit: (event) => {
        event.preventDefault();
        send(page);
      },
    },
    open && suggestionList(page, suggestions),
    h('textarea', {
      id: 'composer',
      rows: 1,
      role: 'combobox',
      'aria-label': `Message ${to}`,
      'aria-autocomplete': 'list',
      'aria-expanded': String(open),
      'aria-controls': open ? 'suggestions' : null,
      'aria-activedescendant': open && state.suggested !== null ? `suggestion-${state.suggested}` : null,
      placeholder: `Message ${to}, or type /`,
      spellcheck: 'false',
      value: text,
      oninput: (event) => {
        state.recalled = null;
        write(page, fieldText(event));
      },
      onkeydown: (event) => onKey(page, event),
      onblur: () => {
        state.suggestionsClosed = true;
        page.redraw();
      },
    }),
    startMenu(page, view),
    h(
      'button',
      { type: 'submit', class: 'send', 'aria-label': 'Send', disabled: text.trim() === '' },
      icon('send'),
    ),
  );
}
