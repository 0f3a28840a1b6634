import type { Verb } from '../domain/move.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Message } from '../slack/message.ts';
import { plain } from '../slack/mrkdwn.ts';
import { sentences } from '../views/blocks.ts';
import { outcomeLine, underWayLine } from '../views/outcome.ts';

/** An outcome away from the list of doors. A refusal names no door. */
export function outcomeMessage(verb: Verb, doorName: string | null, outcome: Outcome): Message {
  const line = outcomeLine(verb, outcome);
  return sentences(doorName === null || outcome.kind === 'refused' ? line : `${plain(doorName)}: ${line}`);
}

/** For a click in a message where nothing can be shown in place. */
export function underWayMessage(verb: Verb, doorName: string | null): Message {
  const line = underWayLine(verb);
  return sentences(doorName === null ? `${line}…` : `${plain(doorName)}: ${line.toLowerCase()}…`);
}
