import type { World } from '../../support/world.ts';

/** How often the local Seam is looked at, ms: it forgets the oldest of 20,000 requests. */
const EVERY_MS = 500;

/** What moves a bolt or lets somebody in. */
const OPENING = ['/locks/unlock_door', '/locks/lock_door', '/access_codes/create'];

/** Counts the requests to unlock, to lock or to make a code that reach the local Seam, from when it is made until `stop`. */
export class UnlockCount {
  #posts = 0;
  #asked = 0;
  #last = 0;
  #stopped = false;
  readonly #world: World;
  readonly #watching: Promise<void>;

  constructor(world: World) {
    this.#world = world;
    this.#watching = this.#watch();
  }

  /** Those requests, and all requests, that there were until now. */
  async look(): Promise<{ posts: number; asked: number }> {
    const fresh = await this.#world.seam.calls(this.#last);
    const unseen = fresh.filter(({ n }) => n > this.#last);
    this.#last = unseen.at(-1)?.n ?? this.#last;
    this.#asked += unseen.length;
    this.#posts += unseen.filter(({ path }) => OPENING.includes(path)).length;
    return { posts: this.#posts, asked: this.#asked };
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#watching;
  }

  async #watch(): Promise<void> {
    while (!this.#stopped) {
      await this.look();
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  }
}
