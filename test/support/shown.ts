import type { Button, KnownBlock } from '@slack/types';
import type { Message } from '../../src/sandbox/slack/drive.ts';

/** A message as a test reads it. */
export interface Shown {
  readonly id: string;
  readonly channelId: string;
  readonly ephemeral: boolean;
  readonly text: string;
  /** What can be read in the blocks, a line for each text. */
  readonly lines: string[];
  readonly buttons: string[];
  readonly raw: Message;
}

/** Reads a message. */
export function shownOf(raw: Message): Shown {
  return {
    id: raw.id,
    channelId: raw.channelId,
    ephemeral: raw.ephemeral,
    text: raw.text,
    lines: raw.blocks.flatMap(linesOf),
    buttons: raw.blocks.flatMap(buttonsOf).map(({ text }) => text.text),
    raw,
  };
}

function linesOf(block: KnownBlock): string[] {
  if (block.type === 'section') return block.text === undefined ? [] : [block.text.text];
  if (block.type === 'context') {
    return [block.elements.map((element) => ('text' in element ? element.text : '')).join(' ')];
  }
  return [];
}

function buttonsOf(block: KnownBlock): Button[] {
  const elements =
    block.type === 'actions' ? block.elements : block.type === 'section' ? [block.accessory] : [];
  return elements.filter((element) => element?.type === 'button');
}

/** The first button with this text; with `near`, of the row that has these words: down to the next section. */
export function findButton(
  blocks: KnownBlock[],
  text: string,
  near?: string,
): { block_id: string; action_id: string; value: string } | null {
  for (const block of near === undefined ? blocks : rowOf(blocks, near)) {
    const found = buttonsOf(block).find((button) => button.text.text === text);
    if (found?.action_id !== undefined) {
      return { block_id: block.block_id ?? '', action_id: found.action_id, value: found.value ?? '' };
    }
  }
  return null;
}

function rowOf(blocks: KnownBlock[], near: string): KnownBlock[] {
  const first = blocks.findIndex((block) => linesOf(block).some((line) => line.includes(near)));
  if (first < 0) return [];
  const length = blocks.slice(first + 1).findIndex(({ type }) => type === 'section');
  return blocks.slice(first, length < 0 ? blocks.length : first + 1 + length);
}
