import type { KnownBlock } from '@slack/types';

/** What a person is shown. `text` says what the blocks say: notifications and screen readers use it. */
export interface Message {
  readonly text: string;
  readonly blocks: KnownBlock[];
}
