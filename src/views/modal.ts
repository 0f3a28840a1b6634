import type { ModalView } from '@slack/types';
import { verbatim } from './blocks.ts';

/** A modal that says one thing, and can only be closed. */
export function messageModal(text: string): ModalView {
  return {
    type: 'modal',
    title: { type: 'plain_text', text: 'Latchbolt', emoji: false },
    close: { type: 'plain_text', text: 'Close', emoji: false },
    blocks: [verbatim(text)],
  };
}
