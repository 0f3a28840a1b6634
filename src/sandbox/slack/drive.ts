/**
 * How a page, a test or a benchmark drives the local Slack: everything a person can do, and everything that
 * can go wrong, as plain HTTP. Each call is `POST /drive/<name>` with the JSON named here unless it says GET.
 * Requests with another Host than 127.0.0.1 or localhost, or with another server's Origin, get 403.
 */
import type { HomeView, KnownBlock } from '@slack/types';

/** What Slack says of someone's place in the workspace, in its own words. */
export interface Standing {
  /** Deactivated. */
  deleted: boolean;
  is_bot: boolean;
  /** A guest, of several channels unless `is_ultra_restricted` says of one. */
  is_restricted: boolean;
  is_ultra_restricted: boolean;
  /** Of another workspace, and in no channel that the app can see. Where they share one, it is false. */
  is_stranger: boolean;
}

/** Someone in the local workspace, or in another one that shares a channel with it. */
export interface Person {
  /** Slack's user id, e.g. `U0OLIVIA`. */
  id: string;
  name: string;
  /** What they are in the demo's story, e.g. `Owner of the house`, or how they stand, e.g. `Deactivated`. */
  title: string;
  standing: Standing;
  /** The workspace that they belong to; differs from ours for someone of another company. */
  teamId: string;
  /** The direct message channel between them and the app. */
  dmChannelId: string;
}

/** A channel as one person sees it. */
export interface Channel {
  id: string;
  name: string;
  kind: 'channel' | 'dm';
}

/** A message as one person sees it; an ephemeral is in nobody else's view. */
export interface Message {
  /** Names the message in `/drive/click`; unlike `ts` it never changes. */
  id: string;
  ts: string;
  channelId: string;
  author: { kind: 'app'; name: string } | { kind: 'person'; id: string; name: string };
  ephemeral: boolean;
  edited: boolean;
  text: string;
  blocks: KnownBlock[];
  /** The message that this one is a copy of, where someone shared it. */
  shared: {
    channelId: string;
    ts: string;
    author: Message['author'];
    text: string;
    blocks: KnownBlock[];
  } | null;
}

/** An open modal; the last of `View.modals` is on top. */
export interface Modal {
  viewId: string;
  title: string;
  submit: string | null;
  close: string | null;
  blocks: KnownBlock[];
  /** What the app answered to the last submit, by block id. */
  errors: Record<string, string>;
}

/** `GET /drive/view?as=U0OLIVIA`: all that this person sees. `GET /drive/stream?as=…` (server-sent events)
 * sends `data: changed` whenever it is worth reading again. */
export interface View {
  workspace: { teamId: string; name: string; appName: string };
  me: Person;
  people: Person[];
  channels: Channel[];
  /** Oldest first, of all channels. */
  messages: Message[];
  /** What the app last published as this person's Home, or null. */
  home: HomeView | null;
  modals: Modal[];
  /** Slack's own words when the app failed, e.g. `/locks failed because the app did not respond`. */
  notices: { id: string; channelId: string; text: string }[];
}

/** `/drive/command`: types a slash command (or, without a leading slash, a plain message, which reaches the app
 * only as a direct message to it). A command that Slack does not know, and any command of someone of another
 * company, gets Slack's notice and goes nowhere. Here, unlike in Slack, bots and deactivated people can act, so
 * that the app's own check can be seen. */
export interface CommandAct {
  as: string;
  channel: string;
  text: string;
}

/** One interactive element's new state, in the shape Slack puts in `actions[]` less what Slack adds itself. */
interface ElementAct {
  block_id: string;
  action_id: string;
  /** What was picked, for elements that pick: an option's value, a date, a time, a typed text, a user or
   * channel id, several option values; `''` or `[]` clears. Buttons leave it out. */
  picked?: string | string[];
}

/** `/drive/click`: uses an element of a message, a modal or Home. A button's confirm dialog is the page's
 * affair: a click that arrives here is confirmed. In an input block without `dispatch_action` it only sets the
 * value, as typing does. */
export interface ClickAct extends ElementAct {
  as: string;
  in: { message: string } | { modal: string } | { home: true };
  /** Says in the payload that the message was posted so many milliseconds ago; without it, when it was. */
  postedMsAgo?: number;
}

