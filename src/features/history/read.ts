import type { Context } from '../../context.ts';
import type { Door } from '../../domain/door.ts';
import { typedCodes } from '../../domain/happening.ts';
import type { Mark, Past, Way } from '../../domain/history.ts';
import { NEWEST } from '../../domain/history.ts';
import type { AccessCodeId } from '../../domain/ids.ts';
import type { SlackIdentity } from '../../domain/person.ts';
import { codeNames } from '../../finding/code-names.ts';
import type { Track } from '../../store/history.ts';
import { type About, MOST_DOORS } from './decide.ts';
import { walk } from './walk.ts';

/** How much one message shows: a block each, and few enough for a phone. */
const PAGE = 10;

/** One page of the history. */
export interface Page {
  /** The newest first. */
  readonly entries: readonly Past[];
  /** Whether there is more in either way. */
  readonly older: boolean;
  readonly newer: boolean;
}

/** Of these doors of a person, those that the history is about. */
export function among(doors: readonly Door[], about: About): readonly Door[] {
  return about === 'all' ? doors : doors.filter(({ id }) => about.includes(id)).slice(0, MOST_DOORS);
}

/** All that is to be read for these doors, and of the person themselves where it is about everything. */
export function tracksOf(reader: SlackIdentity, doors: readonly Door[], about: About): readonly Track[] {
  return [
    ...doors.flatMap(({ id }): Track[] => [
      { kind: 'moves', deviceId: id, reader },
      { kind: 'happenings', deviceId: id },
    ]),
    ...(about === 'all' ? [{ kind: 'pauses', reader } as const] : []),
  ];
}

/** Reads a page on from a mark. One that comes upon the newest on its way back shows the first page in full. */
export async function readPage(
  context: Context,
  tracks: readonly Track[],
  from: Mark,
  way: Way,
): Promise<Page> {
  const read: Past[] = [];
  for await (const past of walk(context.store.history, tracks, from, way, PAGE + 1)) {
    read.push(past);
    if (read.length > PAGE) break;
  }
  const isMore = read.length > PAGE;
  const entries = read.slice(0, PAGE);
  if (way === 'older') return { entries, older: isMore, newer: from.at !== NEWEST.at };
  if (!isMore) return readPage(context, tracks, NEWEST, 'older');
  return { entries: entries.toReversed(), older: true, newer: true };
}

/** What the codes are called that were typed. */
export function namesOfCodes(
  context: Context,
  entries: readonly Past[],
): Promise<ReadonlyMap<AccessCodeId, string>> {
  const happenings = entries.flatMap((past) => (past.kind === 'happening' ? past.happening : []));
  return codeNames(context, typedCodes(happenings));
}
