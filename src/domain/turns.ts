/** Work about one thing done one piece after the other, in the order in which it came. */
export class Turns<Key> {
  readonly #last = new Map<Key, Promise<unknown>>();

  /** Does the work once all that came before it about the same thing has ended, well or not; throws what it throws. */
  async take<Result>(key: Key, work: () => Promise<Result>): Promise<Result> {
    const turn = (this.#last.get(key) ?? Promise.resolve()).then(work);
    const settled = turn.catch(() => undefined);
    this.#last.set(key, settled);
    try {
      return await turn;
    } finally {
      if (this.#last.get(key) === settled) this.#last.delete(key);
    }
  }
}
