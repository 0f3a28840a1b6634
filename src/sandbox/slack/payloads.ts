/** Builds what Slack sends: every field of a real payload that an app could look at. */
import { randomUUID } from 'node:crypto';
import type { Element } from './block-elements.ts';
import { APP, ENTERPRISE, handle, payloadName, WORKSPACE } from './cast.ts';
import type { Clock } from './clock.ts';
import type { Person } from './drive.ts';
import type { Value } from './element-state.ts';
import type { Held } from './held.ts';
import { ATTACHMENT_ID, asPayload } from './message-payload.ts';
import type { StoredMessage } from './messages.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { Triggers } from './triggers.ts';
import { asPayloadView } from './view-payload.ts';
import type { OpenView } from './views.ts';

type Body = Record<string, unknown>;

/** Old apps compare it; new ones verify signatures. */
const TOKEN = 'local-verification-token';

/** A message in which something was used; `ts` is when the payload says that it was posted. */
interface MessagePlace {
  message: StoredMessage;
  ts: string;
  held: Held;
}

/** Where something was used. */
export type Place = MessagePlace | { view: OpenView };

export interface PayloadMakers {
  install: 'workspace' | 'org';
  clock: Clock;
  triggers: Triggers;
  responseUrls: ResponseUrls;
}

export class Payloads {
  private readonly makers: PayloadMakers;
  private readonly org: boolean;

  constructor(makers: PayloadMakers) {
    this.makers = makers;
    this.org = makers.install === 'org';
  }

  command(person: Person, channelId: string, command: string, text: string): Body & { response_url: string } {
    return {
      token: TOKEN,
      team_id: WORKSPACE.id,
      team_domain: WORKSPACE.domain,
      ...(this.org ? { enterprise_id: ENTERPRISE.id, enterprise_name: ENTERPRISE.name } : {}),
      channel_id: channelId,
      channel_name: payloadName(channelId),
      user_id: person.id,
      user_name: handle(person),
      command,
      text,
      api_app_id: APP.id,
      is_enterprise_install: String(this.org),
      response_url: this.makers.responseUrls.issue(person, channelId, null),
      trigger_id: this.makers.triggers.issue(person.id),
    };
  }

  blockActions(person: Person, place: Place, action: Body): Body {
    return {
      type: 'block_actions',
      ...this.from(person),
      ...this.placeOf(place),
      trigger_id: this.makers.triggers.issue(person.id),
      ...('message' in place ? this.messageParts(person, place) : {}),
      actions: [{ ...action, action_ts: this.ts() }],
    };
  }

  suggestion(
    person: Person,
    place: Place,
    ids: { block_id: string; action_id: string },
    query: string,
  ): Body {
    const { block_id, action_id } = ids;
    const message = 'message' in place ? place.message : null;
    return {
      type: 'block_suggestion',
      ...this.from(person),
      ...this.placeOf(place),
      ...(message === null ? {} : { channel: channelPart(message.channelId) }),
      ...('message' in place ? messagePart(place) : {}),
      action_id,
      block_id,
      value: query,
    };
  }

  submission(person: Person, view: OpenView, responseUrls: Body[]): Body {
    return {
      type: 'view_submission',
      ...this.from(person),
      trigger_id: this.makers.triggers.issue(person.id),
      view: this.view(view),
      response_urls: responseUrls,
    };
  }

  closed(person: Person, view: OpenView, isCleared: boolean): Body {
    return { type: 'view_closed', ...this.from(person), view: this.view(view), is_cleared: isCleared };
  }

  /** A global shortcut tells nothing of where it was started. */
  shortcut(person: Person, callbackId: string): Body {
    return { type: 'shortcut', ...this.shortcutParts(person, callbackId) };
  }

  messageAction(person: Person, callbackId: string, message: StoredMessage): Body {
    const { user, ...parts } = this.shortcutParts(person, callbackId);
    return {
      type: 'message_action',
      ...parts,
      user: { ...user, name: user.username },
      channel: channelPart(message.channelId),
      message_ts: message.ts,
      message: asPayload(message),
      // What it posts is new: a shortcut is no part of the message that it started at.
      response_url: this.makers.responseUrls.issue(person, message.channelId, null),
    };
  }

