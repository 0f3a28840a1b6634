/** What elements hold before anyone touches them, and where the elements that hold something are. Pure. */
import type { InputBlockElement, KnownBlock, SectionBlock } from '@slack/types';
import type { Picked } from './state.ts';

/** Elements that hold a value. */
export type Holder = Exclude<InputBlockElement, { type: 'file_input' | 'rich_text_input' }>;

const holderTypes = new Set([
  'checkboxes',
  'datepicker',
  'datetimepicker',
  'email_text_input',
  'multi_static_select',
  'multi_external_select',
  'multi_users_select',
  'multi_conversations_select',
  'multi_channels_select',
  'number_input',
  'plain_text_input',
  'radio_buttons',
  'static_select',
  'external_select',
  'users_select',
  'conversations_select',
  'channels_select',
  'timepicker',
  'url_text_input',
]);

type AnyElement =
  | InputBlockElement
  | NonNullable<SectionBlock['accessory']>
  | Extract<KnownBlock, { type: 'actions' }>['elements'][number];

/** Whether an element holds a value (a button or an image does not). */
function isHolder(element: AnyElement): element is Holder {
  return holderTypes.has(element.type);
}

function optionValues(options: { value?: string }[] | undefined): string[] {
  return (options ?? []).map((option) => option.value ?? '');
}

/** What an element holds before anyone touches it; an empty text or list where it holds nothing. */
export function initialValue(element: Holder): Picked {
  switch (element.type) {
    case 'checkboxes':
    case 'multi_static_select':
    case 'multi_external_select':
      return optionValues(element.initial_options);
    case 'multi_users_select':
      return element.initial_users ?? [];
    case 'multi_conversations_select':
      return element.initial_conversations ?? [];
    case 'multi_channels_select':
      return element.initial_channels ?? [];
    case 'datepicker':
      return element.initial_date ?? '';
    case 'datetimepicker':
      return element.initial_date_time === undefined ? '' : String(element.initial_date_time);
    case 'timepicker':
      return element.initial_time ?? '';
    case 'radio_buttons':
    case 'static_select':
    case 'external_select':
      return element.initial_option?.value ?? '';
    case 'users_select':
      return element.initial_user ?? '';
    case 'conversations_select':
      return element.initial_conversation ?? '';
    case 'channels_select':
      return element.initial_channel ?? '';
    default:
      return element.initial_value ?? '';
  }
}

/** The elements of a modal's blocks that hold a value, each with its block. */
export function holdersOf(blocks: KnownBlock[]): { block: KnownBlock; element: Holder }[] {
  return blocks.flatMap((block) => elementsOf(block).map((element) => ({ block, element })));
}

function elementsOf(block: KnownBlock): Holder[] {
  if (block.type === 'input') return isHolder(block.element) ? [block.element] : [];
  if (block.type === 'section') return block.accessory && isHolder(block.accessory) ? [block.accessory] : [];
  return block.type === 'actions'
    ? block.elements.flatMap((element) => (isHolder(element) ? [element] : []))
    : [];
}
