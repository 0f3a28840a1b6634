import * as z from 'zod';
import { complaintsOf } from './words.ts';

const fieldsOf = z.record(z.string(), z.unknown());

/** A schema chosen by looking at the object's own fields, so that a mistake is reported against the one shape
 * that was meant, where a plain union would list the mistakes against every shape. `undefined` means that
 * the object's `type` is not one that Slack takes here. */
export function choose<S extends z.ZodType>(
  pick: (fields: Record<string, unknown>) => S | undefined,
): z.ZodType<z.output<S>, unknown> {
  return z.unknown().transform((value, context): z.output<S> => {
    const fields = fieldsOf.safeParse(value);
    if (!fields.success) {
      context.issues.push({ code: 'invalid_type', expected: 'object', input: value });
      return z.NEVER;
    }
    const schema = pick(fields.data);
    if (schema === undefined) {
      context.issues.push(unsupported(fields.data));
      return z.NEVER;
    }
    const parsed = schema.safeParse(value, { reportInput: true });
    if (parsed.success) return parsed.data;
    for (const { path, text } of complaintsOf(parsed.error.issues)) {
      context.issues.push({ code: 'custom', path, message: text, input: value });
    }
    return z.NEVER;
  });
}

/** As `choose`, by the field `type` alone. */
export function byType<S extends z.ZodType>(schemas: Record<string, S>): z.ZodType<z.output<S>, unknown> {
  const known = new Map(Object.entries(schemas));
  return choose((fields) => (typeof fields.type === 'string' ? known.get(fields.type) : undefined));
}

function unsupported({ type }: Record<string, unknown>): z.core.$ZodRawIssue {
  if (typeof type !== 'string')
    return { code: 'invalid_type', expected: 'string', path: ['type'], input: type };
  return { code: 'custom', path: ['type'], input: type, message: `unsupported type: ${type}` };
}
