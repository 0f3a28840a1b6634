/** What answers at `/healthz`: a Latchbolt, somebody else, or nobody. */
import { z } from 'zod';
import type { Answer } from './ask.ts';

/** Whom `/healthz` showed. */
export type Health =
  /** A Latchbolt; `failing` names what is wrong with it. */
  | { readonly kind: 'ours'; readonly failing: readonly string[] }
  | { readonly kind: 'foreign'; readonly status: number }
  | { readonly kind: 'silent'; readonly code: string };

const well = z.strictObject({ status: z.literal('ok') });
const unwell = z.strictObject({ status: z.literal('failing'), failing: z.array(z.string()) });

/** Reads the answer of a `/healthz`. */
export function readHealth(answer: Answer): Health {
  if (answer.kind === 'silent') return answer;
  const { status, body } = answer;
  if (status === 200 && well.safeParse(body).success) return { kind: 'ours', failing: [] };
  const failing = status === 503 ? unwell.safeParse(body).data?.failing : undefined;
  return failing === undefined ? { kind: 'foreign', status } : { kind: 'ours', failing };
}
