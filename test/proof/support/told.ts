import { z } from 'zod';
import { textsIn } from '../../support/blocks.ts';

/** A button of a message, as it was sent. */
export interface Button {
  readonly action_id: string;
  readonly value: string;
  readonly url: string | null;
}

/** Something that a person was told. */
export interface Told {
  /** ms since the epoch. */
  readonly at: number;
  /** Of a message its `text`, of a modal or a Home all that stands in it. */
  readonly text: string;
  readonly buttons: readonly Button[];
}

const message = z.object({
  text: z.string(),
  blocks: z.preprocess(unpacked, z.array(z.unknown())).optional(),
});
const view = z.preprocess(unpacked, z.object({ blocks: z.array(z.unknown()) }));
const button = z.object({
  action_id: z.string(),
  value: z.string(),
  url: z.string().nullable().default(null),
});

/** What a message tells, its blocks as they are or as JSON; throws for anything else. */
export function toldByMessage(sent: unknown): Told {
  const { text, blocks = [] } = message.parse(sent);
  return { at: Date.now(), text, buttons: buttonsIn(blocks) };
}

/** What a modal or a Home tells, as it is or as JSON; throws for anything else. */
export function toldByView(sent: unknown): Told {
  const { blocks } = view.parse(sent);
  const texts = textsIn(blocks).map(({ text }) => text);
  return { at: Date.now(), text: texts.join(' '), buttons: buttonsIn(blocks) };
}

function buttonsIn(value: unknown): Button[] {
  if (typeof value !== 'object' || value === null) return [];
  const found = button.safeParse(value);
  return found.success ? [found.data] : Object.values(value).flatMap(buttonsIn);
}

/** A form carries blocks as JSON. */
function unpacked(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value;
}
