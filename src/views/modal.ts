import type { KnownBlock, ModalView } from '@slack/types';
import { plainText, verbatim } from './blocks.ts';

/** A modal that says one thing, and can only be closed. */
export function messageModal(text: string): ModalView {
  return closingModal([verbatim(text)]);
}

/** A modal that shows what a message would, and can only be closed. */
export function closingModal(blocks: readonly KnownBlock[]): ModalView {
  return {
    type: 'modal',
    title: plainText('Latchbolt'),
    close: plainText('Close'),
    blocks: [...blocks],
  };
}
