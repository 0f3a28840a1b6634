import { median, quantile, type Spread, shuffled, spread } from '../figures.ts';
import type { House, Server } from '../house.ts';
import type { Deed } from '../load/flows.ts';
import type { Measure, Size } from './row.ts';

/** Two copies of one thing that differ by more than this say that the machine was not quiet enough. */
const TWIN = { least: 0.9, most: 1.1 };

/** What one slot of load gave: how often it was done, and how long each took, ms, where that was seen. */
interface SlotResult {
  readonly count: number;
  readonly latencies: readonly number[];
}

/** Who is loaded in turn with the others. */
export interface Contestant {
  readonly name: string;
  /** Processor time so far, µs, once idle. */
  usage(): Promise<number>;
  /** One slot of load. */
  load(): Promise<SlotResult>;
}

/** What came of it: by contestant, and the ratio of one to another, paired by round. */
interface Compared {
  readonly measures: Measure[];
  ratio(one: string, other: string): Spread;
}

/** Short slots in random order, once each a round, after a first round that only warms. */
export async function compare(
  row: string,
  { rounds }: Size,
  contestants: readonly Contestant[],
  peer: string,
): Promise<Compared> {
  const all = contestants.map((contestant) => ({
    ...contestant,
    us: [] as number[],
    perSecond: [] as number[],
    latencies: [] as number[],
  }));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { usage, load, us, perSecond, latencies } of shuffled(all)) {
      const before = await usage();
      const began = performance.now();
      const slot = await load();
      const seconds = (performance.now() - began) / 1000;
      const used = (await usage()) - before;
      if (round === 0) continue;
      us.push(used / slot.count);
      perSecond.push(slot.count / seconds);
      latencies.push(...slot.latencies);
    }
  }
  const usOf = (name: string) => all.find((one) => one.name === name)?.us ?? [];
  const ratio = (one: string, other: string): Spread => {
    const others = usOf(other);
    return spread(usOf(one).map((us, round) => us / (others[round] ?? Number.NaN)));
  };
  return {
    ratio,
    measures: all.map(({ name, us, perSecond, latencies }) => ({
      row,
      server: name,
      us: spread(us),
      toPeer: ratio(name, peer),
      perSecond: median(perSecond),
      p50Ms: latencies.length === 0 ? null : median(latencies),
      p99Ms: latencies.length === 0 ? null : quantile(latencies, 0.99),
    })),
  };
}

/** Servers that people do something at; what was left undone is added to `faults`. */
export function contestantsOf(
  house: House,
  servers: readonly Server[],
  { deed, lanes, forMs }: { deed: Deed; lanes: number; forMs: number },
  faults: string[],
): Contestant[] {
  const isFlow = deed === 'locks' || deed === 'unlock';
  return servers.map((server) => ({
    name: server.name,
    usage: () => server.usage(),
    async load() {
      const done = await house.closed(server, { deed, lanes, forMs });
      const whole = done.filter(({ status, finalMs }) => status === 200 && (!isFlow || finalMs !== null));
      const undone = done.length - whole.length;
      if (undone > 0) faults.push(`${server.name} left ${undone} of ${done.length} undone (${deed})`);
      return { count: whole.length, latencies: whole.map(({ ackMs, finalMs }) => finalMs ?? ackMs) };
    },
  }));
}

/** A fault when ours and its twin differ. */
export function twinFaults(row: string, ratio: Spread): string[] {
  const { median: middle } = ratio;
  if (middle >= TWIN.least && middle <= TWIN.most) return [];
  return [`${row}: the run is void, the A/A twin took ${middle.toFixed(2)} times as much as ours`];
}
