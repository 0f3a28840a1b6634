/** Draws blocks as Slack shows them. */
import type { AnyBlock, ContextBlock, InputBlock, KnownBlock, SectionBlock } from '@slack/types';
import type { View } from '../slack/drive.ts';
import { blockIdOf } from './acts.ts';
import { h, type Tree } from './dom.ts';
import { type AnyElement, drawElement } from './elements.ts';
import { image } from './images.ts';
import { richText } from './rich.ts';
import { type Page, type Slot, type Surface, slotKey } from './state.ts';
import { mrkdwn, plain, textObject, words } from './text.ts';

/** Where a block stands. */
interface Spot {
  page: Page;
  view: View;
  surface: Surface;
  blockId: string;
  /** What is wrong with this block's input, or null. */
  fault: string | null;
}

/** What a person would call an element that has no words of its own. */
function labelOf(element: AnyElement, fallback: string): string {
  if (element.type === 'overflow') return fallback ? `More options for ${fallback}` : 'More options';
  if ('placeholder' in element && element.placeholder) return plain(element.placeholder);
  return fallback || 'Choice';
}

function slotOf(spot: Spot, element: AnyElement, label: string): Slot {
  const actionId = 'action_id' in element ? (element.action_id ?? '') : '';
  return {
    surface: spot.surface,
    blockId: spot.blockId,
    actionId,
    dispatches: true,
    label,
    describedBy: null,
    invalid: false,
  };
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').trim();
}

function section(spot: Spot, block: SectionBlock): Tree {
  const { accessory } = block;
  const about = block.text ? firstLine(words(block.text)) : '';
  return h(
    'div',
    { class: 'block section' },
    h(
      'div',
      { class: 'section-body' },
      block.text && h('div', { class: 'text' }, textObject(spot.view, block.text)),
      block.fields &&
        h(
          'div',
          { class: 'fields' },
          block.fields.map((field) => h('div', { class: 'text' }, textObject(spot.view, field))),
        ),
    ),
    accessory &&
      h(
        'div',
        { class: 'accessory' },
        drawElement(spot.page, slotOf(spot, accessory, labelOf(accessory, about)), accessory),
      ),
  );
}

function context(spot: Spot, block: ContextBlock): Tree {
  return h(
    'div',
    { class: 'block context' },
    block.elements.map((element) =>
      element.type === 'image'
        ? image(element, 'icon')
        : h('span', { class: 'text' }, textObject(spot.view, element)),
    ),
  );
}

function input(spot: Spot, block: InputBlock): Tree {
  const label = plain(block.label);
  const base = slotOf(spot, block.element, label);
  const ids = { hint: `${slotKey(base)}-hint`, fault: `${slotKey(base)}-fault` };
  const describedBy = [spot.fault && ids.fault, block.hint && ids.hint].filter(Boolean).join(' ') || null;
  const dispatches = block.dispatch_action === true;
  const slot = { ...base, dispatches, describedBy, invalid: spot.fault !== null };
  const single = !['checkboxes', 'radio_buttons'].includes(block.element.type);
  return h(
    'div',
    { class: spot.fault ? 'block input wrong' : 'block input' },
    h(
      single ? 'label' : 'span',
      { class: 'label', for: single ? slotKey(slot) : null },
      label,
      block.optional === true && h('span', { class: 'optional' }, ' (optional)'),
    ),
    drawElement(spot.page, slot, block.element),
    spot.fault && h('p', { class: 'fault', id: ids.fault, role: 'alert' }, spot.fault),
    block.hint && h('p', { class: 'hint', id: ids.hint }, plain(block.hint)),
  );
}

type Drawn = Extract<
  KnownBlock,
  {
    type:
      | 'section'
      | 'header'
      | 'divider'
      | 'context'
      | 'input'
      | 'image'
      | 'actions'
      | 'rich_text'
      | 'markdown'
      | 'alert';
  }
>;

const drawnTypes = new Set([
  'section',
  'header',
  'divider',
  'context',
  'input',
  'image',
  'actions',
  'rich_text',
  'markdown',
  'alert',
]);

function isDrawn(block: AnyBlock): block is Drawn {
  return drawnTypes.has(block.type);
}

function body(spot: Spot, block: Drawn): Tree {
  switch (block.type) {
    case 'section':
      return section(spot, block);
    case 'header':
      return h('h3', { class: 'block header' }, plain(block.text));
    case 'divider':
      return h('hr', { class: 'block' });
    case 'context':
      return context(spot, block);
    case 'input':
      return input(spot, block);
    case 'image':
      return h(
        'figure',
        { class: 'block' },
        block.title && h('figcaption', {}, plain(block.title)),
        image(block, 'full'),
      );
    case 'actions':
      return h(
        'div',
        { class: 'block actions' },
        block.elements.map((element) =>
          drawElement(spot.page, slotOf(spot, element, labelOf(element, '')), element),
        ),
      );
    case 'rich_text':
      return h('div', { class: 'block text' }, richText(spot.view, block));
    case 'markdown':
      return h('div', { class: 'block text' }, mrkdwn(spot.view, block.text));
    case 'alert':
      return h('div', { class: 'block text alert', role: 'note' }, textObject(spot.view, block.text));
  }
}

/** Draws a surface's blocks, each with what is wrong with it. */
export function drawBlocks(
  page: Page,
  view: View,
  surface: Surface,
  blocks: AnyBlock[],
  faults: Record<string, string> = {},
): Tree[] {
  return blocks.map((block, index) => {
    const blockId = blockIdOf(block, index);
    if (!isDrawn(block)) {
      return h('p', { class: 'block missing' }, `The sandbox does not show “${block.type}” blocks.`);
    }
    return body({ page, view, surface, blockId, fault: faults[blockId] ?? null }, block);
  });
}
