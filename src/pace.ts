/** How much one person may ask for, and over how long, ms. */
export interface PaceOptions {
  readonly most: number;
  readonly withinMs: number;
  /** ms since any fixed moment. */
  readonly clock: () => number;
}

/** The most people that are counted at once; under a flood of them the oldest half starts anew. */
const MOST_PEOPLE = 50_000;

/**
 * A gentle limit for each person, kept in memory: it spares Seam and Slack, while the doors have a limit of their own
 * in the journal.
 */
export class Pace {
  readonly #options: PaceOptions;
  #newer = new Map<string, number[]>();
  #older = new Map<string, number[]>();

  constructor(options: PaceOptions) {
    this.#options = options;
  }

  /** Null, and counted, where this is not too much; else how long until it is not, ms. */
  take(who: string): number | null {
    const { most, withinMs, clock } = this.#options;
    const now = clock();
    const before = this.#newer.get(who) ?? this.#older.get(who) ?? [];
    const recent = before.filter((at) => now - at < withinMs);
    const [first] = recent;
    if (first !== undefined && recent.length >= most) return first + withinMs - now;
    this.#keep(who, [...recent, now]);
    return null;
  }

  #keep(who: string, moments: number[]): void {
    if (this.#newer.size >= MOST_PEOPLE / 2 && !this.#newer.has(who)) {
      this.#older = this.#newer;
      this.#newer = new Map();
    }
    this.#newer.set(who, moments);
  }
}
