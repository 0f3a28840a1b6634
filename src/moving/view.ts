import type { Verb } from '../domain/move.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Message } from '../slack/message.ts';
import { plain } from '../slack/mrkdwn.ts';
import type { StepEnd } from '../slack/steps.ts';
import type { Move } from '../store/move-row.ts';
import { sentences } from '../views/blocks.ts';
import { outcomeLine, underWayLine } from '../views/outcome.ts';

/** An outcome away from the list of doors. A refusal names no door. */
export function outcomeMessage(verb: Verb, doorName: string | null, outcome: Outcome): Message {
  return sentences(outcomeText(verb, doorName, outcome));
}

function outcomeText(verb: Verb, doorName: string | null, outcome: Outcome): string {
  const line = outcomeLine(verb, outcome);
  return doorName === null || outcome.kind === 'refused' ? line : `${plain(doorName)}: ${line}`;
}

/** How the step of a workflow ends that waited for it: only what was sent and taken lets the workflow go on. */
export function stepEnd({ verb, doorName }: Pick<Move, 'verb' | 'doorName'>, outcome: Outcome): StepEnd {
  const sentence = outcomeText(verb, doorName, outcome);
  const isDone = outcome.kind === 'unlocked' || outcome.kind === 'locked' || outcome.kind === 'sent';
  if (!isDone) return { kind: 'error', sentence };
  return { kind: 'success', outputs: { door: plain(doorName ?? ''), outcome: outcome.kind, sentence } };
}

/** For a click in a message where nothing can be shown in place. */
export function underWayMessage(verb: Verb, doorName: string | null): Message {
  const line = underWayLine(verb);
  return sentences(doorName === null ? `${line}…` : `${plain(doorName)}: ${line.toLowerCase()}…`);
}
