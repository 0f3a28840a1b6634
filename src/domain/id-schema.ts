import { z } from 'zod';

/** Reads an id that came from outside: an empty or blank one is a fault of what was sent, not one of ours. */
export function idSchema<Id extends string>(make: (text: string) => Id) {
  return z.string().regex(/\S/).transform(make);
}

/** Whether a text could be one of the ids that we put on a button: what comes back with a click is from outside. */
export function looksLikeId(text: string): boolean {
  return /^[\w-]{1,64}$/.test(text);
}
