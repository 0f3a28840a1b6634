import type { ModalView, Option } from '@slack/types';
import type { Context } from './context.ts';
import type { HouseEvent } from './domain/house-event.ts';
import type { ExecutionId, InteractionId, RunId, SlackUserId } from './domain/ids.ts';
import type { Refusal } from './domain/outcome.ts';
import type { SlackIdentity } from './domain/person.ts';
import type { SeamEvent } from './seam/port.ts';
import type { Values, ViewState } from './slack/deed.ts';
import type { Recipient } from './slack/messenger.ts';
import type { StoredPerson } from './store/people.ts';
import type { Timer } from './store/timers.ts';

/** Something that one of our people typed or clicked. It is acknowledged already; a visible answer is owed. */
export interface Asked extends Recipient {
  readonly person: StoredPerson;
  readonly interaction: InteractionId;
  /** When it reached us, ms. */
  readonly at: number;
  /** Where they are: it decides where an answer can be shown. */
  readonly place: 'command' | 'message' | 'home' | 'modal' | 'shortcut';
  /** Opens one modal, within 3 s; null where Slack gives none. */
  readonly triggerId: string | null;
  /** What was typed after the word, or what the button carries: from outside, so that nothing of it is trusted. */
  readonly args: readonly string[];
  /** All that was typed after the word, as it was typed; empty for all else. */
  readonly rest: string;
  /** The modal or Home that they are in; null elsewhere. */
  readonly view: ViewState | null;
  /** Whether the answer may take the place of what was clicked in: only when it is theirs alone. */
  readonly inOwnMessage: boolean;
  /** When the message that was clicked in was first posted, ms; null for all else, and where Slack does not say. */
  readonly postedAt: number | null;
}

/** Someone who may do nothing here did something: what a feature may want to write down of it. */
export interface Turned {
  readonly why: Refusal;
  readonly identity: SlackIdentity;
  readonly interaction: InteractionId;
  readonly at: number;
}

/** The same of a click. */
export interface TurnedClick extends Turned {
  readonly args: readonly string[];
}

/** A word after `/locks`. */
export interface Subcommand {
  readonly word: string;
  /** One line of help: what a person gets. */
  readonly summary: string;
  run(context: Context, asked: Asked): Promise<void>;
}

/** What is wrong with a modal that was sent, by block id, in words for the person. */
export type SubmitErrors = Readonly<Record<string, string>>;

/** A modal that somebody sends. What is done when nothing is wrong with it may take its time. */
export interface Submit {
  /** Quick: Slack waits, and shows what it says beside the fields. Null when all is well. */
  check(context: Context, submitted: Submitted): Promise<SubmitErrors | null>;
  /** What the modal shows while it is done; it closes where this is left out. */
  readonly meanwhile?: ModalView;
  run(context: Context, submitted: Submitted): Promise<void>;
  /** Writes down one of someone who was turned away; must bear to be told of the same modal twice. */
  turnedAway?(context: Context, turned: Turned, values: Values): Promise<void>;
}

/** A modal that was sent. */
export interface Submitted extends Asked {
  readonly values: Values;
  readonly metadata: string;
}

/** A workflow that somebody started has come to a step of ours. It is owed an end, and its person an answer. */
export interface StepBegun {
  readonly userId: SlackUserId;
  readonly interaction: InteractionId;
  readonly executionId: ExecutionId;
  /** What the workflow's builder has set: from outside, so that nothing of it is trusted. */
  readonly inputs: Readonly<Record<string, string>>;
  /** When Slack came to the step, ms. */
  readonly startedAt: number;
}

/** The same once it is known who started it. */
export interface StepAsked extends StepBegun {
  readonly person: StoredPerson;
  /** When it reached us, ms. */
  readonly at: number;
}

/** A step of workflows. */
export interface Step {
  /**
   * Writes down that it is owed an end, before anybody is asked anything, so that it gets one whatever happens here; must
   * bear to be told of the same step twice.
   */
  owe(context: Context, step: StepBegun): Promise<void>;
  run(context: Context, step: StepAsked): Promise<void>;
}

/** Somebody types into a select whose options we give. */
export interface Suggested {
  readonly person: StoredPerson;
  readonly query: string;
}

type Handler<Given> = (context: Context, given: Given) => Promise<void>;

/** One thing that a person can do, with everything that Slack and Seam may call of it. */
export interface Feature {
  /** The prefix of its action ids and callback ids. */
  readonly name: string;
  readonly subcommands: readonly Subcommand[];
  /** By the verb of the action id `feature:verb`. */
  readonly actions: Readonly<Record<string, Handler<Asked>>>;
  /** Writes down a click of someone who was turned away; by verb too. */
  readonly turnedAway?: Readonly<Record<string, Handler<TurnedClick>>>;
  /** Shortcuts, by the verb of the callback id `feature:verb`. */
  readonly shortcuts?: Readonly<Record<string, Handler<Asked>>>;
  /** Modals that can be sent, by the verb of the callback id `feature:verb`. */
  readonly submits?: Readonly<Record<string, Submit>>;
  /** Options of a select, by the verb of the action id `feature:verb`; Slack waits 3 s for them. */
  readonly suggests?: Readonly<Record<string, (context: Context, asked: Suggested) => Promise<Option[]>>>;
  /** Steps of workflows, by the name that they have in `manifest.workflow.yml`. */
  readonly steps?: Readonly<Record<string, Step>>;
  /** Somebody opened the app's Home. */
  readonly onHomeOpened?: Handler<Asked>;
  /** Hears every event that Seam sends, and what happens in the house; must bear to be told the same thing twice. */
  readonly onEvent?: Handler<SeamEvent | HouseEvent>;
  /** What it set timers for, by the name of the kind `feature:name`. One that throws is tried again. */
  readonly timers?: Readonly<Record<string, Handler<Timer>>>;
  /** Takes over what runs that have ended left open. At a start that is done before anything new is taken. */
  readonly takeOver?: (context: Context, dead: readonly RunId[]) => Promise<void>;
  /** Begins what goes on for as long as Latchbolt runs. */
  readonly start?: (context: Context) => void;
}
