/** A word of a line, or several that quotes hold together. */
interface QuotedWord {
  /** Without the quotes around it; empty where nothing is between them. */
  readonly text: string;
  readonly isQuoted: boolean;
  /** Where the line goes on after it. */
  readonly end: number;
}

/** The words of a line, or the quote that opens and never closes. */
export type Quoted =
  | { readonly kind: 'words'; readonly words: readonly QuotedWord[] }
  | {
      readonly kind: 'unclosed';
      /** The words before it. */
      readonly words: readonly QuotedWord[];
      /** The line from that quote on. */
      readonly text: string;
    };

/** Straight, curly, low, of other languages: a phone's keyboard mixes them, so that any of a row closes any. */
const DOUBLE = '"“”„‟«»‹›″〝〞〟「」『』＂';
/** These are apostrophes, too. */
const SINGLE = "'‘’‚‛＇";

/** What holds words together: its closing quote is the first that a space, or the end, follows. */
const HELD = [DOUBLE, SINGLE].map((quotes) => new RegExp(`[${quotes}](.*?)[${quotes}](?=\\s|$)`, 'suy'));
const OPEN = new RegExp(`[${DOUBLE}]`, 'uy');
const WORD = /\S+/y;
const SPACE = /\s*/y;

/**
 * Splits a line into words, where quotes of any kind hold several together. A quote opens at the beginning of a word and
 * closes at the end of one. A single one that does not close is an apostrophe (`’t Huis`); any other is reported.
 */
export function readQuoted(line: string): Quoted {
  const words: QuotedWord[] = [];
  let at = lengthAt(SPACE, line, 0);
  while (at < line.length) {
    const held = HELD.map((pattern) => matchAt(pattern, line, at)).find((match) => match !== null);
    if (held == null && matchAt(OPEN, line, at) !== null) {
      return { kind: 'unclosed', words, text: line.slice(at) };
    }
    const text = held?.[1]?.trim() ?? matchAt(WORD, line, at)?.[0] ?? '';
    at += held?.[0].length ?? text.length;
    words.push({ text, isQuoted: held != null, end: at });
    at += lengthAt(SPACE, line, at);
  }
  return { kind: 'words', words };
}

function matchAt(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(line);
}

function lengthAt(pattern: RegExp, line: string, at: number): number {
  return matchAt(pattern, line, at)?.[0].length ?? 0;
}
