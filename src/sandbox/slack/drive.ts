/**
 * How a page, a test or a benchmark drives the local Slack: everything that a person sees, and everything that
 * can go wrong, as plain HTTP. Each call is `POST /drive/<name>` with the JSON named here, or in `drive-acts.ts`
 * for what a person does, unless it says GET.
 * Requests with another Host than 127.0.0.1 or localhost, or with another server's Origin, get 403.
 */
import type { HomeView, KnownBlock } from '@slack/types';
import type { DeliverAct } from './drive-acts.ts';

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
  /** Their time zone, as IANA names it, e.g. `Europe/Berlin`. */
  tz: string;
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
  files: File[];
  /** The message that this one replies to, by its `ts`; null for one that stands for itself. */
  threadTs: string | null;
  /** The message that this one is a copy of, where someone shared it. */
  shared: {
    channelId: string;
    ts: string;
    author: Message['author'];
    text: string;
    blocks: KnownBlock[];
  } | null;
}

/** A file that came with a message. */
export interface File {
  id: string;
  name: string;
  mimetype: string;
  /** In bytes. */
  size: number;
  /** Its bytes as UTF-8 text. */
  content: string;
}

/** A shortcut of the app: one that starts anywhere, or one that starts at a message. */
export interface Shortcut {
  callback_id: string;
  type: 'global' | 'message';
  name: string;
}

/** A workflow whose one step is our app's. */
export interface Workflow {
  callback_id: string;
  title: string;
  /** What its builder sets; who started it is filled in by Slack. */
  inputs: { name: string; title: string }[];
}

/** A run of the app's step, as it was started and as it ended; null while it runs. */
export interface Execution {
  /** Slack's `function_execution_id`. */
  id: string;
  callback_id: string;
  inputs: Record<string, unknown>;
  ended: { ok: true; outputs: Record<string, unknown> } | { ok: false; error: string } | null;
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
  /** What this person can start from a menu. */
  shortcuts: Shortcut[];
  workflows: Workflow[];
  /** What this person started of those, oldest first. */
  executions: Execution[];
  /** Slack's own words when the app failed, e.g. `/locks failed because the app did not respond`. */
  notices: { id: string; channelId: string; text: string }[];
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
