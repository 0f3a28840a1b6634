import type { Fate } from './lines.ts';

/** How many requests ended how, and the first few that ended otherwise than they should. */
export class Tally {
  readonly counts = new Map<string, number>();
  total = 0;
  wrong = 0;
  /** Answers of 5xx, and requests on which a connection hung: wrong for every request. */
  faults = 0;
  silent = 0;
  readonly examples: string[] = [];

  /** Notes one; `describe` is asked only where something to look at is wanted. */
  note(fate: Fate, right: readonly (number | 'closed')[], describe: () => string): void {
    const end = fate.kind === 'answered' ? fate.status : fate.kind;
    this.total += 1;
    this.counts.set(String(end), (this.counts.get(String(end)) ?? 0) + 1);
    if (typeof end === 'number' && end >= 500) this.faults += 1;
    if (end === 'silent') this.silent += 1;
    if (end !== 'silent' && right.includes(end)) return;
    this.wrong += 1;
    if (this.examples.length < 5) this.examples.push(`${end}: ${describe()}`);
  }

  /** `200: 17, 400: 3`. */
  toString(): string {
    const sorted = [...this.counts].toSorted(([one], [other]) => one.localeCompare(other));
    return sorted.map(([end, count]) => `${end}: ${count}`).join(', ');
  }
}
