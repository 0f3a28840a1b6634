/** The elements that people type into, with their limits. */
import * as z from 'zod';
import * as parts from './block-parts.ts';
import { richText } from './rich-text.ts';

const dispatches = {
  action_id: parts.actionId.exactOptional(),
  focus_on_load: z.boolean().exactOptional(),
  placeholder: parts.plain(150).exactOptional(),
  dispatch_action_config: z
    .strictObject({
      trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).exactOptional(),
    })
    .exactOptional(),
};
const plainTextInput = z.strictObject({
  type: z.literal('plain_text_input'),
  ...dispatches,
  initial_value: z.string().max(3000).exactOptional(),
  multiline: z.boolean().exactOptional(),
  min_length: z.int().min(0).max(3000).exactOptional(),
  max_length: z.int().min(1).max(3000).exactOptional(),
});
const emailInput = z.strictObject({
  type: z.literal('email_text_input'),
  ...dispatches,
  initial_value: z.email().exactOptional(),
});
const urlInput = z.strictObject({
  type: z.literal('url_text_input'),
  ...dispatches,
  initial_value: parts.webLink.exactOptional(),
});
const decimal = z.string().regex(/^-?\d+(\.\d+)?$/, { error: 'must be a number as text' });
const numberInput = z.strictObject({
  type: z.literal('number_input'),
  ...dispatches,
  is_decimal_allowed: z.boolean(),
  initial_value: decimal.exactOptional(),
  min_value: decimal.exactOptional(),
  max_value: decimal.exactOptional(),
});
const richTextInput = z.strictObject({
  type: z.literal('rich_text_input'),
  ...dispatches,
  initial_value: richText.exactOptional(),
});

/** By type; rich text is the only one that an actions block takes too. */
export const textInputs = {
  plain_text_input: plainTextInput,
  email_text_input: emailInput,
  url_text_input: urlInput,
  number_input: numberInput,
  rich_text_input: richTextInput,
};
