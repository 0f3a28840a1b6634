import type { Outcome } from '../../domain/outcome.ts';
import type { Message } from '../../slack/message.ts';
import { plain } from '../../slack/mrkdwn.ts';
import { sentences } from '../../views/blocks.ts';
import { outcomeLine } from '../../views/outcome.ts';

/** An outcome away from the list of doors. A refusal names no door. */
export function outcomeMessage(doorName: string | null, outcome: Outcome): Message {
  const line = outcomeLine(outcome);
  return sentences(doorName === null || outcome.kind === 'refused' ? line : `${plain(doorName)}: ${line}`);
}

/** For a click in a message where nothing can be shown in place. */
export function unlockingMessage(doorName: string | null): Message {
  return sentences(doorName === null ? 'Unlocking…' : `${plain(doorName)}: unlocking…`);
}

/** For a button that says nothing we know, such as one of an older Latchbolt. */
export const staleButton: Message = sentences(
  'This button is from an older list, so nothing was opened. Type /locks for a new one.',
);
