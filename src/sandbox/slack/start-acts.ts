/** What people start from a menu: the app's shortcuts. */
import { acknowledged, Impossible, personOf, type Stage } from './acts.ts';
import { shortcutsOf } from './cast.ts';
import type { Acknowledged, Person, Shortcut } from './drive.ts';
import type { ShortcutAct } from './drive-acts.ts';
import type { StoredMessage } from './messages.ts';

export class StartActs {
  private readonly stage: Stage;

  constructor(stage: Stage) {
    this.stage = stage;
  }

  /** Runs a shortcut that the app registered, from anywhere or from a message. */
  async shortcut({ as, callback_id, message: id }: ShortcutAct): Promise<Acknowledged> {
    const person = personOf(as);
    const { type } = offered(person, callback_id);
    const { payloads, delivery, effects } = this.stage;
    const message = id === undefined ? null : this.seen(person, id);
    if (type === 'message' && message === null) throw new Impossible(`${callback_id} starts at a message`);
    if (type === 'global' && message !== null) throw new Impossible(`${callback_id} starts at no message`);
    const body =
      message === null
        ? payloads.shortcut(person, callback_id)
        : payloads.messageAction(person, callback_id, message);
    const attempt = await delivery.deliver({ kind: 'interactive', body, answers: false });
    const where = message?.channelId ?? person.dmChannelId;
    if (!attempt.ok) effects.interactionFailed(person, where, attempt.why);
    return acknowledged('interactive', body, attempt);
  }

  private seen(person: Person, id: string): StoredMessage {
    const message = this.stage.world.messages.seenBy(person, id);
    if (message === undefined) throw new Impossible(`${person.name} sees no message ${id}`);
    if (message.ephemeral) throw new Impossible('Slack offers no shortcuts on an ephemeral message');
    return message;
  }
}

function offered(person: Person, callbackId: string): Shortcut {
  const shortcut = shortcutsOf(person).find((one) => one.callback_id === callbackId);
  if (shortcut === undefined) throw new Impossible(`${person.name} is offered no shortcut ${callbackId}`);
  return shortcut;
}
