/** What the drive API takes: each act is `POST /drive/<name>` with the JSON named here. */
import type { Standing } from './drive.ts';

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

/** `/drive/person`: changes how someone stands in the workspace, or their time zone (IANA's name of it). If
 * anything changed, and the app subscribed to `user_change` and may read users, it is told so. */
export interface PersonAct extends Partial<Standing> {
  id: string;
  tz?: string;
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

/** `/drive/home`: opens the app's Home, or its Messages tab (sends `app_home_opened` with the `tab`). */
export interface HomeAct {
  as: string;
  tab?: 'home' | 'messages';
}

/** `/drive/shortcut`: runs a shortcut of the app: a global one, or with `message` (its id) one on that message.
 * Slack offers no shortcut on an ephemeral message, and none to people of another company. */
export interface ShortcutAct {
  as: string;
  callback_id: string;
  message?: string;
}

/** `/drive/workflow`: starts a workflow whose one step is the app's (sends `function_executed`). `inputs` are what
 * the workflow's builder set; who started it is filled in by Slack. */
export interface WorkflowAct {
  as: string;
  callback_id: string;
  inputs?: Record<string, string>;
}

/** `/drive/deliver`: delivers a payload of the caller's own making, for forgeries: someone else's message,
 * another team's person, an org-wide install. `body` is what Slack would send (an object is form-encoded as
 * Slack does for its kind). Answers once the app acknowledged, or did not. */
export interface DeliverAct {
  kind: 'slash_commands' | 'interactive' | 'events_api';
  body: Record<string, unknown>;
}

/** `/drive/clock`: moves the local Slack's clock ahead, for what lives 30 minutes. */
export interface ClockAct {
  advanceMs: number;
}

/** `/drive/socket`: ends the Socket Mode connections; `routine` asks first, as Slack does, `cut` does not. */
export interface SocketAct {
  how: 'routine' | 'cut';
}
