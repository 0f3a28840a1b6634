import { z } from 'zod';

/** Reads an id that came from outside: an empty or blank one is a fault of what was sent, not one of ours. */
export function idSchema<Id extends string>(make: (text: string) => Id) {
  return z.string().regex(/\S/).transform(make);
}
