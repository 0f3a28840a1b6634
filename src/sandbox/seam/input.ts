import { z } from 'zod';
import { isObject, Refusal } from './http.ts';

/**
 * The parameters of Seam's API as its own parser reads them: strict types in a JSON body, text with a meaning
 * of its own in a query (repeated names for a list, an empty value for null, dots for nesting).
 */
export class QueryValue {
  readonly values: readonly string[];

  constructor(values: readonly string[]) {
    this.values = values;
  }

  /** As it is shown in `/drive/calls`. */
  toJSON(): unknown {
    return this.values.length === 1 ? this.values[0] : this.values;
  }
}

/** The query as nested values that still know that they were text. */
export function parseQuery(search: URLSearchParams): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const name of new Set(search.keys())) {
    if (name === '_strict') continue;
    const value = new QueryValue(search.getAll(name));
    const dot = name.indexOf('.');
    if (dot < 0) {
      input[name] = value;
      continue;
    }
    const outer = name.slice(0, dot);
    const nested = input[outer];
    input[outer] = { ...(isObject(nested) ? nested : {}), [name.slice(dot + 1)]: value };
  }
  return input;
}

function single(read: (text: string) => unknown): (values: readonly string[]) => unknown {
  return ([first, ...more]) => {
    if (first === undefined || more.length > 0) return [first, ...more];
    return first === '' ? null : read(first);
  };
}

function fromQuery<S extends z.ZodType>(read: (values: readonly string[]) => unknown, schema: S) {
  return z.preprocess((value) => (value instanceof QueryValue ? read(value.values) : value), schema);
}

const sameText = single((text) => text);
const asNumber = single((text) => (Number.isNaN(Number(text)) ? text : Number(text)));
const asFlag = single((text) => (text === 'true' ? true : text === 'false' ? false : text));

/** Text, never empty: in a query, Seam takes an empty value for null. */
export const text = fromQuery(sameText, z.string().min(1));
export const uuid = fromQuery(sameText, z.guid('Invalid UUID'));
export const flag = fromQuery(asFlag, z.boolean());
/** How many to return. */
export const limit = fromQuery(asNumber, z.int().min(1));
export const pageCursor = fromQuery(sameText, z.string().nullable());
/** A time in ISO 8601, as milliseconds. */
export const time = fromQuery(
  sameText,
  z
    .string()
    .refine((value) => /^\d{4}-\d{2}-\d{2}/.test(value) && !Number.isNaN(Date.parse(value)), 'Invalid date')
    .transform((value) => Date.parse(value)),
);

/** One of those words. */
export function oneOf<const W extends readonly string[]>(words: W) {
  return fromQuery(sameText, z.enum(words));
}

/** A list: in a query, a repeated name; an empty value is the empty list. */
export function list<S extends z.ZodType>(item: S) {
  return fromQuery((values) => (values.length === 1 && values[0] === '' ? [] : values), z.array(item));
}

/** Pairs to look for in `custom_metadata`; a query cannot tell `true` from `"true"`, so both match. */
export const metadataFilter = z.record(
  z.string(),
  z.union([fromQuery(sameText, z.string()), fromQuery(asFlag, z.boolean())]),
);

/** A parameter that Seam has and this server does not play: refused aloud, because ignoring a filter would
 * answer with more than was asked for. */
export const notPlayed = z.undefined({ error: 'The local Seam does not play this parameter' }).optional();

/** Input that must name at least one of these, as Seam demands before it looks for something. */
export function atLeastOne<S extends z.ZodObject>(schema: S, names: readonly (keyof S['shape'] & string)[]) {
  return schema.refine(
    (input) => names.some((name) => input[name] !== undefined),
    `Give at least one of ${names.join(', ')}`,
  );
}

/** The input, or Seam's `invalid_input` with an entry for each parameter at fault. */
export function parseInput<S extends z.ZodType>(schema: S, raw: unknown): z.output<S> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join('.') ?? '';
  const message = `${issue?.message ?? 'Invalid input'}${where === '' ? '' : ` for "${where}"`}`;
  throw new Refusal(400, 'invalid_input', message, { validation_errors: z.formatError(parsed.error) });
}
