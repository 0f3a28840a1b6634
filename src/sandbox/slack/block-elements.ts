/** Slack's interactive elements, with their limits, and which of them go where. */
import * as z from 'zod';
import * as parts from './block-parts.ts';
import { byType, choose } from './choose.ts';
import { textInputs } from './text-inputs.ts';

const acts = { action_id: parts.actionId.exactOptional() };
const confirms = { confirm: parts.confirm.exactOptional() };
const focuses = { focus_on_load: z.boolean().exactOptional() };
const places = { placeholder: parts.plain(150).exactOptional() };
const menu = { ...acts, ...confirms, ...focuses, ...places };
const many = { max_selected_items: z.int().min(1).exactOptional() };
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'must be a date as YYYY-MM-DD' });
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'must be a time as HH:mm' });
const id = z.string().min(1);

const button = z.strictObject({
  type: z.literal('button'),
  ...acts,
  ...confirms,
  text: parts.plain(75),
  value: z.string().max(2000).exactOptional(),
  url: parts.link.exactOptional(),
  style: parts.style.exactOptional(),
  accessibility_label: z.string().max(75).exactOptional(),
});

const overflow = z.strictObject({
  type: z.literal('overflow'),
  ...acts,
  ...confirms,
  options: z.array(parts.linkOption).min(1).max(5),
});

const datepicker = z.strictObject({
  type: z.literal('datepicker'),
  ...menu,
  initial_date: date.exactOptional(),
});

const timepicker = z.strictObject({
  type: z.literal('timepicker'),
  ...menu,
  initial_time: time.exactOptional(),
  timezone: z.string().min(1).exactOptional(),
});

const datetimepicker = z.strictObject({
  type: z.literal('datetimepicker'),
  ...acts,
  ...confirms,
  ...focuses,
  initial_date_time: z.int().min(1_000_000_000).max(9_999_999_999).exactOptional(),
});

const choices = z.array(parts.choiceOption).min(1).max(10);
const checkboxes = z.strictObject({
  type: z.literal('checkboxes'),
  ...acts,
  ...confirms,
  ...focuses,
  options: choices,
  initial_options: choices.exactOptional(),
});
const radioButtons = z.strictObject({
  type: z.literal('radio_buttons'),
  ...acts,
  ...confirms,
  ...focuses,
  options: choices,
  initial_option: parts.choiceOption.exactOptional(),
});

const oneStatic = { type: z.literal('static_select'), ...menu, initial_option: parts.option.exactOptional() };
const manyStatic = {
  type: z.literal('multi_static_select'),
  ...menu,
  ...many,
  initial_options: parts.options.exactOptional(),
};
const listed = { options: parts.options };
const grouped = { option_groups: parts.optionGroups };
const oneListed = z.strictObject({ ...oneStatic, ...listed });
const oneGrouped = z.strictObject({ ...oneStatic, ...grouped });
const manyListed = z.strictObject({ ...manyStatic, ...listed });
const manyGrouped = z.strictObject({ ...manyStatic, ...grouped });
const staticSelect = choose((fields) => ('option_groups' in fields ? oneGrouped : oneListed));
const multiStaticSelect = choose((fields) => ('option_groups' in fields ? manyGrouped : manyListed));

const queries = { min_query_length: z.int().min(0).exactOptional() };
const externalSelect = z.strictObject({
  type: z.literal('external_select'),
  ...menu,
  ...queries,
  initial_option: parts.option.exactOptional(),
});
const multiExternalSelect = z.strictObject({
  type: z.literal('multi_external_select'),
  ...menu,
  ...many,
  ...queries,
  initial_options: parts.options.exactOptional(),
});

const usersSelect = z.strictObject({
  type: z.literal('users_select'),
  ...menu,
  initial_user: id.exactOptional(),
});
const multiUsersSelect = z.strictObject({
  type: z.literal('multi_users_select'),
  ...menu,
  ...many,
  initial_users: z.array(id).exactOptional(),
});

const responds = { response_url_enabled: z.boolean().exactOptional() };
const channelsSelect = z.strictObject({
  type: z.literal('channels_select'),
  ...menu,
  ...responds,
  initial_channel: id.exactOptional(),
});
const multiChannelsSelect = z.strictObject({
  type: z.literal('multi_channels_select'),
  ...menu,
  ...many,
  initial_channels: z.array(id).exactOptional(),
});

const filters = {
  default_to_current_conversation: z.boolean().exactOptional(),
  filter: z
    .strictObject({
      include: z
        .array(z.enum(['im', 'mpim', 'private', 'public']))
        .min(1)
        .exactOptional(),
      exclude_external_shared_channels: z.boolean().exactOptional(),
      exclude_bot_users: z.boolean().exactOptional(),
    })
    .exactOptional(),
};
const conversationsSelect = z.strictObject({
  type: z.literal('conversations_select'),
  ...menu,
  ...responds,
  ...filters,
  initial_conversation: id.exactOptional(),
});
const multiConversationsSelect = z.strictObject({
  type: z.literal('multi_conversations_select'),
  ...menu,
  ...many,
  ...filters,
  initial_conversations: z.array(id).exactOptional(),
});

const pickers = {
  checkboxes,
  datepicker,
  radio_buttons: radioButtons,
  timepicker,
  static_select: staticSelect,
  external_select: externalSelect,
  users_select: usersSelect,
  conversations_select: conversationsSelect,
  channels_select: channelsSelect,
  multi_static_select: multiStaticSelect,
  multi_external_select: multiExternalSelect,
  multi_users_select: multiUsersSelect,
  multi_conversations_select: multiConversationsSelect,
  multi_channels_select: multiChannelsSelect,
};

/** What may stand at the right of a section. */
export const accessory = byType({ ...pickers, button, overflow, image: parts.image });

/** What may stand in an actions block. */
export const actionElement = byType({
  ...pickers,
  button,
  overflow,
  datetimepicker,
  rich_text_input: textInputs.rich_text_input,
});

/** What may stand in an input block. */
export const inputElement = byType({
  ...pickers,
  datetimepicker,
  ...textInputs,
});

/** The small feedback elements of a message. */
export const contextAction = byType({
  icon_button: z.strictObject({
    type: z.literal('icon_button'),
    ...acts,
    ...confirms,
    icon: z.literal('trash'),
    text: parts.plain(75),
    value: z.string().max(2000).exactOptional(),
    accessibility_label: z.string().max(75).exactOptional(),
    visible_to_user_ids: z.array(id).exactOptional(),
  }),
});

/** Any element that a person can use. */
export type Element =
  | z.output<typeof actionElement>
  | z.output<typeof inputElement>
  | z.output<typeof contextAction>;
