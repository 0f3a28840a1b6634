/** Judges what the app wants shown: the only way for blocks and views into the local Slack. */
import { createHash } from 'node:crypto';
import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import * as z from 'zod';
import { plain } from './block-parts.ts';
import { brokenRules, elementsOf } from './block-rules.ts';
import { BLOCKS, type Surface } from './blocks.ts';
import { asMessage, type Complaint, complaintsOf } from './words.ts';

/** What was found: the thing itself with all ids filled in, or Slack's messages about it. */
export type Checked<T> = { ok: true; value: T } | { ok: false; messages: string[] };

/** A modal and a Home that passed: with blocks of kinds that we know. */
export type ShownModal = Omit<ModalView, 'blocks'> & { blocks: KnownBlock[] };
export type ShownHome = Omit<HomeView, 'blocks'> & { blocks: KnownBlock[] };

/** Blocks for a message. `under` is the JSON pointer of the list in what was sent. */
export function checkBlocks(
  sent: unknown,
  surface: Surface = 'message',
  under = ['blocks'],
): Checked<KnownBlock[]> {
  const parsed = BLOCKS[surface].safeParse(sent, { reportInput: true });
  if (!parsed.success) return refused(complaintsOf(parsed.error.issues), under);
  const broken = brokenRules(parsed.data, surface);
  if (broken.length > 0) return refused(broken, under);
  return { ok: true, value: withIds(parsed.data) };
}

const common = {
  blocks: z.unknown(),
  private_metadata: z.string().max(3000).exactOptional(),
  callback_id: z.string().max(255).exactOptional(),
  external_id: z.string().max(255).exactOptional(),
};
const modalView = z.strictObject({
  type: z.literal('modal'),
  ...common,
  title: plain(24),
  submit: plain(24).exactOptional(),
  close: plain(24).exactOptional(),
  clear_on_close: z.boolean().exactOptional(),
  notify_on_close: z.boolean().exactOptional(),
});
const homeView = z.strictObject({ type: z.literal('home'), ...common });

/** A modal, as `views.open`, `push`, `update` and a `response_action` send it. */
export function checkModal(sent: unknown): Checked<ShownModal> {
  const parsed = modalView.safeParse(sent, { reportInput: true });
  if (!parsed.success) return refused(complaintsOf(parsed.error.issues), ['view']);
  const blocks = checkBlocks(parsed.data.blocks, 'modal', ['view', 'blocks']);
  if (!blocks.ok) return blocks;
  if (parsed.data.submit === undefined && blocks.value.some((block) => block.type === 'input')) {
    return refused([{ path: [], text: 'missing required field: submit' }], ['view']);
  }
  return { ok: true, value: { ...parsed.data, blocks: blocks.value } };
}

/** A Home, as `views.publish` sends it. */
export function checkHome(sent: unknown): Checked<ShownHome> {
  const parsed = homeView.safeParse(sent, { reportInput: true });
  if (!parsed.success) return refused(complaintsOf(parsed.error.issues), ['view']);
  const blocks = checkBlocks(parsed.data.blocks, 'home', ['view', 'blocks']);
  return blocks.ok ? { ok: true, value: { ...parsed.data, blocks: blocks.value } } : blocks;
}

function refused(complaints: Complaint[], under: string[]): { ok: false; messages: string[] } {
  return {
    ok: false,
    messages: complaints.map(({ path, text }) => asMessage({ path: [...under, ...path], text })),
  };
}

/**
 * Slack names every block and element that the app left nameless. A block's name comes of what is in it: a click that is
 * on its way while the message is drawn anew meets the same block, wherever it stands by then, or none; never another.
 */
function withIds(blocks: KnownBlock[]): KnownBlock[] {
  for (const block of blocks) {
    block.block_id ??= freeId(
      createHash('sha256').update(JSON.stringify(block)).digest('base64url').slice(0, 8),
      blocks.map((other) => other.block_id),
    );
  }
  for (const [index, block] of blocks.entries()) {
    const placed = elementsOf(block, index);
    for (const [n, { element }] of placed.entries()) {
      element.action_id ??= freeId(
        String(n),
        placed.map((other) => other.element.action_id),
      );
    }
  }
  return blocks;
}

function freeId(name: string, taken: (string | undefined)[]): string {
  let id = `=${name}`;
  while (taken.includes(id)) id = `=${id}`;
  return id;
}
