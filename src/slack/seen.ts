/** How much a `Seen` remembers, and by which clock. */
export interface SeenOptions {
  /** How long an id is remembered, ms. */
  readonly keepMs: number;
  /** The most ids that are held at once. Under a flood the oldest are forgotten early, never the newest half. */
  readonly max: number;
  /** The time now, in ms since any fixed moment. */
  readonly clock: () => number;
}

/**
 * A bounded memory of what was delivered (signatures of requests, ids of envelopes), so that a delivery that comes
 * twice is done once. It lives in memory alone: a commit to disk for each request would cost more than the request.
 *
 * Two halves, and the older is dropped whole: taking the oldest out of one Map one by one is slow, since V8 walks over
 * the holes that are left in front.
 */
export class Seen {
  readonly #options: SeenOptions;
  /** When each id was first seen. */
  #newer = new Map<string, number>();
  #older = new Map<string, number>();

  constructor(options: SeenOptions) {
    this.#options = options;
  }

  /** True the first time that `id` is given within `keepMs`, false after that. Constant time. */
  first(id: string): boolean {
    const { keepMs, max, clock } = this.#options;
    const now = clock();
    const since = this.#newer.get(id) ?? this.#older.get(id);
    if (since !== undefined && now - since < keepMs) return false;
    if (this.#newer.size >= max / 2) {
      this.#older = this.#newer;
      this.#newer = new Map();
    }
    this.#newer.set(id, now);
    return true;
  }
}
