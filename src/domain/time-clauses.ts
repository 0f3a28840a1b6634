import { firstVisible } from './name.ts';
import { readQuoted } from './quoted.ts';
import { type Fault, type Read, readDuration, readPoint, type SaidPoint } from './time-phrase.ts';

/** What somebody said of a window: nothing of it is held against a clock yet. */
export interface Clauses {
  readonly kind: 'clauses';
  /** `from …`; now where nothing is said of it. */
  readonly start: Said<SaidPoint | 'now'>;
  /** `until …`, or for how many ms. */
  readonly end: Said<SaidPoint | number>;
  /** `for …`, where that is no duration. */
  readonly name: string | null;
}

/** What was said, and the words that said it, as they were typed. */
interface Said<Value> {
  readonly value: Value;
  readonly typed: string;
}

/** Words that make no window, and why. */
export interface Unread {
  readonly kind: 'unread';
  /** The words that were understood, as they were typed; null for none. */
  readonly understood: string | null;
  readonly why: WhyUnread;
}

/** A `word` is what it is about, as it was typed. */
type WhyUnread =
  | { readonly kind: 'nothing_said' }
  | { readonly kind: Fault['why']; readonly word: string }
  /** A time or a duration alone: from then, until then, for so long? */
  | { readonly kind: 'for_or_until'; readonly word: string }
  /** Nothing follows `until`, `from` or `for`. */
  | { readonly kind: 'unfinished'; readonly word: string }
  /** A second start, or a second end. */
  | { readonly kind: 'said_twice'; readonly word: string }
  | { readonly kind: 'no_end' };

interface Word {
  readonly typed: string;
  /** As it is read. */
  readonly plain: string;
  /** Where the text goes on after it. */
  readonly end: number;
}

const OPENERS: ReadonlyMap<string, 'from' | 'until' | 'for'> = new Map([
  ['from', 'from'],
  ['until', 'until'],
  ['till', 'until'],
  ['til', 'until'],
  ['to', 'until'],
  ['for', 'for'],
]);

const NOW: Clauses['start'] = { value: 'now', typed: '' };

/** Whether a word begins what is said of a time, and so ends what stands before it. */
export function isTimeOpener(word: string): boolean {
  return OPENERS.has(plainOf(word));
}

/** Reads `from …`, `until …` and `for …`, in any order but that a name comes last. */
export function readClauses(text: string): Clauses | Unread {
  const words = wordsOf(text);
  if (words.length === 0) return { kind: 'unread', understood: null, why: { kind: 'nothing_said' } };
  let start: Clauses['start'] | null = null;
  let end: Clauses['end'] | null = null;
  for (let at = 0; at < words.length; ) {
    const opener = OPENERS.get(words[at]?.plain ?? '');
    if (opener === undefined) return unreadAlone(words);
    if (opener === 'for' && end !== null) {
      const name = readName(text, words, at);
      return typeof name === 'string' ? { kind: 'clauses', start: start ?? NOW, end, name } : name;
    }
    const phrase = phraseAt(words, at + 1);
    if (phrase.length === 0) return unread(words, at, 'unfinished', at, 1);
    if ((opener === 'from' ? start : end) !== null) {
      return unread(words, at, 'said_twice', at + 1, phrase.length);
    }
    const said = phrase.map(({ plain }) => plain);
    const typed = typedOf(phrase);
    if (opener === 'from') {
      const read = readStart(said);
      if (read.kind === 'fault') return unreadFault(words, at + 1, read);
      start = { value: read.value, typed };
    } else {
      const read = opener === 'for' ? readDuration(said) : readPoint(said);
      if (read.kind === 'fault') return unreadFault(words, at + 1, read);
      end = { value: read.value, typed };
    }
    at += 1 + phrase.length;
  }
  if (end === null) return { kind: 'unread', understood: typedOf(words), why: { kind: 'no_end' } };
  return { kind: 'clauses', start: start ?? NOW, end, name: null };
}

function readStart(said: readonly string[]): Read<SaidPoint | 'now'> | Fault {
  return said.length === 1 && said[0] === 'now' ? { kind: 'read', value: 'now' } : readPoint(said);
}

/** Whom the code is for: what follows the `for` at a place. What looks like a time must be in quotes to be a name. */
function readName(text: string, words: readonly Word[], at: number): string | Unread {
  const line = text.slice(words[at]?.end).trim();
  const quoted = readQuoted(line);
  const rest = words.slice(at + 1);
  const [first] = quoted.words;
  if (quoted.kind === 'words' && first?.isQuoted && quoted.words.length === 1) {
    return firstVisible([first.text], '') || unread(words, at, 'unfinished', at, 1);
  }
  if (rest.length === 0) return unread(words, at, 'unfinished', at, 1);
  if (readDuration(rest.map(({ plain }) => plain)).kind === 'read') {
    return unread(words, at, 'said_twice', at + 1, rest.length);
  }
  const odd = rest.findIndex(
    ({ plain }, index) => OPENERS.has(plain) || (index === 0 && /^[-+]?\d/.test(plain)),
  );
  if (quoted.kind === 'unclosed' || odd >= 0) {
    return unread(words, at + 1, 'not_understood', at + 1 + Math.max(odd, 0), 1);
  }
  return line.replaceAll(/\s+/g, ' ');
}

/** Words that nothing opens: a time or a duration, of which it is not clear what it is for, or neither. */
function unreadAlone(words: readonly Word[]): Unread {
  const phrase = phraseAt(words, 0);
  const said = phrase.map(({ plain }) => plain);
  const duration = readDuration(said);
  const point = readPoint(said);
  if (duration.kind === 'read' || point.kind === 'read') {
    return unread(words, 0, 'for_or_until', 0, phrase.length);
  }
  return unreadFault(words, 0, duration.why === 'not_understood' ? point : duration);
}

function unreadFault(words: readonly Word[], from: number, { why, at, used }: Fault): Unread {
  return unread(words, from + at, why, from + at, used);
}

/** `understood` words were; `used` words from `at` on are what it is about. */
function unread(
  words: readonly Word[],
  understood: number,
  kind: Exclude<WhyUnread['kind'], 'nothing_said' | 'no_end'>,
  at: number,
  used: number,
): Unread {
  const before = words.slice(0, understood);
  // An opener alone says nothing yet.
  while (OPENERS.has(before.at(-1)?.plain ?? '')) before.pop();
  const word = typedOf(words.slice(at, at + used));
  return { kind: 'unread', understood: typedOf(before) || null, why: { kind, word } };
}

/** The words from a place up to the next that opens something. */
function phraseAt(words: readonly Word[], at: number): readonly Word[] {
  const next = words.findIndex(({ plain }, index) => index >= at && OPENERS.has(plain));
  return words.slice(at, next === -1 ? words.length : next);
}

function wordsOf(text: string): readonly Word[] {
  return [...text.matchAll(/\S+/g)]
    .map(({ 0: typed, index }) => ({ typed, plain: plainOf(typed), end: index + typed.length }))
    .filter(({ plain }) => plain !== '');
}

/** Full-width forms, capitals, and every quote, comma, last stop and invisible mark folded. */
function plainOf(word: string): string {
  return word
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\p{Default_Ignorable_Code_Point}\p{Quotation_Mark}]/gu, '')
    .replaceAll(/^[−–](?=\d)/g, '-')
    .replaceAll(/[,.]+$/g, '');
}

function typedOf(words: readonly Word[]): string {
  return words.map(({ typed }) => typed).join(' ');
}
