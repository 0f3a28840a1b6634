/** The small objects that blocks are made of (text, options, confirm dialogs), with Slack's limits. */
import * as z from 'zod';
import { choose } from './choose.ts';

/** Plain text of 1 to `max` characters. */
export const plain = (max: number) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(max),
    emoji: z.boolean().exactOptional(),
  });

/** Slack's own markdown of 1 to `max` characters. */
const mrkdwn = (max: number) =>
  z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(max),
    verbatim: z.boolean().exactOptional(),
  });

/** Either of the two, where Slack takes both. */
export function anyText(max: number) {
  const kinds = { plain_text: plain(max), mrkdwn: mrkdwn(max) };
  return choose((fields) => {
    if (fields.type === 'plain_text') return kinds.plain_text;
    if (fields.type === 'mrkdwn') return kinds.mrkdwn;
    return undefined;
  });
}

/** An address that a browser can open; custom schemes are allowed, as in Slack. */
export const link = z
  .string()
  .min(1)
  .max(3000)
  .refine((text) => URL.canParse(text), { error: 'must be a valid URL' });

/** An address that Slack itself fetches. */
export const webLink = link.refine((text) => /^https?:/i.test(text), { error: 'must be a valid URL' });

export const blockId = z.string().min(1).max(255);
export const actionId = z.string().min(1).max(255);
export const style = z.enum(['primary', 'danger']);

const optionRest = {
  value: z.string().min(1).max(150),
  description: plain(75).exactOptional(),
};

/** An option of a select menu. */
export const option = z.strictObject({ text: plain(75), ...optionRest });

/** An option of an overflow menu: the only one that can carry a link. */
export const linkOption = z.strictObject({ text: plain(75), ...optionRest, url: link.exactOptional() });

const plainChoice = option;
const mrkdwnChoice = z.strictObject({ text: mrkdwn(75), ...optionRest });

/** An option of radio buttons and checkboxes, whose text may be markdown. */
export const choiceOption = choose((fields) => {
  const text = z.looseObject({ type: z.literal('mrkdwn') }).safeParse(fields.text);
  return text.success ? mrkdwnChoice : plainChoice;
});

export const options = z.array(option).min(1).max(100);
export const optionGroups = z
  .array(z.strictObject({ label: plain(75), options }))
  .min(1)
  .max(100);

/** What a confirm dialog must have: all four texts. */
export const confirm = z.strictObject({
  title: plain(100),
  text: anyText(300),
  confirm: plain(30),
  deny: plain(30),
  style: style.exactOptional(),
});

const imageRest = { type: z.literal('image'), alt_text: z.string().min(1).max(2000) };
const fileById = z.strictObject({ id: z.string().min(1) });
const fileByUrl = z.strictObject({ url: webLink });
const slackFile = choose((fields) => ('url' in fields ? fileByUrl : fileById));

const urlImage = z.strictObject({ ...imageRest, image_url: webLink });
const slackImage = z.strictObject({ ...imageRest, slack_file: slackFile });

/** A picture inside a block: by its address or as a file in Slack, never both. */
export const image = choose((fields) => ('slack_file' in fields ? slackImage : urlImage));

const blockRest = { block_id: blockId.exactOptional(), title: plain(2000).exactOptional() };
const urlImageBlock = urlImage.extend(blockRest);
const slackImageBlock = slackImage.extend(blockRest);

/** A picture as a block of its own. */
export const imageBlock = choose((fields) => ('slack_file' in fields ? slackImageBlock : urlImageBlock));
