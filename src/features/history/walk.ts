import { comesFirst, type Mark, type Past, type Way } from '../../domain/history.ts';
import type { History, Track } from '../../store/history.ts';

/** A track as far as it was read. */
interface Reading {
  readonly track: Track;
  readonly ahead: Past[];
  rest: Mark | null;
}

/**
 * What happened on several tracks as one, on from a mark. Each is read in slices of `slice`, as far as it is needed, so
 * that any length of it takes the same memory.
 */
export async function* walk(
  history: Pick<History, 'read'>,
  tracks: readonly Track[],
  from: Mark,
  way: Way,
  slice: number,
): AsyncGenerator<Past, void> {
  const readings = tracks.map((track): Reading => ({ track, ahead: [], rest: from }));
  for (const reading of readings) await fill(history, reading, way, slice);
  for (;;) {
    const reading = nearest(readings, way);
    const next = reading?.ahead.shift();
    if (reading === null || next === undefined) return;
    yield next;
    await fill(history, reading, way, slice);
  }
}

async function fill(
  history: Pick<History, 'read'>,
  reading: Reading,
  way: Way,
  slice: number,
): Promise<void> {
  // A slice of which no row can be read still leads on.
  while (reading.ahead.length === 0 && reading.rest !== null) {
    const { entries, rest } = await history.read(reading.track, reading.rest, way, slice);
    reading.ahead.push(...entries);
    reading.rest = rest;
  }
}

function nearest(readings: readonly Reading[], way: Way): Reading | null {
  let found: { reading: Reading; first: Past } | null = null;
  for (const reading of readings) {
    const [first] = reading.ahead;
    if (first === undefined) continue;
    if (found === null || comesFirst(first, found.first, way)) found = { reading, first };
  }
  return found?.reading ?? null;
}
