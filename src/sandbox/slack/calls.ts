import type { Call } from './drive.ts';

const MOST_KEPT = 10_000;

/** Everything the app sent, in order; the oldest go when there are too many. */
export class Calls {
  private kept: Call[] = [];
  private next = 1;

  add(call: Omit<Call, 'n'>): void {
    this.kept.push({ n: this.next, ...call });
    this.next += 1;
    if (this.kept.length > MOST_KEPT * 1.1) this.kept = this.kept.slice(-MOST_KEPT);
  }

  /** Those after number `n`. */
  since(n: number): Call[] {
    return this.kept.filter((call) => call.n > n);
  }
}
