/** What people do in channels, with elements and with the Home: each act is one payload to the app at most. */
import type { AckEffects } from './ack-effects.ts';
import { COMMANDS, isForeign, isIn, personById } from './cast.ts';
import type { Delivery } from './delivery.ts';
import type { Acknowledged, Person } from './drive.ts';
import type {
  ClickAct,
  CommandAct,
  DeliverAct,
  HomeAct,
  PersonAct,
  ShareAct,
  SuggestAct,
} from './drive-acts.ts';
import { findElement, NotPickable, pickedValue, type Value } from './element-state.ts';
import type { Events } from './events.ts';
import { suggestionKey } from './held.ts';
import { blocksIn, type StoredMessage } from './messages.ts';
import type { Attempt, Outgoing } from './outgoing.ts';
import { asAction, type Payloads, type Place } from './payloads.ts';
import type { World } from './world.ts';

/** An act that nobody could do: someone unknown, a message out of sight, an option that is not there. */
export class Impossible extends Error {}

/** What the acts need. */
export interface Stage {
  world: World;
  delivery: Delivery;
  payloads: Payloads;
  events: Events;
  effects: AckEffects;
}

export class Acts {
  private readonly stage: Stage;

  constructor(stage: Stage) {
    this.stage = stage;
  }

  /** Types a slash command or a plain message. Only a direct message to the app reaches it. */
  async command({ as, channel, text }: CommandAct): Promise<Acknowledged> {
    const person = personOf(as);
    if (!isIn(person, channel)) throw new Impossible(`${person.name} is not in ${channel}`);
    if (!text.startsWith('/')) return this.say(person, channel, text);
    const [, word = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(text) ?? [];
    if (!COMMANDS.includes(word) || isForeign(person)) {
      this.stage.world.notify(person, channel, `${word} is not a valid command`);
      return nothingSent('slash_commands');
    }
    const body = this.stage.payloads.command(person, channel, word, rest.trim());
    const attempt = await this.send({ kind: 'slash_commands', body, answers: true });
    if (attempt.ok)
      this.stage.effects.afterCommand(person, channel, word, body.response_url, attempt.response);
    else this.stage.effects.commandFailed(person, channel, word, attempt.why);
    return acknowledged('slash_commands', body, attempt);
  }

  /** Uses an element. In an input block without `dispatch_action` that changes what is held and sends nothing. */
  async click(act: ClickAct): Promise<Acknowledged> {
    const person = personOf(act.as);
    const place = this.placeOf(person, act);
    const { element, held, inputAlone } = this.find(place, act);
    const suggested = held.suggested.get(suggestionKey(act.block_id, act.action_id)) ?? [];
    const value = pick(() => pickedValue(element, act.picked ?? '', suggested));
    if (value !== null && element.type !== 'overflow') {
      held.values[act.block_id] = { ...held.values[act.block_id], [act.action_id]: value };
    }
    if (inputAlone) return nothingSent('interactive');
    const body = this.stage.payloads.blockActions(person, place, asAction(element, act.block_id, value));
    const attempt = await this.send({ kind: 'interactive', body, answers: false });
    if (!attempt.ok) this.stage.effects.interactionFailed(person, channelOf(person, place), attempt.why);
    return acknowledged('interactive', body, attempt);
  }

  /** Types into an external select; below its `min_query_length` Slack does not ask. */
  async suggest(act: SuggestAct): Promise<Acknowledged> {
    const person = personOf(act.as);
    const place = this.placeOf(person, act);
    const { element, held } = this.find(place, act);
    if (element.type !== 'external_select' && element.type !== 'multi_external_select') {
      throw new Impossible(`${element.type} asks for no suggestions`);
    }
    if (act.query.length < (element.min_query_length ?? 3)) return nothingSent('interactive');
    const body = this.stage.payloads.suggestion(person, place, act, act.query);
    const attempt = await this.send({ kind: 'interactive', body, answers: true });
    const options = attempt.ok ? this.stage.effects.suggestions(attempt.response) : null;
    if (options === null) {
      this.stage.effects.interactionFailed(
        person,
        channelOf(person, place),
        attempt.ok ? 'dispatch_failed' : attempt.why,
      );
    } else held.suggested.set(suggestionKey(act.block_id, act.action_id), options);
    return { ...acknowledged('interactive', body, attempt), ok: options !== null };
  }

  /** Opens the app's Home, or its Messages tab, of which Slack shows the app no view. */
  async home({ as, tab = 'home' }: HomeAct): Promise<Acknowledged> {
    const person = personOf(as);
    if (!isIn(person, person.dmChannelId)) throw new Impossible(`${person.name} cannot open the app's Home`);
    const home = tab === 'home' ? this.stage.world.views.homeOf(person.id) : undefined;
    return this.stage.events.tell('app_home_opened', {
      type: 'app_home_opened',
      user: person.id,
      channel: person.dmChannelId,
      tab,
      ...(home === undefined ? {} : { view: this.stage.payloads.view(home) }),
    });
  }

  /** Changes how someone stands in the workspace. */
  async person({ id, ...change }: PersonAct): Promise<Acknowledged> {
    const person = personOf(id);
    const { people } = this.stage.world;
    if (!people.change(person, change)) return nothingSent('events_api');
    return this.stage.events.tell('user_change', {
      type: 'user_change',
      user: people.userObject(person),
      cache_ts: this.stage.payloads.seconds(),
    });
  }

  /** Shares a copy of a message in a channel. */
  share({ as, message: id, channel }: ShareAct): { message: string } {
    const person = personOf(as);
    if (!isIn(person, channel)) throw new Impossible(`${person.name} is not in ${channel}`);
    const { channelId, ts, author, text, blocks } = this.seen(person, id);
    const copy = this.stage.world.messages.post({
      channelId: channel,
      author: { kind: 'person', id: person.id, name: person.name },
      reader: null,
      text: '',
      blocks: [],
      shared: { channelId, ts, author, text, blocks },
    });
    return { message: copy.id };
  }

  /** Delivers the caller's own payload, once, and does nothing about the answer. */
  async deliver({ kind, body }: DeliverAct): Promise<Acknowledged> {
    return acknowledged(kind, body, await this.send({ kind, body, answers: true }));
  }

  private async say(person: Person, channelId: string, text: string): Promise<Acknowledged> {
    const message = this.stage.world.messages.post({
      channelId,
      author: { kind: 'person', id: person.id, name: person.name },
      reader: null,
      text,
      blocks: [],
    });
    if (channelId !== person.dmChannelId) return nothingSent('events_api');
    return this.stage.events.tell('message.im', {
      type: 'message',
      channel: channelId,
      channel_type: 'im',
      user: person.id,
      team: person.teamId,
      text,
      ts: message.ts,
    });
  }

  private send(outgoing: Outgoing): Promise<Attempt> {
    return this.stage.delivery.deliver(outgoing);
  }

  private seen(person: Person, id: string): StoredMessage {
    const message = this.stage.world.messages.seenBy(person, id);
    if (message === undefined) throw new Impossible(`${person.name} sees no message ${id}`);
    return message;
  }

  private placeOf(person: Person, { in: where, postedMsAgo }: Pick<ClickAct, 'in' | 'postedMsAgo'>): Place {
    const { messages, views } = this.stage.world;
    if ('message' in where) {
      const message = this.seen(person, where.message);
      const ts = postedMsAgo === undefined ? message.ts : this.stage.payloads.ts(postedMsAgo);
      return { message, ts, held: messages.heldIn(message, person) };
    }
    const view =
      'home' in where
        ? views.homeOf(person.id)
        : views.modalsOf(person.id).find((modal) => modal.id === where.modal);
    if (view === undefined) throw new Impossible(`${person.name} has no such view open`);
    return { view };
  }

  private find(place: Place, { block_id, action_id }: { block_id: string; action_id: string }) {
    const blocks = 'message' in place ? blocksIn(place.message) : place.view.shown.blocks;
    const element = findElement(blocks, block_id, action_id);
    if (element === undefined) throw new Impossible(`there is no element ${action_id} in block ${block_id}`);
    const block = blocks.find((one) => one.block_id === block_id);
    const inputAlone = block?.type === 'input' && block.dispatch_action !== true;
    return { element, inputAlone, held: 'message' in place ? place.held : place.view.held };
  }
}

/** The person of this id. */
export function personOf(id: string): Person {
  const person = personById(id);
  if (person === undefined) throw new Impossible(`there is no person ${id}`);
  return person;
}

/** What the caller of an act gets to know. */
export function acknowledged(
  kind: DeliverAct['kind'],
  body: Record<string, unknown>,
  attempt: Attempt,
): Acknowledged {
  const delivered = { kind, body };
  return attempt.ok
    ? { ok: true, ms: attempt.ms, response: attempt.response, delivered }
    : { ok: false, ms: null, response: null, delivered };
}

/** Nothing went to the app, as nothing would from Slack. */
export function nothingSent(kind: DeliverAct['kind']): Acknowledged {
  return { ok: true, ms: null, response: null, delivered: { kind, body: {} } };
}

/** Runs what may find that an option is not there. */
export function pick(choose: () => Value | null): Value | null {
  try {
    return choose();
  } catch (error) {
    if (error instanceof NotPickable) throw new Impossible(error.message);
    throw error;
  }
}

/** Where to tell someone that an interaction failed. */
function channelOf(person: Person, place: Place): string {
  return 'message' in place ? place.message.channelId : person.dmChannelId;
}
