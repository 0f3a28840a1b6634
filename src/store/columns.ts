import { z } from 'zod';
import { type Account, accountSchema, type Door, doorSchema } from '../domain/door.ts';
import { idSchema } from '../domain/id-schema.ts';
import { deviceId } from '../domain/ids.ts';
import { type Outcome, outcomeSchema } from '../domain/outcome.ts';

/** How JSON columns are read back: an older or damaged row must not become a wrong type. */
const json = <Value>(schema: z.ZodType<Value>) => ({
  read: (text: string): Value => schema.parse(JSON.parse(text)),
  write: (value: Value): string => JSON.stringify(value),
});

export const outcomeColumn = json<Outcome>(outcomeSchema);
export const doorsColumn = json<readonly Door[]>(z.array(doorSchema));
export const accountsColumn = json<readonly Account[]>(z.array(accountSchema));

const aboutSchema = z
  .object({ heading: z.string(), only: z.array(idSchema(deviceId)).readonly() })
  .readonly();
/** Just these doors, under words of their own; names in them stand as they were written. */
export type About = z.infer<typeof aboutSchema>;
export const aboutColumn = json<About>(aboutSchema);
export const cursorsColumn = json<readonly (string | null)[]>(z.array(z.string().nullable()));
