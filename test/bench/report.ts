import { loadavg } from 'node:os';
import { type Goal, type GoalName, goals, isReached } from './goals.ts';
import type { Found, Measure, Size } from './rows/row.ts';

/** All that a run found, as it is written to `docs/bench.json`. */
export interface Report {
  readonly node: string;
  readonly load: { readonly before: number; readonly after: number };
  readonly at: string;
  readonly size: Size;
  readonly goals: readonly Judged[];
  readonly measures: readonly Measure[];
  readonly told: readonly (readonly [what: string, value: string])[];
  readonly faults: readonly string[];
}

/** One goal, and what was measured of it. */
interface Judged {
  readonly name: string;
  readonly figure: string;
  readonly ours: number;
  readonly goal: string;
  readonly reached: boolean;
}

/** Puts together what the rows found. */
export function reportOf(found: readonly Found[], size: Size, loadBefore: number): Report {
  const figures: Partial<Record<GoalName, number>> = Object.assign(
    {},
    ...found.map((one) => one.figures ?? {}),
  );
  return {
    node: process.version,
    load: { before: loadBefore, after: loadavg()[0] ?? 0 },
    at: new Date().toISOString(),
    size,
    goals: Object.entries<Goal>(goals).flatMap(([name, goal]) => {
      const ours = Object.entries(figures).find(([measured]) => measured === name)?.[1];
      if (ours === undefined) return [];
      return [{ name, figure: goal.figure, ours, goal: goalText(goal), reached: isReached(goal, ours) }];
    }),
    measures: found.flatMap(({ measures = [] }) => measures),
    told: found.flatMap(({ told = [] }) => told),
    faults: found.flatMap(({ faults = [] }) => faults),
  };
}

const SIGNS = { 'at most': '≤', 'at least': '≥', 'less than': '<' } as const;

function goalText({ bound, unit }: Goal): string {
  return `${SIGNS[bound.kind]} ${bound.value}${unit === '' ? '' : ` ${unit}`}`;
}

/** The report as a person reads it in a terminal. */
export function textOf(report: Report): string {
  const { node, load, at } = report;
  return [
    `Node ${node}, ${at}, load ${load.before.toFixed(2)} before and ${load.after.toFixed(2)} after`,
    table(
      ['processor time of one', 'server', 'µs', 'middle half', 'to peer', 'a second', 'p50 ms', 'p99 ms'],
      report.measures.map(cellsOf),
    ),
    table(
      ['figure', 'ours', 'goal', ''],
      report.goals.map((one) => [one.figure, digits(one), one.goal, one.reached ? 'reached' : 'NOT REACHED']),
    ),
    table(
      ['also', ''],
      report.told.map(([what, value]) => [what, value]),
    ),
    report.faults.length === 0 ? 'No faults.' : report.faults.map((fault) => `FAULT: ${fault}`).join('\n'),
    '',
  ].join('\n\n');
}

function cellsOf({ row, server, us, toPeer, perSecond, p50Ms, p99Ms }: Measure): string[] {
  return [
    row,
    server,
    us.median.toFixed(0),
    `${us.low.toFixed(0)} to ${us.high.toFixed(0)}`,
    toPeer === null ? '' : toPeer.median.toFixed(2),
    perSecond.toFixed(0),
    p50Ms?.toFixed(1) ?? '',
    p99Ms?.toFixed(1) ?? '',
  ];
}

function digits({ name, ours }: Judged): string {
  const goal = Object.entries<Goal>(goals).find(([known]) => known === name)?.[1];
  return `${ours.toFixed(goal?.digits ?? 2)}${goal === undefined || goal.unit === '' ? '' : ` ${goal.unit}`}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}
