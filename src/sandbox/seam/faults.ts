import type { Fault } from './drive.ts';
import { type Answer, json } from './http.ts';

/** A fault that takes the answer's place. */
export type Spoiler = Exclude<Fault, { do: 'delay' }>;

/** The faults in force. */
export class Faults {
  #inForce: { fault: Fault; left: number }[] = [];

  /** Replaces all of them. */
  set(faults: readonly Fault[]): void {
    this.#inForce = faults.map((fault) => ({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }));
  }

  /** What happens to a request for that path: every delay that fits, and the first other fault. */
  take(path: string): { delayMs: number; spoiler: Spoiler | null } {
    let delayMs = 0;
    let spoiler: Spoiler | null = null;
    for (const entry of this.#inForce) {
      const { fault } = entry;
      if (entry.left <= 0 || (fault.at !== '*' && fault.at !== path)) continue;
      if (fault.do !== 'delay' && spoiler) continue;
      entry.left -= 1;
      if (fault.do === 'delay') delayMs += fault.ms;
      else spoiler = fault;
    }
    return { delayMs, spoiler };
  }
}

/** The answer that a `status` fault gives: what it says, or an error in Seam's format. */
export function spoiledAnswer(fault: Extract<Fault, { do: 'status' }>): Answer {
  const type = fault.status === 429 ? 'rate_limit_exceeded' : 'internal_server_error';
  const plain = json(fault.status, { error: { type, message: 'A fault asked for by the test' } });
  return {
    status: fault.status,
    headers: {
      ...plain.headers,
      ...(fault.contentType === undefined ? {} : { 'content-type': fault.contentType }),
      ...(fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) }),
    },
    body: fault.body ?? plain.body,
  };
}
