/** Slack's blocks with their limits, and which of them each surface takes. */
import type { KnownBlock } from '@slack/types';
import * as z from 'zod';
import { accessory, actionElement, contextAction, inputElement } from './block-elements.ts';
import * as parts from './block-parts.ts';
import { byType, choose } from './choose.ts';
import { richText } from './rich-text.ts';

/** Where blocks are shown. */
export type Surface = 'message' | 'modal' | 'home';

/** How many blocks each surface takes. */
const MOST_BLOCKS: Record<Surface, number> = { message: 50, modal: 100, home: 100 };

const common = { block_id: parts.blockId.exactOptional() };

const sectionRest = {
  type: z.literal('section'),
  ...common,
  accessory: accessory.exactOptional(),
  expand: z.boolean().exactOptional(),
};
const fields = z.array(parts.anyText(2000)).min(1).max(10);
const textSection = z.strictObject({
  ...sectionRest,
  text: parts.anyText(3000),
  fields: fields.exactOptional(),
});
const fieldsSection = z.strictObject({ ...sectionRest, fields });
const section = choose((given) => ('fields' in given && !('text' in given) ? fieldsSection : textSection));

const contextElement = choose((given) => (given.type === 'image' ? parts.image : parts.anyText(2000)));

const everywhere = {
  section,
  actions: z.strictObject({
    type: z.literal('actions'),
    ...common,
    elements: z.array(actionElement).min(1).max(25),
  }),
  context: z.strictObject({
    type: z.literal('context'),
    ...common,
    elements: z.array(contextElement).min(1).max(10),
  }),
  divider: z.strictObject({ type: z.literal('divider'), ...common }),
  header: z.strictObject({ type: z.literal('header'), ...common, text: parts.plain(150) }),
  image: parts.imageBlock,
  input: z.strictObject({
    type: z.literal('input'),
    ...common,
    label: parts.plain(2000),
    element: inputElement,
    hint: parts.plain(2000).exactOptional(),
    optional: z.boolean().exactOptional(),
    dispatch_action: z.boolean().exactOptional(),
  }),
  rich_text: richText,
};

const cell = byType({
  raw_text: z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) }),
  raw_number: z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: z.string().min(1) }),
  rich_text: richText,
});

const messageOnly = {
  markdown: z.strictObject({
    type: z.literal('markdown'),
    ...common,
    text: z.string().min(1).max(12_000),
  }),
  table: z.strictObject({
    type: z.literal('table'),
    ...common,
    rows: z.array(z.array(cell).min(1).max(20)).min(1).max(100),
    column_settings: z
      .array(
        z.strictObject({
          align: z.enum(['left', 'center', 'right']).exactOptional(),
          is_wrapped: z.boolean().exactOptional(),
        }),
      )
      .max(20)
      .exactOptional(),
  }),
  context_actions: z.strictObject({
    type: z.literal('context_actions'),
    ...common,
    elements: z.array(contextAction).min(1).max(5),
  }),
};

const modalOnly = {
  alert: z.strictObject({
    type: z.literal('alert'),
    ...common,
    text: parts.anyText(3000),
    level: z.enum(['default', 'info', 'warning', 'error', 'success']).exactOptional(),
  }),
};

const listOf = (block: z.ZodType<KnownBlock, unknown>, surface: Surface) =>
  z.array(block).max(MOST_BLOCKS[surface]);

/** The blocks that each surface takes. The newest kinds (card, carousel, container, data table, plan, task
 * card) and those that need more than blocks (video, file) are refused here, as no part of this bot shows them. */
export const BLOCKS: Record<Surface, z.ZodType<KnownBlock[], unknown>> = {
  message: listOf(byType({ ...everywhere, ...messageOnly }), 'message'),
  modal: listOf(byType({ ...everywhere, ...modalOnly }), 'modal'),
  home: listOf(byType(everywhere), 'home'),
};
