import type { ContextBlock } from '@slack/types';
import type { Door } from '../../domain/door.ts';
import { NEWEST, type Past } from '../../domain/history.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import type { SlackIdentity } from '../../domain/person.ts';
import type { Found } from '../../finding/find.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn, moment, plain } from '../../slack/mrkdwn.ts';
import { actions } from '../../views/actions.ts';
import {
  button,
  buttons,
  markedMessage,
  message,
  ownedBy,
  plainText,
  sentences,
  smallPrint,
  verbatim,
} from '../../views/blocks.ts';
import { noneSentence, rowsMessage } from '../../views/called.ts';
import { type Names, pastDoor, pastHow, pastWhat, pastWhy } from '../../views/past.ts';
import { type About, writeAbout, writeButton } from './decide.ts';
import type { Page } from './read.ts';

/** The longest `text`: what does not fit into it is in the blocks. */
const LONGEST_TEXT = 3_000;

/** A page of the history, and all that is needed to show it. */
export interface HistorySight {
  readonly reader: SlackIdentity;
  readonly about: About;
  /** The doors that it is about. */
  readonly doors: readonly Door[];
  readonly page: Page;
  readonly names: Names;
  readonly keptDays: number;
}

/** One page of what happened, the newest first. */
export function historyMessage(sight: HistorySight): Message {
  const { page, keptDays } = sight;
  const title = titleOf(sight.about, sight.doors);
  const kept = `Latchbolt keeps this for ${keptDays === 1 ? 'one day' : `${keptDays} days`}.`;
  const nothing = page.entries.length === 0 ? ['Nothing is written down yet.'] : [];
  const entries = page.entries.map((past) => entryOf(past, sight));
  return markedMessage(
    textOf([`${escapeMrkdwn(title)}.`, ...nothing, ...entries.map(spoken)]),
    verbatim(title),
    ...nothing.map(smallPrint),
    ...entries.map(row),
    controls(sight),
    smallPrint(kept),
  );
}

/** What the history is of. */
export function titleOf(about: About, doors: readonly Door[]): string {
  const [door] = doors;
  if (about === 'all' || door === undefined) return 'History of your doors';
  return `History of ${plain(door.name)}${doors.length === 1 ? '' : ` (${doors.length} doors of this name)`}`;
}

/** One thing of the past: `said` letter by letter, the rest in mrkdwn of our own. */
interface Entry {
  readonly at: number;
  readonly said: string;
  readonly by: string | null;
}

function entryOf(past: Past, { reader, names }: HistorySight): Entry {
  const door = pastDoor(past, names);
  const how = pastHow(past, names);
  const why = pastWhy(past);
  const what = why === null ? pastWhat(past) : `${pastWhat(past)}: ${why}`;
  // What a code is called is somebody's words.
  const way = past.kind === 'happening' && how !== null ? ` ${how}` : '';
  const said = door === null ? `${what}${way}` : `${door}: ${what}${way}`;
  if (past.kind === 'happening') return { at: past.at, said, by: null };
  const who = past.kind === 'pause' || isSamePerson(past.who, reader) ? 'you' : `<@${past.who.userId}>`;
  return { at: past.at, said, by: [`by ${who}`, ...(how === null ? [] : [how])].join(', ') };
}

function isSamePerson(one: SlackIdentity, other: SlackIdentity): boolean {
  return one.userId === other.userId && one.scope === other.scope;
}

function spoken({ at, said, by }: Entry): string {
  return `${moment(at)}: ${escapeMrkdwn(said)}${by === null ? '' : ` (${by})`}.`;
}

function row({ at, said, by }: Entry): ContextBlock {
  return {
    type: 'context',
    elements: [
      { type: 'mrkdwn', text: moment(at) },
      plainText(said),
      ...(by === null ? [] : [{ type: 'mrkdwn' as const, text: by }]),
    ],
  };
}

/** As many whole sentences as there is room for: a token that is cut in two would be shown as it is written. */
function textOf(parts: readonly string[]): string {
  let text = '';
  for (const part of parts) {
    if (text.length + part.length >= LONGEST_TEXT) break;
    text = text === '' ? part : `${text} ${part}`;
  }
  return text;
}

function controls({ reader, about, page }: HistorySight) {
  const { userId } = reader;
  const [first, last] = [page.entries.at(0), page.entries.at(-1)];
  const lead = (way: 'older' | 'newer', from: Past | undefined) =>
    ownedBy(userId, ...writeButton({ about, way, from: from ?? NEWEST }));
  return buttons(
    ...(page.newer ? [button('Previous', actions.historyNewer, lead('newer', first))] : []),
    ...(page.older ? [button('Next', actions.historyOlder, lead('older', last))] : []),
    button('Export as CSV', actions.historyExport, ownedBy(userId, writeAbout(about))),
  );
}

/** For a name that no door of theirs has; the doors that are called nearly so lead to their own history. */
export function noSuchDoorMessage(
  reader: SlackUserId,
  found: Extract<Found, { kind: 'none' }>,
  typed: string,
): Message {
  const lead = (door: Door) =>
    ownedBy(reader, ...writeButton({ about: [door.id], way: 'older', from: NEWEST }));
  return rowsMessage(
    noneSentence(found, typed, (name) => `/locks history ${name}`),
    found.near.map((door) => ({
      text: plain(door.name),
      button: button('History', actions.historyOlder, lead(door)),
    })),
  );
}

/** For a button of long ago, or about doors that are not theirs any more. */
export const oldHistoryMessage: Message = sentences(
  'This history is too old, or no longer of your doors. Type /locks history for a new one.',
);

/** While a file is made. It stays true where that is cut off by the end of the process. */
export const makingMessage: Message = sentences(
  'The file is being made. It comes to you as a direct message from Latchbolt in a moment; ' +
    'if it does not, type /locks history and export it again.',
);

/** For somebody whose file is being made already. */
export const makingAlreadyMessage: Message = sentences(
  'A file of your history is being made already. Wait until it is there.',
);

/** The message that the file comes with. `all` is false where there was more than one file takes. */
export function fileMessage(title: string, rows: number, all: boolean): Message {
  const count = rows === 1 ? 'one line' : `${rows} lines`;
  const rest = all ? '' : ' There is more, but a file takes no more than this: the newest are in it.';
  const text = `${title}, as a file with ${count}.${rest}`;
  return message(text, verbatim(text));
}

/** The file did not get into the message. */
export const noFileMessage: Message = sentences(
  'The file of your history could not be handed to Slack. Type /locks history and try again in a minute.',
);
