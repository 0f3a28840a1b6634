/** Reads what the app answers to an external select. Its shape is the app's word, so nothing is taken on trust. */
import { withEmoji } from './emoji.ts';
import { decoded } from './mrkdwn.ts';

/** One line of a select's list. */
export interface Choice {
  value: string;
  text: string;
  detail: string | null;
  group: string | null;
}

type Fields = Record<string, unknown>;

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function list(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fields) : [];
}

function text(value: unknown): string | null {
  const { text: found } = fields(value);
  return typeof found === 'string' ? withEmoji(decoded(found)) : null;
}

function choice(option: Fields, group: string | null): Choice[] {
  const shown = text(option.text);
  const { value } = option;
  if (typeof value !== 'string' || shown === null) return [];
  return [{ value, text: shown, detail: text(option.description), group }];
}

/** The choices in an answer of `options` or `option_groups`. */
export function readSuggestions(answer: unknown): Choice[] {
  const body = fields(answer);
  return [
    ...list(body.options).flatMap((option) => choice(option, null)),
    ...list(body.option_groups).flatMap((group) =>
      list(group.options).flatMap((option) => choice(option, text(group.label))),
    ),
  ];
}
