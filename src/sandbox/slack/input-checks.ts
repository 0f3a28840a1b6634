import * as z from 'zod';
import type { Element } from './block-elements.ts';
import type { Value } from './element-state.ts';

/** What Slack's client says about a value that the app's own rules for the field forbid; null when it is fine. */
export function fault(element: Element, value: Value): string | null {
  const text = value.value;
  if (typeof text !== 'string') return tooMany(element, value);
  switch (element.type) {
    case 'plain_text_input':
      return length(text, element.min_length ?? 0, element.max_length ?? 3000);
    case 'email_text_input':
      return z.email().safeParse(text).success ? null : 'Please enter a valid email address.';
    case 'url_text_input':
      return URL.canParse(text) ? null : 'Please enter a valid URL.';
    case 'number_input':
      return number(text, element);
    default:
      return null;
  }
}

function length(text: string, least: number, most: number): string | null {
  if (text.length < least) return `Please enter at least ${least} characters.`;
  return text.length > most ? `Please enter no more than ${most} characters.` : null;
}

function number(text: string, element: Extract<Element, { type: 'number_input' }>): string | null {
  const value = Number(text);
  if (Number.isNaN(value) || (!element.is_decimal_allowed && !Number.isInteger(value))) {
    return 'Please enter a valid number.';
  }
  if (element.min_value !== undefined && value < Number(element.min_value)) {
    return `Please enter a number of at least ${element.min_value}.`;
  }
  if (element.max_value !== undefined && value > Number(element.max_value)) {
    return `Please enter a number of at most ${element.max_value}.`;
  }
  return null;
}

function tooMany(element: Element, value: Value): string | null {
  if (!('max_selected_items' in element) || element.max_selected_items === undefined) return null;
  const most = element.max_selected_items;
  const over = Object.values(value).some((held) => Array.isArray(held) && held.length > most);
  return over ? `Please select no more than ${most} items.` : null;
}
