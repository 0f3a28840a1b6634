import type { KnownBlock } from '@slack/types';
import { checkBlocks } from './check.ts';

/** What a message may say, or Slack's error about it. */
export type Content =
  | { ok: true; text: string; blocks: KnownBlock[] | null; warning: string | null }
  | { ok: false; error: string; messages: string[] };

/** How much text a message takes: alone, and in all its blocks together where that is limited. */
export interface Room {
  text: number;
  blocks: number;
}

/** Judges the text and blocks of a message. Blocks may come as JSON in a string, as in a form. `null` blocks
 * were not given, which differs from none. */
export function checkContent(sent: { text?: unknown; blocks?: unknown }, room: Room): Content {
  const { text = '' } = sent;
  if (typeof text !== 'string')
    return refused('invalid_arguments', ['[ERROR] must provide a string [json-pointer:/text]']);
  if (text.length > room.text) return refused('msg_too_long');
  const given = unpack(sent.blocks);
  if (given === undefined) return refused('invalid_blocks_format');
  const blocks = given === null ? null : checkBlocks(given);
  if (blocks !== null && !blocks.ok) return refused('invalid_blocks', blocks.messages);
  const value = blocks?.value ?? null;
  if (textIn(value) > room.blocks) return refused('msg_blocks_too_long');
  if (text === '' && (value === null || value.length === 0)) return refused('no_text');
  const warning = text === '' ? 'no text: screen readers and notifications have nothing to say' : null;
  return { ok: true, text, blocks: value, warning };
}

function refused(error: string, messages: string[] = []): Content {
  return { ok: false, error, messages };
}

/** How many characters all texts in there have together. */
function textIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]) => sum + (key === 'text' && typeof inner === 'string' ? inner.length : textIn(inner)),
    0,
  );
}

/** The list of blocks, null when there was none, undefined when it is no list. */
function unpack(blocks: unknown): unknown[] | null | undefined {
  if (blocks === undefined || blocks === null || blocks === '') return null;
  const value = typeof blocks === 'string' ? parseJson(blocks) : blocks;
  return Array.isArray(value) ? value : undefined;
}

/** What a JSON text says, undefined when it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
