import type { z } from 'zod';
import { parseInput } from '../input.ts';

/** One path of Seam's API. */
export interface Route {
  /** The method that the SDK uses; Seam takes POST for every path as well. */
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  run(raw: Record<string, unknown>): object;
}

export type Routes = Record<string, Route>;

/** A route whose input is checked before anything happens. What it returns is sent with `ok: true`. */
export function route<S extends z.ZodType>(
  method: Route['method'],
  input: S,
  run: (input: z.output<S>, raw: Record<string, unknown>) => object,
): Route {
  return { method, run: (raw) => run(parseInput(input, raw), raw) };
}
