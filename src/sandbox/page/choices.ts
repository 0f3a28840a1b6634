/** What the select elements offer, each from its own source. */
import type { MultiSelect, Option, Select } from '@slack/types';
import type { Page } from './state.ts';
import type { Choice } from './suggestions.ts';
import { words } from './text.ts';

/** Any element that opens a list. */
export type AnySelect = Select | MultiSelect;

type External = Extract<AnySelect, { type: 'external_select' | 'multi_external_select' }>;

/** Whether the app itself offers this element's choices. */
export function isExternal(element: AnySelect): element is External {
  return element.type === 'external_select' || element.type === 'multi_external_select';
}

function choiceOf(option: Option, group: string | null): Choice {
  const detail = option.description ? words(option.description) : null;
  return { value: option.value ?? '', text: words(option.text), detail, group };
}

function people(page: Page): Choice[] {
  const all = page.state.view?.people ?? [];
  return all.map((person) => ({ value: person.id, text: person.name, detail: person.title, group: null }));
}

function channels(page: Page, withDirect: boolean): Choice[] {
  const all = page.state.view?.channels ?? [];
  return all
    .filter((channel) => withDirect || channel.kind === 'channel')
    .map((channel) => ({
      value: channel.id,
      text: channel.kind === 'channel' ? `#${channel.name}` : channel.name,
      detail: null,
      group: null,
    }));
}

/** The choices that the page knows by itself; none for an external select. */
export function localChoices(page: Page, element: AnySelect): Choice[] {
  switch (element.type) {
    case 'users_select':
    case 'multi_users_select':
      return people(page);
    case 'channels_select':
    case 'multi_channels_select':
      return channels(page, false);
    case 'conversations_select':
    case 'multi_conversations_select':
      return channels(page, true);
    case 'static_select':
    case 'multi_static_select':
      return [
        ...(element.options ?? []).map((option) => choiceOf(option, null)),
        ...(element.option_groups ?? []).flatMap((group) =>
          group.options.map((option) => choiceOf(option, words(group.label))),
        ),
      ];
    default:
      return initialOptions(element).map((option) => choiceOf(option, null));
  }
}

function initialOptions(element: External): Option[] {
  if (element.type === 'multi_external_select') return element.initial_options ?? [];
  return element.initial_option ? [element.initial_option] : [];
}

/** The choices that contain what was typed. */
export function matching(choices: Choice[], query: string): Choice[] {
  const wanted = query.trim().toLocaleLowerCase();
  return choices.filter((choice) => choice.text.toLocaleLowerCase().includes(wanted));
}
