import type { Context } from './context.ts';
import type { InteractionId, RunId } from './domain/ids.ts';
import type { Refusal } from './domain/outcome.ts';
import type { SlackIdentity } from './domain/person.ts';
import type { SeamEvent } from './seam/port.ts';
import type { Recipient } from './slack/messenger.ts';
import type { StoredPerson } from './store/people.ts';

/** Something that one of our people typed or clicked. It is acknowledged already; a visible answer is owed. */
export interface Asked extends Recipient {
  readonly person: StoredPerson;
  readonly interaction: InteractionId;
  /** When it reached us, ms. */
  readonly at: number;
  /** What was typed after the word, or what the button carries: from outside, so that nothing of it is trusted. */
  readonly args: readonly string[];
  /** Whether the answer may take the place of the message that was clicked in: only when it is theirs alone. */
  readonly inOwnMessage: boolean;
  /** When the message that was clicked in was first posted, ms; null for a command, and where Slack does not say. */
  readonly postedAt: number | null;
}

/** Someone who may do nothing here clicked: what a feature may want to write down of it. */
export interface Turned {
  readonly why: Refusal;
  readonly identity: SlackIdentity;
  readonly interaction: InteractionId;
  readonly at: number;
  readonly args: readonly string[];
}

/** A word after `/locks`. */
export interface Subcommand {
  readonly word: string;
  /** One line of help: what a person gets. */
  readonly summary: string;
  run(context: Context, asked: Asked): Promise<void>;
}

/** One thing that a person can do, with everything that Slack and Seam may call of it. */
export interface Feature {
  /** The prefix of its action ids. */
  readonly name: string;
  readonly subcommands: readonly Subcommand[];
  /** By the verb of the action id `feature:verb`. */
  readonly actions: Readonly<Record<string, (context: Context, clicked: Asked) => Promise<void>>>;
  /** Writes down a click of someone who was turned away; by verb too. */
  readonly turnedAway?: Readonly<Record<string, (context: Context, turned: Turned) => Promise<void>>>;
  /** Hears every event that Seam sends. */
  readonly onSeamEvent?: (context: Context, event: SeamEvent) => Promise<void>;
  /** Takes over what runs that have ended left open. At a start that is done before anything new is taken. */
  readonly takeOver?: (context: Context, dead: readonly RunId[]) => Promise<void>;
  /** Begins what goes on for as long as Latchbolt runs. */
  readonly start?: (context: Context) => void;
}
