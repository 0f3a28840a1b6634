/** All that the page knows, and how its parts reach it. */
import type { ConfirmationDialog } from '@slack/types';
import type { View as House } from '../seam/drive.ts';
import type { Message, Modal, View, Workflow } from '../slack/drive.ts';
import type { ClickAct } from '../slack/drive-acts.ts';
import type { Tree } from './dom.ts';
import type { Tour } from './tour.ts';

/** What someone picked or typed in one element, as the local Slack takes it. */
export type Picked = string | string[];

/** A menu or list that floats beside the control that opened it. */
export interface Popover {
  /** The id of that control's element. */
  anchor: string;
  draw: () => Tree;
  /** Called once, however it closes. */
  closed: () => void;
}

/** A question that an element asks before it is used. */
export interface Confirming {
  dialog: ConfirmationDialog;
  proceed: () => void;
}

/** A workflow that is about to be started, with what its builder has set, by name. */
export interface Starting {
  workflow: Workflow;
  inputs: Record<string, string>;
}

/** The page at one moment. */
export interface State {
  me: string;
  /** A channel's id, or `home`. */
  place: string;
  view: View | null;
  house: House | null;
  /** False while a server does not answer. */
  reachable: boolean;
  /** What was picked or typed, by slot key, where it differs from what the app drew. */
  picked: Map<string, Picked>;
  /** The text of options that the app suggested, by slot key and value. */
  optionTexts: Map<string, string>;
  /** Slot keys of elements, and view ids of modals, that wait for the app's acknowledgement. */
  busy: Set<string>;
  popover: Popover | null;
  confirming: Confirming | null;
  /** The workflow whose dialog is open. */
  starting: Starting | null;
  /** Which side panel is out, on narrow screens. */
  drawer: 'none' | 'sidebar' | 'house';
  /** Unsent text, by person and place. */
  drafts: Map<string, string>;
  /** What was sent, oldest first, and how far back the composer has gone in it. */
  sent: string[];
  recalled: number | null;
  /** The suggestion that the arrow keys reached. */
  suggested: number | null;
  suggestionsClosed: boolean;
  /** The `ts` of the newest message seen, by person and channel. */
  seen: Map<string, string>;
  /** How many messages wait for each of the other people. */
  waiting: Map<string, number>;
  /** After which message each of Slack's notices came up. */
  noticeAfter: Map<string, string | null>;
  /** Notices that need no showing any more outside their channel. */
  noticesRead: Set<string>;
  /** Why the local Slack refused what was last done, or null. */
  refusal: string | null;
  /** Accounts that this page signed out, and can sign in again. */
  signedOut: Set<string>;
  tour: Tour;
}

/** Where an element stands, and what makes it different from every other. */
export interface Slot {
  surface: Surface;
  blockId: string;
  actionId: string;
  /** Whether using it tells the app at once (an input of a modal waits for the submit). */
  dispatches: boolean;
  /** What a person calls it, e.g. its label. */
  label: string;
  /** Ids of elements that explain it, e.g. an error. */
  describedBy: string | null;
  invalid: boolean;
}

/** Something that shows blocks: a message, a modal, Home. */
export interface Surface {
  key: string;
  in: ClickAct['in'];
}

/** How the parts of the page reach each other. */
export interface Page {
  readonly state: State;
  /** Draws again soon, once, however often it is called. */
  redraw: () => void;
  /** Reads both servers again. */
  refresh: () => Promise<void>;
  go: (me: string, place: string) => void;
  openPopover: (popover: Popover) => void;
  closePopover: () => void;
}

/** The key of a slot, also used as its element's id (so it holds no spaces). */
export function slotKey(slot: Pick<Slot, 'surface' | 'blockId' | 'actionId'>): string {
  return [slot.surface.key, slot.blockId, slot.actionId].map(encodeURIComponent).join('/');
}

/** The surface of a message. */
export function messageSurface(message: Message): Surface {
  return { key: `message-${message.id}`, in: { message: message.id } };
}

/** The surface of a modal. */
export function modalSurface(modal: Modal): Surface {
  return { key: `modal-${modal.viewId}`, in: { modal: modal.viewId } };
}

/** Forgets what was picked on a surface, because the app has drawn it anew. */
export function forgetPicked(state: State, surface: Surface): void {
  const prefix = `${encodeURIComponent(surface.key)}/`;
  for (const key of state.picked.keys()) if (key.startsWith(prefix)) state.picked.delete(key);
}

/** The key under which a person's draft or last seen message of a place is kept. */
export function placeKey(state: State, place: string = state.place): string {
  return `${state.me}/${place}`;
}
