import type { Context } from '../../context.ts';
import { BYTE_ORDER_MARK, csvLine } from '../../domain/csv.ts';
import type { Door } from '../../domain/door.ts';
import { NEWEST, type Past } from '../../domain/history.ts';
import type { AccessCodeId, SlackUserId } from '../../domain/ids.ts';
import { knownZone } from '../../domain/zone.ts';
import type { StoredPerson } from '../../store/people.ts';
import { tableHeading, tableRow } from '../../views/past-table.ts';
import type { About } from './decide.ts';
import { namesOfCodes, tracksOf } from './read.ts';
import { walk } from './walk.ts';

/** How many lines a file takes: what spreadsheets still open at once. */
const MOST_ROWS = 50_000;
/** How many are read and written at a time, of each track and in all. */
const SLICE = 200;

/** What is in the file, known once it was read to its end. */
export interface Exported {
  rows: number;
  all: boolean;
}

/** A history as CSV, piece by piece; `exported` counts along. Seam is asked once for each slice with new codes in it. */
export async function* csvOf(
  context: Context,
  person: StoredPerson,
  doors: readonly Door[],
  about: About,
  exported: Exported,
): AsyncGenerator<string, void> {
  // What a spreadsheet gets has to be of some zone.
  const zone = knownZone(person.tz) ?? 'UTC';
  const names = {
    doors: new Map(doors.map(({ id, name }) => [id, name])),
    codes: new Map<AccessCodeId, string>(),
  };
  const people = new Map<SlackUserId, string>();
  const known = new Set<AccessCodeId>();
  const write = async (slice: readonly Past[]): Promise<string> => {
    const fresh = slice.filter((past) => past.kind !== 'happening' || isNew(known, past.happening.codeId));
    for (const [id, name] of await namesOfCodes(context, fresh)) names.codes.set(id, name);
    for (const past of slice) await meet(context, people, past.kind === 'move' ? past.who : person);
    return slice.map((past) => csvLine(tableRow(past, { reader: person, zone, names, people }))).join('');
  };
  yield BYTE_ORDER_MARK + csvLine(tableHeading(zone));
  let slice: Past[] = [];
  for await (const past of walk(
    context.store.history,
    tracksOf(person, doors, about),
    NEWEST,
    'older',
    SLICE,
  )) {
    if (exported.rows === MOST_ROWS) {
      exported.all = false;
      break;
    }
    exported.rows += 1;
    slice.push(past);
    if (slice.length < SLICE) continue;
    yield await write(slice);
    slice = [];
  }
  yield await write(slice);
}

function isNew(known: Set<AccessCodeId>, id: AccessCodeId | null): boolean {
  if (id === null || known.has(id)) return false;
  known.add(id);
  return true;
}

/** Finds out what somebody is called, once for each: one call to Slack. Who cannot be asked for stays an id. */
async function meet(
  { members }: Context,
  people: Map<SlackUserId, string>,
  { userId }: { readonly userId: SlackUserId },
): Promise<void> {
  if (!people.has(userId)) people.set(userId, (await members.nameOf(userId)) ?? userId);
}
