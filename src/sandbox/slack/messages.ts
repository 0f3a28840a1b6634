import type { KnownBlock } from '@slack/types';
import { isIn } from './cast.ts';
import type { Clock } from './clock.ts';
import type { Message, Person } from './drive.ts';
import { freshHeld, type Held, heldAfter } from './held.ts';

const MOST_KEPT = 10_000;

/** A message, with the one person who can see it if it is ephemeral. */
export interface StoredMessage extends Message {
  reader: string | null;
}

/** What is said, by the app or by a person. */
export interface NewMessage {
  channelId: string;
  author: Message['author'];
  reader: string | null;
  text: string;
  blocks: KnownBlock[];
  shared?: Message['shared'];
  files?: Message['files'];
  threadTs?: string | null;
}

/** The messages of the local workspace; the oldest go when there are too many. */
export class Messages {
  private readonly clock: Clock;
  private readonly changed: () => void;
  private readonly byId = new Map<string, StoredMessage>();
  private readonly byTs = new Map<string, StoredMessage>();
  private readonly held = new WeakMap<StoredMessage, Map<string, Held>>();
  private lastMicros = 0;

  constructor(clock: Clock, changed: () => void) {
    this.clock = clock;
    this.changed = changed;
  }

  post(said: NewMessage): StoredMessage {
    const ts = this.nextTs();
    const message = {
      id: `M${ts}`,
      ts,
      ephemeral: said.reader !== null,
      edited: false,
      shared: null,
      files: [],
      threadTs: null,
      ...said,
    };
    this.byId.set(message.id, message);
    this.byTs.set(ts, message);
    const oldest = this.byId.values().next();
    if (this.byId.size > MOST_KEPT && oldest.done !== true) this.forget(oldest.value);
    this.changed();
    return message;
  }

  /** The message of this id, if this person can see it. */
  seenBy(person: Person, id: string): StoredMessage | undefined {
    const message = this.byId.get(id);
    return message !== undefined && canSee(person, message) ? message : undefined;
  }

  at(channelId: string, ts: string): StoredMessage | undefined {
    const message = this.byTs.get(ts);
    return message?.channelId === channelId ? message : undefined;
  }

  change(message: StoredMessage, said: Pick<Message, 'text' | 'blocks'>): void {
    message.text = said.text;
    message.blocks = said.blocks;
    message.edited = true;
    const people = this.held.get(message) ?? new Map<string, Held>();
    for (const [person, held] of people) people.set(person, heldAfter(held, said.blocks));
    this.changed();
  }

  remove(message: StoredMessage): void {
    this.forget(message);
    this.changed();
  }

  isThere(message: StoredMessage): boolean {
    return this.byId.has(message.id);
  }

  /** What one person did to a message's elements. */
  heldIn(message: StoredMessage, person: Person): Held {
    const people = this.held.get(message) ?? new Map<string, Held>();
    const held = people.get(person.id) ?? freshHeld(blocksIn(message));
    this.held.set(message, people.set(person.id, held));
    return held;
  }

  allFor(person: Person): Message[] {
    return [...this.byId.values()]
      .filter((message) => canSee(person, message))
      .map(({ reader: _, ...message }) => message);
  }

  private forget(message: StoredMessage): void {
    this.byId.delete(message.id);
    this.byTs.delete(message.ts);
  }

  private nextTs(): string {
    this.lastMicros = Math.max(this.lastMicros + 1, Math.floor(this.clock.now() * 1000));
    const [seconds, micros] = [Math.floor(this.lastMicros / 1e6), this.lastMicros % 1e6];
    return `${seconds}.${String(micros).padStart(6, '0')}`;
  }
}

/** The blocks that can be clicked in: the message's own, or those of the message that it is a copy of. */
export function blocksIn(message: StoredMessage): KnownBlock[] {
  return message.shared?.blocks ?? message.blocks;
}

function canSee(person: Person, message: StoredMessage): boolean {
  return isIn(person, message.channelId) && (message.reader === null || message.reader === person.id);
}
