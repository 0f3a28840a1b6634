/** What people start from a menu: the app's shortcuts, and workflows with its step. */
import { acknowledged, Impossible, personOf, type Stage } from './acts.ts';
import { APP, STEP, shortcutsOf } from './cast.ts';
import type { Acknowledged, Person, Shortcut } from './drive.ts';
import type { ShortcutAct, WorkflowAct } from './drive-acts.ts';
import type { StoredMessage } from './messages.ts';

/** When the app registered its step, in seconds since 1970. */
const MADE = 1_694_727_597;

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

  /** Starts a workflow, and so its step. */
  async workflow({ as, callback_id, inputs = {} }: WorkflowAct): Promise<Acknowledged> {
    const person = personOf(as);
    const { world, events } = this.stage;
    const workflow = world.workflows.offeredTo(person).find((one) => one.callback_id === callback_id);
    if (workflow === undefined) throw new Impossible(`${person.name} is offered no workflow ${callback_id}`);
    const wanted = workflow.inputs.map(({ name }) => name);
    const unset = wanted.filter((name) => (inputs[name] ?? '') === '');
    const unknown = Object.keys(inputs).filter((name) => !wanted.includes(name));
    if (unset.length > 0) throw new Impossible(`the workflow’s builder did not set ${unset.join(', ')}`);
    if (unknown.length > 0) throw new Impossible(`the workflow’s builder cannot set ${unknown.join(', ')}`);
    const execution = world.workflows.start(person, inputs);
    return events.tell('function_executed', {
      type: 'function_executed',
      function: {
        ...STEP,
        type: 'app',
        app_id: APP.id,
        date_created: MADE,
        date_updated: MADE,
        date_deleted: 0,
      },
      inputs: execution.inputs,
      function_execution_id: execution.id,
      workflow_execution_id: execution.workflowId,
      bot_access_token: execution.token,
    });
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
