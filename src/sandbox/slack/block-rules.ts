/** The rules that hold across a whole message or view: unique ids, what may be there once, what must match. */
import type { KnownBlock } from '@slack/types';
import type { Element } from './block-elements.ts';
import type { Surface } from './blocks.ts';
import type { Complaint } from './words.ts';

/** An element with where it is. */
export interface Placed {
  element: Element;
  blockId: string;
  /** Inside `blocks`. */
  path: PropertyKey[];
}

/** The elements of a block that a person can use. */
export function elementsOf(block: KnownBlock, index: number): Placed[] {
  const blockId = block.block_id ?? '';
  const at = (element: unknown, ...rest: PropertyKey[]): Placed[] =>
    isElement(element) ? [{ element, blockId, path: [index, ...rest] }] : [];
  if (block.type === 'section') return at(block.accessory, 'accessory');
  if (block.type === 'input') return at(block.element, 'element');
  if (block.type === 'actions' || block.type === 'context_actions') {
    return block.elements.flatMap((element, n) => at(element, 'elements', n));
  }
  return [];
}

/** Blocks hold only what `BLOCKS` let through, so that whatever is no picture is one of our elements. */
function isElement(element: unknown): element is Element {
  return typeof element === 'object' && element !== null && 'type' in element && element.type !== 'image';
}

/** What is wrong with these blocks as a whole. */
export function brokenRules(blocks: KnownBlock[], surface: Surface): Complaint[] {
  const placed = blocks.flatMap(elementsOf);
  return [
    ...repeatedBlockIds(blocks),
    ...repeatedActionIds(blocks),
    ...focusRules(placed, surface),
    ...placed.flatMap((one) => elementRules(one, surface)),
    ...amounts(blocks),
  ];
}

function repeatedBlockIds(blocks: KnownBlock[]): Complaint[] {
  const seen = new Set<string>();
  return blocks.flatMap((block, index) => {
    const id = block.block_id;
    if (id === undefined) return [];
    if (seen.has(id)) return [{ path: [index, 'block_id'], text: `\`block_id\` ${id} already exists` }];
    seen.add(id);
    return [];
  });
}

function repeatedActionIds(blocks: KnownBlock[]): Complaint[] {
  return blocks.flatMap((block, index) => {
    const seen = new Set<string>();
    return elementsOf(block, index).flatMap(({ element, path }) => {
      const id = element.action_id;
      if (id === undefined) return [];
      if (seen.has(id)) return [{ path: [...path, 'action_id'], text: `\`action_id\` ${id} already exists` }];
      seen.add(id);
      return [];
    });
  });
}

function focusRules(placed: Placed[], surface: Surface): Complaint[] {
  const focused = placed.filter(
    ({ element }) => 'focus_on_load' in element && element.focus_on_load === true,
  );
  const complain = (list: Placed[], text: string) =>
    list.map(({ path }) => ({ path: [...path, 'focus_on_load'], text }));
  if (surface === 'message') return complain(focused, 'focus_on_load is only supported in views');
  return complain(focused.slice(1), 'only one element can have focus_on_load set to true');
}

function elementRules({ element, path }: Placed, surface: Surface): Complaint[] {
  const found: Complaint[] = [];
  const say = (field: string, text: string) => found.push({ path: [...path, field], text });
  if ('response_url_enabled' in element && element.response_url_enabled === true && surface !== 'modal') {
    say('response_url_enabled', 'response_url_enabled is only supported in modals');
  }
  if ('min_length' in element && 'max_length' in element && over(element.min_length, element.max_length)) {
    say('min_length', 'min_length must be at most max_length');
  }
  if ('min_value' in element && 'max_value' in element && over(element.min_value, element.max_value)) {
    say('min_value', 'min_value must be at most max_value');
  }
  for (const [field, value] of initials(element)) {
    if (!offered(element).has(value)) say(field, 'initial option was not found in the options');
  }
  return found;
}

function over(low: number | string | undefined, high: number | string | undefined): boolean {
  return low !== undefined && high !== undefined && Number(low) > Number(high);
}

/** The values of the options that start out picked, of an element that lists its own options. */
function initials(element: Element): [field: string, value: string][] {
  switch (element.type) {
    case 'static_select':
    case 'radio_buttons':
      return element.initial_option === undefined
        ? []
        : [['initial_option', element.initial_option.value ?? '']];
    case 'multi_static_select':
    case 'checkboxes':
      return (element.initial_options ?? []).map((option) => ['initial_options', option.value ?? '']);
    default:
      return [];
  }
}

/** The values of all options that an element lists. */
function offered(element: Element): Set<string> {
  return new Set(optionsOf(element).map((option) => option.value ?? ''));
}

/** All options that an element lists, in or out of groups. */
export function optionsOf(element: Element) {
  if ('option_groups' in element) return element.option_groups.flatMap((group) => group.options);
  return 'options' in element ? element.options : [];
}

function amounts(blocks: KnownBlock[]): Complaint[] {
  const tables = blocks.flatMap((block, index) => (block.type === 'table' ? [index] : []));
  const found = tables.slice(1).map((index) => ({ path: [index], text: 'only one table allowed' }));
  const markdown = blocks.reduce(
    (sum, block) => sum + (block.type === 'markdown' ? block.text.length : 0),
    0,
  );
  if (markdown > 12_000) found.push({ path: [], text: 'markdown blocks must be less than 12001 characters' });
  return found;
}
