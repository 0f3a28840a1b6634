/** The longest wait that a Node timer can hold; a longer one is cut into pieces. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

interface Task {
  due: number;
  work: () => void;
  timer: NodeJS.Timeout | null;
}

/**
 * The local Seam's time: it can be moved ahead, and everything that was to happen by then happens, in order.
 * Without that, a year-long session or tomorrow's access code could not be played in a test.
 */
export class Clock {
  readonly #base: () => number;
  readonly #tasks = new Set<Task>();
  #ahead = 0;

  constructor(base: () => number) {
    this.#base = base;
  }

  now(): number {
    return this.#base() + this.#ahead;
  }

  /** Now, as Seam writes times. */
  iso(): string {
    return new Date(this.now()).toISOString();
  }

  /** Does the work once, after `ms`; what is returned calls it off. */
  after(ms: number, work: () => void): () => void {
    const task: Task = { due: this.now() + ms, work, timer: null };
    this.#tasks.add(task);
    this.#arm(task, ms);
    return () => this.#forget(task);
  }

  /** Moves the time ahead, and does what falls due on the way, each at its own time. */
  advance(ms: number): void {
    const end = this.now() + ms;
    for (let task = this.#dueBy(end); task; task = this.#dueBy(end)) {
      this.#moveTo(task.due);
      this.#run(task);
    }
    this.#moveTo(end);
    for (const task of this.#tasks) this.#arm(task, task.due - end);
  }

  /** Calls everything off. */
  stop(): void {
    for (const task of [...this.#tasks]) this.#forget(task);
  }

  #moveTo(time: number): void {
    this.#ahead += Math.max(0, time - this.now());
  }

  #dueBy(end: number): Task | undefined {
    const due = [...this.#tasks].filter((task) => task.due <= end);
    return due.reduce<Task | undefined>(
      (first, task) => (first && first.due <= task.due ? first : task),
      undefined,
    );
  }

  #arm(task: Task, ms: number): void {
    if (task.timer) clearTimeout(task.timer);
    const rest = ms - LONGEST_WAIT_MS;
    task.timer =
      rest > 0
        ? setTimeout(() => this.#arm(task, rest), LONGEST_WAIT_MS)
        : setTimeout(() => this.#run(task), Math.max(0, ms));
  }

  #run(task: Task): void {
    if (!this.#tasks.has(task)) return;
    this.#forget(task);
    task.work();
  }

  #forget(task: Task): void {
    if (task.timer) clearTimeout(task.timer);
    this.#tasks.delete(task);
  }
}
