/**
 * Work that was begun and has not settled yet, so that a stopping process can wait for it: Bolt's own `stop()`
 * returns while handlers still run.
 */
export class InFlight {
  #size = 0;
  readonly #waiting = new Set<() => void>();

  /** Counts `work` until it settles, well or badly. A rejection is left to whoever made the promise. */
  track(work: Promise<unknown>): void {
    this.#size += 1;
    const settled = (): void => this.#settle();
    work.then(settled, settled);
  }

  /** How much is under way now. */
  get size(): number {
    return this.#size;
  }

  /** Resolves to true as soon as nothing is left, or to false when `ms` milliseconds have passed before that. */
  drained(ms: number): Promise<boolean> {
    if (this.#size === 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const finish = (done: boolean): void => {
        clearTimeout(timer);
        this.#waiting.delete(empty);
        resolve(done);
      };
      const empty = (): void => finish(true);
      const timer = setTimeout(() => finish(false), ms);
      this.#waiting.add(empty);
    });
  }

  #settle(): void {
    this.#size -= 1;
    if (this.#size > 0) return;
    for (const empty of [...this.#waiting]) empty();
  }
}