  event(event: Body): Body {
    return {
      token: TOKEN,
      team_id: WORKSPACE.id,
      ...(this.org ? { enterprise_id: ENTERPRISE.id } : {}),
      context_team_id: WORKSPACE.id,
      context_enterprise_id: this.org ? ENTERPRISE.id : null,
      api_app_id: APP.id,
      event: { ...event, event_ts: this.ts() },
      type: 'event_callback',
      event_id: `Ev${randomUUID().replaceAll('-', '').slice(0, 12).toUpperCase()}`,
      event_time: this.seconds(),
      authorizations: [
        {
          enterprise_id: this.org ? ENTERPRISE.id : null,
          team_id: this.org ? null : WORKSPACE.id,
          user_id: APP.userId,
          is_bot: true,
          is_enterprise_install: this.org,
        },
      ],
      is_ext_shared_channel: false,
    };
  }

  /** A view as payloads and the Web API give it. */
  view(view: OpenView): Body {
    return asPayloadView(view, this.org);
  }

  private from(person: Person): Body {
    const name = handle(person);
    return {
      ...this.install(),
      user: { id: person.id, username: name, name, team_id: person.teamId },
      api_app_id: APP.id,
    };
  }

  private install() {
    return {
      team: this.org ? null : { id: WORKSPACE.id, domain: WORKSPACE.domain },
      enterprise: this.org ? ENTERPRISE : null,
      is_enterprise_install: this.org,
      token: TOKEN,
    };
  }

  private shortcutParts(person: Person, callback_id: string) {
    return {
      ...this.install(),
      user: { id: person.id, username: handle(person), team_id: person.teamId },
      callback_id,
      trigger_id: this.makers.triggers.issue(person.id),
      action_ts: this.ts(),
    };
  }

  private placeOf(place: Place): Body {
    if ('view' in place) {
      return { container: { type: 'view', view_id: place.view.id }, view: this.view(place.view) };
    }
    const { channelId: channel_id, ephemeral: is_ephemeral, shared } = place.message;
    const where = { message_ts: place.ts, channel_id, is_ephemeral };
    return {
      container:
        shared === null
          ? { type: 'message', ...where }
          : { type: 'message_attachment', ...where, attachment_id: ATTACHMENT_ID, is_app_unfurl: false },
    };
  }

  /** A moment as Slack writes it: now, or so many milliseconds ago. */
  ts(msAgo = 0): string {
    const at = this.makers.clock.now() - msAgo;
    return `${Math.floor(at / 1000)}.${String(Math.floor(at % 1000) * 1000).padStart(6, '0')}`;
  }

  /** Now, in whole seconds since 1970. */
  seconds(): number {
    return Math.floor(this.makers.clock.now() / 1000);
  }

  private messageParts(person: Person, place: MessagePlace): Body {
    const { message, held } = place;
    // A copy is a message of the person who shared it, which the app cannot replace.
    const original = message.shared === null ? message : null;
    return {
      channel: channelPart(message.channelId),
      ...messagePart(place),
      state: { values: structuredClone(held.values) },
      response_url: this.makers.responseUrls.issue(person, message.channelId, original),
    };
  }
}

/** Slack leaves an ephemeral message itself out of the payload. */
function messagePart({ message, ts }: MessagePlace): Body {
  return message.ephemeral ? {} : { message: asPayload({ ...message, ts }) };
}

function channelPart(id: string): Body {
  return { id, name: payloadName(id) };
}

/** What a used element adds to `actions[]`. */
export function asAction(element: Element, blockId: string, value: Value | null): Body {
  const { type, action_id } = element;
  const common = { ...value, type, action_id, block_id: blockId };
  if (type !== 'button' && type !== 'icon_button') {
    return 'placeholder' in element ? { ...common, placeholder: element.placeholder } : common;
  }
  const { accessibility_label: _, confirm: __, ...said } = element;
  return { ...said, block_id: blockId };
}
