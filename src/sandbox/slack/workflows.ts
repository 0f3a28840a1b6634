/** Workflows of one step, which is our app's: who started them, and how they ended. */
import { randomBytes, randomUUID } from 'node:crypto';
import { isForeign, STEP, USER_CONTEXT } from './cast.ts';
import type { Execution, Person, Workflow } from './drive.ts';

const MOST_KEPT = 1_000;

/** A step that runs or ran, with what only Slack and the app know of it. */
export interface StoredExecution extends Execution {
  person: string;
  workflowId: string;
  /** The token that came with it, which is good while it runs. */
  token: string;
}

export class Workflows {
  private readonly registered: boolean;
  private readonly changed: () => void;
  private readonly executions = new Map<string, StoredExecution>();

  /** @param registered Whether the app's manifest has the step at all. */
  constructor(registered: boolean, changed: () => void) {
    this.registered = registered;
    this.changed = changed;
  }

  /** The workflows that a person can start, with the inputs that their builder has to set. */
  offeredTo(person: Person): Workflow[] {
    if (!this.registered || isForeign(person)) return [];
    const inputs = STEP.input_parameters
      .filter(({ type }) => type !== USER_CONTEXT)
      .map(({ name, title }) => ({ name, title }));
    return [{ callback_id: STEP.callback_id, title: STEP.title, inputs }];
  }

  /** Starts one; the oldest go when there are too many. */
  start(person: Person, set: Record<string, string>): StoredExecution {
    const contexts = STEP.input_parameters
      .filter(({ type }) => type === USER_CONTEXT)
      .map(({ name }) => [name, { id: person.id, secret: randomBytes(16).toString('hex') }]);
    const execution: StoredExecution = {
      id: newId('Fx'),
      callback_id: STEP.callback_id,
      inputs: { ...Object.fromEntries(contexts), ...set },
      ended: null,
      person: person.id,
      workflowId: newId('Wx'),
      token: `xwfp-local-${randomBytes(12).toString('hex')}`,
    };
    this.executions.set(execution.id, execution);
    const oldest = this.executions.keys().next();
    if (this.executions.size > MOST_KEPT && oldest.done !== true) this.executions.delete(oldest.value);
    this.changed();
    return execution;
  }

  find(id: string): StoredExecution | undefined {
    return this.executions.get(id);
  }

  /** The execution that this token came with. */
  ofToken(token: string): StoredExecution | undefined {
    return [...this.executions.values()].find((execution) => execution.token === token);
  }

  end(execution: StoredExecution, how: NonNullable<Execution['ended']>): void {
    execution.ended = how;
    this.changed();
  }

  /** What this person started, oldest first. */
  startedBy(person: Person): Execution[] {
    return [...this.executions.values()]
      .filter((execution) => execution.person === person.id)
      .map(({ id, callback_id, inputs, ended }) => ({ id, callback_id, inputs, ended }));
  }
}

function newId(prefix: string): string {
  return `${prefix}${randomUUID().replaceAll('-', '').slice(0, 11).toUpperCase()}`;
}