/** `/drive/share`: shares a message in a channel, and answers with `{ message }`, the id of the copy. A click in
 * the copy arrives as one in an attachment, at a message of the person who shared it. Here, unlike in Slack,
 * ephemeral messages can be shared and buttons in copies work, so that the app's own check can be seen. */
export interface ShareAct {
  as: string;
  message: string;
  channel: string;
}

/** `/drive/person`: changes how someone stands in the workspace. If anything changed, and the app subscribed to
 * `user_change` and may read users, it is told so. */
export interface PersonAct extends Partial<Standing> {
  id: string;
}

/** `/drive/suggest` (a `block_suggestion`, for external selects): answers with the app's options. */
export interface SuggestAct extends ClickAct {
  query: string;
}

/** `/drive/submit`: submits the top modal with the values by block id and action id (what is left out keeps what
 * it holds); `/drive/dismiss` closes it. Values that Slack itself refuses, such as an empty required field, show
 * in the modal's `errors` and are not sent. */
export interface SubmitAct {
  as: string;
  viewId: string;
  values: Record<string, Record<string, string | string[]>>;
}
export interface DismissAct {
  as: string;
  viewId: string;
}

/** `/drive/home`: opens the app's Home (sends `app_home_opened`). */
export interface HomeAct {
  as: string;
}

/** `/drive/deliver`: delivers a payload of the caller's own making, for forgeries: someone else's message,
 * another team's person, an org-wide install. `body` is what Slack would send (an object is form-encoded as
 * Slack does for its kind). Answers once the app acknowledged, or did not. */
export interface DeliverAct {
  kind: 'slash_commands' | 'interactive' | 'events_api';
  body: Record<string, unknown>;
}

/** What every act answers. `response` is the app's acknowledgement: what it carried, `''` when that was nothing,
 * `null` when none came within 3 s. An act that nobody could do (a message out of sight, an element that is not
 * there) is refused instead: status 404 or 400 and `{ error }`. */
export interface Acknowledged {
  ok: boolean;
  /** Milliseconds from delivery to acknowledgement. */
  ms: number | null;
  response: unknown;
  /** The payload that was delivered, so that a test can send it, or a changed copy, again. An empty body means
   * that Slack sends nothing for such an act; then `ok` is true and `ms` null. */
  delivered: { kind: DeliverAct['kind']; body: Record<string, unknown> };
}

/** `/drive/faults` takes a list that replaces all faults in force (an empty one ends them). Those at one place
 * happen one after the other, each `times` times, or for good. A `hang`, `reset`, `status` or `error` comes before
 * anything is done; a `truncate` after it, the answer cut in half. */
export type Fault =
  /** What the app sends to us: a Web API method (`chat.postMessage`) or `response_url`. */
  | { at: string; do: 'status'; status: number; body?: string; retryAfter?: number; times?: number }
  | { at: string; do: 'hang' | 'reset' | 'truncate'; times?: number }
  | { at: string; do: 'delay'; ms: number; times?: number }
  /** A Web API error in a 200, e.g. `channel_not_found`. */
  | { at: string; do: 'error'; error: string; times?: number }
  /** What we send to the app. `copies` in all, at once, the same to the byte. */
  | { at: 'delivery'; do: 'duplicate'; copies: number; times?: number }
  | { at: 'delivery'; do: 'delay'; ms: number; times?: number }
  | { at: 'delivery'; do: 'drop'; times?: number }
  /** Holds deliveries until `count` of them wait, then sends them last first. */
  | { at: 'delivery'; do: 'reorder'; count: number };

/** `/drive/clock`: moves the local Slack's clock ahead, for what lives 30 minutes. */
export interface ClockAct {
  advanceMs: number;
}

/** `/drive/socket`: ends the Socket Mode connections; `routine` asks first, as Slack does, `cut` does not. */
export interface SocketAct {
  how: 'routine' | 'cut';
}

/** `GET /drive/calls?since=N`: everything the app sent after call `N`, in order, tokens left out; the last 10,000. */
export interface Call {
  n: number;
  at: number;
  /** A Web API method's name, `response_url`, or `ack` for an acknowledgement that carried something. */
  method: string;
  /** Arguments with blocks parsed; for a `response_url`, the posted body. */
  body: Record<string, unknown>;
  /** What we answered. */
  ok: boolean;
  /** Slack's error code when not ok, e.g. `invalid_blocks`. */
  error: string | null;
  /** What is wrong, a line each, with JSON pointers; on an ok call, what Slack would only warn of. */
  detail: string | null;
}
