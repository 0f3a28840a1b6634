/** What someone did in Slack, in our own terms. */
import type { Actor } from '../domain/access.ts';
import type { InteractionId } from '../domain/ids.ts';
import type { ResponseUrl } from './response-url.ts';

/** What is picked and typed in a view, by block id: none, one or several values. */
export type Values = Readonly<Record<string, readonly string[]>>;

/** A modal or Home as it was when somebody acted in it. */
export interface ViewState {
  readonly id: string;
  /** Our own words for what it is about: `private_metadata`. */
  readonly metadata: string;
  readonly values: Values;
}

/** What was done. */
export type Act =
  | {
      readonly kind: 'command';
      readonly command: string;
      /** The first word; `list` when nothing was typed. */
      readonly word: string;
      readonly args: readonly string[];
      /** All that was typed after the word, as it was typed. */
      readonly rest: string;
    }
  | {
      readonly kind: 'click';
      readonly actionId: string;
      /** Whose message it was, as the button says. */
      readonly owner: string;
      readonly args: readonly string[];
      readonly place: 'message' | 'home' | 'modal';
      /** Whether only they can see where they clicked. */
      readonly private: boolean;
      /** Whether the message is a copy that somebody shared. */
      readonly copy: boolean;
      /** When the message was first posted, ms; null where that is not said, and for what is in no message. */
      readonly postedAt: number | null;
      /** Null in a message. */
      readonly view: ViewState | null;
    }
  | { readonly kind: 'shortcut'; readonly callbackId: string }
  | { readonly kind: 'submit'; readonly callbackId: string; readonly view: ViewState }
  | { readonly kind: 'home_opened' };

/** What someone did, read from Slack's payload and nothing else. */
export interface Deed {
  readonly actor: Actor;
  readonly interaction: InteractionId;
  /** Opens one modal within 3 s; null where Slack gives none. A secret while it lives. */
  readonly triggerId: string | null;
  readonly responseUrl: ResponseUrl | null;
  readonly act: Act;
}

/** Somebody types into a select whose options we give. Nothing comes of it but options. */
export interface Suggesting {
  readonly actor: Actor;
  readonly actionId: string;
  readonly query: string;
}

/** The fields in which Slack's elements say what was picked; each kind of element has one of them. */
const PICKED = [
  'value',
  'selected_option',
  'selected_options',
  'selected_date',
  'selected_time',
  'selected_date_time',
  'selected_user',
] as const;

/** What an element of any kind has as its value: none, one or several. A button has none. */
export function valuesOf(element: Readonly<Record<string, unknown>>): readonly string[] {
  if (element.type === 'button') return [];
  return PICKED.flatMap((field) => textsIn(element[field]));
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value === 'number') return [String(value)];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value === 'object' && value !== null && 'value' in value) return textsIn(value.value);
  return [];
}
