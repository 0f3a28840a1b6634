/** Slack's rich text, as far as an app can send it. */
import * as z from 'zod';
import { blockId, link } from './block-parts.ts';
import { byType } from './choose.ts';

const look = {
  style: z
    .strictObject({
      bold: z.boolean().exactOptional(),
      code: z.boolean().exactOptional(),
      italic: z.boolean().exactOptional(),
      strike: z.boolean().exactOptional(),
      underline: z.boolean().exactOptional(),
    })
    .exactOptional(),
};
const text = z.strictObject({ type: z.literal('text'), text: z.string().min(1), ...look });
const linked = z.strictObject({
  type: z.literal('link'),
  url: link,
  text: z.string().exactOptional(),
  unsafe: z.boolean().exactOptional(),
  ...look,
});
const id = z.string().min(1);

const inline = byType({
  text,
  link: linked,
  broadcast: z.strictObject({
    type: z.literal('broadcast'),
    range: z.enum(['here', 'channel', 'everyone']),
    ...look,
  }),
  channel: z.strictObject({ type: z.literal('channel'), channel_id: id, ...look }),
  color: z.strictObject({ type: z.literal('color'), value: z.string().min(1), ...look }),
  date: z.strictObject({
    type: z.literal('date'),
    timestamp: z.int(),
    format: z.string().min(1),
    url: link.exactOptional(),
    fallback: z.string().exactOptional(),
    ...look,
  }),
  emoji: z.strictObject({
    type: z.literal('emoji'),
    name: z.string().min(1),
    unicode: z.string().exactOptional(),
    ...look,
  }),
  user: z.strictObject({ type: z.literal('user'), user_id: id, ...look }),
  usergroup: z.strictObject({ type: z.literal('usergroup'), usergroup_id: id, ...look }),
});

const border = { border: z.union([z.literal(0), z.literal(1)]).exactOptional() };
const section = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(inline) });

const piece = byType({
  rich_text_section: section,
  rich_text_list: z.strictObject({
    type: z.literal('rich_text_list'),
    elements: z.array(section),
    style: z.enum(['bullet', 'ordered']),
    indent: z.int().min(0).max(8).exactOptional(),
    ...border,
  }),
  rich_text_quote: z.strictObject({
    type: z.literal('rich_text_quote'),
    elements: z.array(inline),
    ...border,
  }),
  rich_text_preformatted: z.strictObject({
    type: z.literal('rich_text_preformatted'),
    elements: z.array(byType({ text, link: linked })),
    ...border,
  }),
});

/** A rich text block, in a message or as the content of a rich text input. */
export const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: blockId.exactOptional(),
  elements: z.array(piece).min(1),
});
