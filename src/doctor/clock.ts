/** Whether the clock of this machine is right: Slack's and Seam's signatures are refused when it is 5 minutes off. */
import type { Answer } from './ask.ts';
import { type Finding, fault, ok, skipped } from './report.ts';

export const CLOCK = 'Clock';

/** More than this is a fault, ms: well before anything is refused. */
const MOST_MS = 60_000;

/** From the dates of answers, by the names of those who gave them. */
export function judgeClock(answers: Readonly<Record<string, Answer>>): Finding {
  const measured = Object.entries(answers).flatMap(([who, answer]) =>
    answer.kind === 'silent' || answer.aheadMs === null ? [] : [{ who, aheadMs: answer.aheadMs }],
  );
  if (measured.length === 0) return skipped(CLOCK, 'nobody answered who could tell the time.');
  const off = measured.filter(({ aheadMs }) => Math.abs(aheadMs) > MOST_MS);
  if (off.length === 0) return ok(CLOCK, `it agrees with ${measured.map(({ who }) => who).join(' and ')}.`);
  const differences = off.map(
    ({ who, aheadMs }) =>
      `${Math.round(Math.abs(aheadMs) / 1_000)} s ${aheadMs > 0 ? 'ahead of' : 'behind'} ${who}`,
  );
  return fault(
    CLOCK,
    `it is ${differences.join(' and ')}. From 5 minutes on, what they send is refused. Let the system set its clock from the network (NTP).`,
  );
}
