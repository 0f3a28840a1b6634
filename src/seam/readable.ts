import { z } from 'zod';
import type { Log } from '../log.ts';
import { SeamError } from './errors.ts';

/** A part that can be done without: what is odd about it is as if it were not there. */
export const optionalText = z.string().nullable().catch(null);

/** A list that can be done without, with those of its things that can be read. */
export function optionalList<Thing>(schema: z.ZodType<Thing>) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((list) => readEach(schema, list).read);
}

/** Reads each thing of a list by itself, so that an odd one does not hide the others. */
export function readEach<Thing>(
  schema: z.ZodType<Thing>,
  list: readonly unknown[],
): { read: Thing[]; odd: z.ZodError[] } {
  const results = list.map((one) => schema.safeParse(one));
  return {
    read: results.flatMap(({ success, data }) => (success ? [data] : [])),
    odd: results.flatMap(({ error }) => error ?? []),
  };
}

/** An answer about another thing than was asked for is no answer. */
export function about<Thing extends { readonly id: string }>(id: string, thing: Thing): Thing {
  if (thing.id === id) return thing;
  throw new SeamError({ kind: 'lost', code: 'answer_about_another' });
}

/** A moment (ms) as Seam writes it. */
export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/**
 * Those of a list of Seam's that can be read. What cannot is left out, so that it does not hide the others; a list of
 * which nothing can be read is no answer: it throws a ZodError.
 */
export function readList<Thing>(kind: string, schema: z.ZodType<Thing>, answer: unknown, log: Log): Thing[] {
  const { read, odd } = readEach(schema, z.array(z.unknown()).parse(answer));
  const [first] = odd;
  if (first === undefined) return read;
  const fields = first.issues.map(({ path }) => path.join('.'));
  log.warn({ kind, leftOut: odd.length, fields }, 'Seam listed what cannot be read');
  if (read.length === 0) throw first;
  return read;
}
