/** Draws the elements that are typed into or ticked: text, numbers, dates, times, choices. */
import type { Checkboxes, DispatchActionConfig, Option, PlainTextElement, RadioButtons } from '@slack/types';
import { currentValue, keep, pick } from './acts.ts';
import { localMoment, momentOf } from './dates.ts';
import { fieldText, h, type Tree } from './dom.ts';
import { type Page, type Slot, slotKey } from './state.ts';
import { plain, textObject } from './text.ts';
import type { Holder } from './values.ts';

type Typed = Extract<Holder, { type: `${string}_input` }>;
type Dated = Extract<Holder, { type: 'datepicker' | 'timepicker' | 'datetimepicker' }>;

function common(page: Page, slot: Slot, placeholder: PlainTextElement | undefined) {
  return {
    id: slotKey(slot),
    class: 'field',
    'aria-label': slot.label,
    'aria-describedby': slot.describedBy,
    'aria-invalid': slot.invalid ? 'true' : null,
    'aria-busy': page.state.busy.has(slotKey(slot)) ? 'true' : null,
    placeholder: placeholder ? plain(placeholder) : null,
  };
}

function dispatchesOn(
  config: DispatchActionConfig | undefined,
  what: 'on_enter_pressed' | 'on_character_entered',
) {
  return (config?.trigger_actions_on ?? ['on_enter_pressed']).includes(what);
}

const inputTypes = {
  plain_text_input: 'text',
  number_input: 'number',
  email_text_input: 'email',
  url_text_input: 'url',
};

/** Draws an input for text, a number, an e-mail address or a web address. */
export function typedField(page: Page, slot: Slot, element: Typed): Tree {
  const config = element.dispatch_action_config;
  const multiline = element.type === 'plain_text_input' && element.multiline === true;
  const props = {
    ...common(page, slot, element.placeholder),
    value: String(currentValue(page, slot, element)),
    autocomplete: 'off',
    oninput: (event: Event) => {
      const use = slot.dispatches && dispatchesOn(config, 'on_character_entered') ? pick : undefined;
      if (use) use(page, slot, {}, fieldText(event));
      else keep(page, slot, fieldText(event));
    },
    onkeydown: (event: Event) => {
      if (!(event instanceof KeyboardEvent) || event.key !== 'Enter' || multiline) return;
      if (!slot.dispatches || !dispatchesOn(config, 'on_enter_pressed')) return;
      event.preventDefault();
      pick(page, slot, {}, fieldText(event));
    },
  };
  if (multiline) return h('textarea', { ...props, rows: 3 });
  return h('input', {
    ...props,
    type: inputTypes[element.type],
    step: element.type === 'number_input' ? 'any' : null,
  });
}

const dateTypes = { datepicker: 'date', timepicker: 'time', datetimepicker: 'datetime-local' };

/** Draws a picker for a date, a time, or both (which Slack keeps as seconds since 1970). */
export function datedField(page: Page, slot: Slot, element: Dated): Tree {
  const value = String(currentValue(page, slot, element));
  const both = element.type === 'datetimepicker';
  return h('input', {
    ...common(page, slot, undefined),
    type: dateTypes[element.type],
    value: both ? localMoment(value) : value,
    onchange: (event) => {
      const text = fieldText(event);
      // While a year is typed, browsers report years like 0002.
      if (/^0\d{3}-/.test(text)) return;
      pick(page, slot, element, both ? momentOf(text) : text);
    },
  });
}

function optionWords(page: Page, option: Option): Tree {
  const { view } = page.state;
  return h(
    'span',
    { class: 'choice-words' },
    view ? textObject(view, option.text) : null,
    option.description && h('small', {}, view ? textObject(view, option.description) : null),
  );
}

/** Draws check boxes or radio buttons. */
export function choiceField(page: Page, slot: Slot, element: Checkboxes | RadioButtons): Tree {
  const many = element.type === 'checkboxes';
  const value = currentValue(page, slot, element);
  const chosen = Array.isArray(value) ? value : [value];
  const toggled = (option: string): string[] =>
    chosen.includes(option) ? chosen.filter((each) => each !== option) : [...chosen, option];
  return h(
    'div',
    {
      id: slotKey(slot),
      class: 'choices',
      role: many ? 'group' : 'radiogroup',
      'aria-label': slot.label,
      'aria-describedby': slot.describedBy,
    },
    element.options.map((option) => {
      const own = option.value ?? '';
      return h(
        'label',
        { class: 'choice', key: own },
        h('input', {
          type: many ? 'checkbox' : 'radio',
          name: slotKey(slot),
          checked: chosen.includes(own),
          onchange: () => pick(page, slot, element, many ? toggled(own) : own),
        }),
        optionWords(page, option),
      );
    }),
  );
}
