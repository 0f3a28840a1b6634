import { z } from 'zod';

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
