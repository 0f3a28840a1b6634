import type { Message } from '../../slack/message.ts';
import { sentences } from '../../views/blocks.ts';

/** For a button that says nothing we know, such as one of an older Latchbolt. */
export const staleButton: Message = sentences(
  'This button is from an older list, so nothing was done. Type /locks for a new one.',
);
