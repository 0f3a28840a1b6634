import type { KnownBlock } from '@slack/types';
import type { Door } from '../domain/door.ts';
import type { Message } from '../slack/message.ts';
import { plain } from '../slack/mrkdwn.ts';
import { message, sentences, verbatim } from './blocks.ts';

/** How much of what somebody typed is shown back. */
const LONGEST_TYPED = 60;

/** What somebody typed for a door, as it is shown back: one line, in curly quotes. Not escaped. */
export function quoted(typed: string): string {
  return `“${plain(typed, LONGEST_TYPED)}”`;
}

/** For a word after which the name of a door is missing. */
export function nameMissingMessage(word: string): Message {
  return sentences(
    `Which door? Type its name after /locks ${word}, for example: /locks ${word} front door. Type /locks to see your doors.`,
  );
}

/** For a name that no door has. `near` are offered below; `example` is what could be typed with a name that one has. */
export function noneSentence(
  { near, complete, gone }: { near: readonly Door[]; complete: boolean; gone: boolean },
  typed: string,
  example: (name: string) => string,
): string {
  const [nearest] = near;
  const why = gone
    ? `The word ${quoted(typed)} was yours for a door that is not in your accounts any more.`
    : `None of your doors is called ${quoted(typed)}.`;
  const next =
    nearest === undefined
      ? `Type /locks to see your doors, then for example: ${example('front door')}.`
      : `Did you mean ${near.length === 1 ? 'this one' : 'one of these'}? Or type for example: ${example(plain(nearest.name, LONGEST_TYPED))}.`;
  return [why, ...limit(complete), next].join(' ');
}

/** For a name that several doors have, or perhaps have. They are offered below. */
export function severalSentence(
  { doors, complete }: { doors: readonly Door[]; complete: boolean },
  typed: string,
): string {
  const count =
    doors.length === 1
      ? `This door is called ${quoted(typed)}, and there may be others.`
      : `Several of your doors are called ${quoted(typed)}.`;
  return [count, ...limit(complete), 'Choose the one that you mean.'].join(' ');
}

function limit(complete: boolean): string[] {
  return complete ? [] : ['You have more doors than could be looked through.'];
}

/** A sentence and a row for each thing, where both may hold what a person or a vendor wrote. */
export function rowsMessage(sentence: string, rows: readonly Row[], ...more: KnownBlock[]): Message {
  const spoken = rows.map(({ text }) => text).join('; ');
  return message(
    rows.length === 0 ? sentence : `${sentence} ${spoken}.`,
    verbatim(sentence),
    ...rows.map(({ text, button }) => verbatim(text, button)),
    ...more,
  );
}

/** One thing, and what can be done with it. */
interface Row {
  readonly text: string;
  readonly button: Parameters<typeof verbatim>[1];
}
