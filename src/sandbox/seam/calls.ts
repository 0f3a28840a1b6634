import type { Call } from './drive.ts';

/** So many calls are kept; a benchmark makes more than anybody reads. */
const MOST_KEPT = 20_000;

/** Every API request received, in order. */
export class Calls {
  #calls: Call[] = [];
  #count = 0;

  /** Notes a request as it arrives, not answered yet. */
  note(at: number, path: string): Call {
    this.#count += 1;
    const call: Call = { n: this.#count, at, path, body: {}, status: null };
    this.#calls.push(call);
    if (this.#calls.length > MOST_KEPT) this.#calls = this.#calls.slice(-MOST_KEPT / 2);
    return call;
  }

  /** Those after number `n`. */
  since(n: number): Call[] {
    return this.#calls.filter((call) => call.n > n);
  }
}
