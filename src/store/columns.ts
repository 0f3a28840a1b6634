import { z } from 'zod';
import { type Door, doorSchema } from '../domain/door.ts';
import { type About, aboutSchema, type NoticeKind, noticeKindsSchema } from '../domain/notice.ts';
import { type Outcome, outcomeSchema } from '../domain/outcome.ts';

/** How JSON columns are read back: an older or damaged row must not become a wrong type. */
const json = <Value>(schema: z.ZodType<Value>) => ({
  read: (text: string): Value => schema.parse(JSON.parse(text)),
  write: (value: Value): string => JSON.stringify(value),
});

export const outcomeColumn = json<Outcome>(outcomeSchema);
export const doorsColumn = json<readonly Door[]>(z.array(doorSchema));
export const cursorsColumn = json<readonly (string | null)[]>(z.array(z.string().nullable()));
export const aboutColumn = json<About>(aboutSchema);
export const kindsColumn = json<readonly NoticeKind[]>(noticeKindsSchema);
