import type { Message } from '../../slack/message.ts';
import { sentences } from '../../views/blocks.ts';

/** For a button in a list that we no longer know. */
export const oldListMessage: Message = sentences('This list is too old. Type /locks for a new one.');

/** For a list of just some doors, none of which is theirs any more. */
export const goneMessage: Message = sentences(
  'What was listed here is not in your accounts any more. Type /locks to see your doors.',
);
