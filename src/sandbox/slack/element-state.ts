/** What an element holds, from its first value through what people pick, in the shape Slack's payloads give it. */
import type { KnownBlock } from '@slack/types';
import type { Element } from './block-elements.ts';
import { elementsOf, optionsOf } from './block-rules.ts';

/** An element's value, e.g. `{ type: 'datepicker', selected_date: null }`. */
export type Value = { type: string } & Record<string, unknown>;
/** Values by block id and action id, as in `state.values`. */
export type Values = Record<string, Record<string, Value>>;

/** An option as it is picked, be it the element's own or one the app suggested. */
export interface Picked {
  value?: string;
  text: unknown;
}

/** What was picked cannot be picked there. */
export class NotPickable extends Error {}

/** The values that blocks start with. */
export function startingValues(blocks: KnownBlock[]): Values {
  const values: Values = {};
  for (const { element, blockId } of blocks.flatMap(elementsOf)) {
    const value = startingValue(element);
    if (value !== null) values[blockId] = { ...values[blockId], [element.action_id ?? '']: value };
  }
  return values;
}

/** The element of these ids. */
export function findElement(blocks: KnownBlock[], blockId: string, actionId: string): Element | undefined {
  return blocks
    .flatMap(elementsOf)
    .find((placed) => placed.blockId === blockId && placed.element.action_id === actionId)?.element;
}

/** What an element holds at first; buttons and overflow menus hold nothing. */
function startingValue(element: Element): Value | null {
  const { type } = element;
  switch (type) {
    case 'button':
    case 'icon_button':
    case 'overflow':
      return null;
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return { type, value: element.initial_value ?? null };
    case 'rich_text_input':
      return { type, rich_text_value: element.initial_value ?? null };
    case 'datepicker':
      return { type, selected_date: element.initial_date ?? null };
    case 'timepicker':
      return { type, selected_time: element.initial_time ?? null };
    case 'datetimepicker':
      return { type, selected_date_time: element.initial_date_time ?? null };
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type, selected_option: element.initial_option ?? null };
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { type, selected_options: element.initial_options ?? [] };
    case 'users_select':
      return { type, selected_user: element.initial_user ?? null };
    case 'multi_users_select':
      return { type, selected_users: element.initial_users ?? [] };
    case 'conversations_select':
      return { type, selected_conversation: element.initial_conversation ?? null };
    case 'multi_conversations_select':
      return { type, selected_conversations: element.initial_conversations ?? [] };
    case 'channels_select':
      return { type, selected_channel: element.initial_channel ?? null };
    case 'multi_channels_select':
      return { type, selected_channels: element.initial_channels ?? [] };
  }
}

/** What an element holds once `picked` was picked; nothing (`''`, `[]`) clears it. `suggested` are the options
 * that the app last suggested for it. Buttons give null. */
export function pickedValue(element: Element, picked: string | string[], suggested: Picked[]): Value | null {
  const { type } = element;
  const one = () => (Array.isArray(picked) ? (picked[0] ?? '') : picked);
  const oneOrNull = () => (one() === '' ? null : one());
  const several = () => (Array.isArray(picked) ? picked : picked === '' ? [] : [picked]);
  const option = (value: string): Picked => {
    const found = [...optionsOf(element), ...suggested].find((each) => each.value === value);
    if (found === undefined) throw new NotPickable(`${type} has no option ${value}`);
    return found;
  };
  switch (type) {
    case 'button':
    case 'icon_button':
      return null;
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return { type, value: oneOrNull() };
    case 'rich_text_input':
      return { type, rich_text_value: oneOrNull() === null ? null : asRichText(one()) };
    case 'datepicker':
      return { type, selected_date: oneOrNull() };
    case 'timepicker':
      return { type, selected_time: oneOrNull() };
    case 'datetimepicker':
      return { type, selected_date_time: oneOrNull() === null ? null : Number(one()) };
    case 'overflow':
      return { type, selected_option: option(one()) };
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type, selected_option: oneOrNull() === null ? null : option(one()) };
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { type, selected_options: several().map(option) };
    case 'users_select':
      return { type, selected_user: oneOrNull() };
    case 'multi_users_select':
      return { type, selected_users: several() };
    case 'conversations_select':
      return { type, selected_conversation: oneOrNull() };
    case 'multi_conversations_select':
      return { type, selected_conversations: several() };
    case 'channels_select':
      return { type, selected_channel: oneOrNull() };
    case 'multi_channels_select':
      return { type, selected_channels: several() };
  }
}

/** Whether nothing is in it. */
export function isEmpty(value: Value): boolean {
  return Object.entries(value).every(
    ([key, held]) => key === 'type' || held === null || (Array.isArray(held) && held.length === 0),
  );
}

function asRichText(text: string): unknown {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
  };
}
