/**
 * Slack's mrkdwn as a tree. Pure: no document, no names looked up; whoever draws the tree decides how a
 * mention, a date or an emoji looks.
 */

/** Text within a line. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'break' }
  | { kind: 'bold' | 'italic' | 'strike'; of: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'link'; url: string; text: string }
  | { kind: 'user' | 'channel' | 'group'; id: string; label: string | null }
  | { kind: 'special'; range: string }
  | { kind: 'date'; at: number; format: string; url: string | null; fallback: string }
  | { kind: 'emoji'; name: string };

/** Text that takes lines of its own. */
export type Piece =
  | { kind: 'text'; of: Inline[] }
  | { kind: 'quote'; of: Inline[] }
  | { kind: 'bullets'; items: Inline[][] }
  | { kind: 'pre'; text: string };

/** Turns the three entities that Slack knows back into characters. */
export function decoded(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** The address if a browser may open it on a click, else null: `javascript:` and the like never become links. */
export function safeUrl(url: string): string | null {
  return /^https?:\/\/[^\s]+$/i.test(url) ? url : null;
}

function dateToken(body: string, fallback: string | null): Inline {
  const [, at = '', format = '', url = null] = body.split('^');
  if (!/^\d+$/.test(at) || format === '') return { kind: 'text', text: fallback ?? '' };
  return {
    kind: 'date',
    at: Number(at),
    format: decoded(format),
    url: url === null ? null : decoded(url),
    fallback: fallback ?? '',
  };
}

function bangToken(body: string, label: string | null): Inline {
  if (body.startsWith('!date^')) return dateToken(body, label);
  const group = /^!subteam\^([A-Z0-9]+)$/.exec(body);
  if (group?.[1]) return { kind: 'group', id: group[1], label };
  if (/^!(here|channel|everyone)$/.test(body)) return { kind: 'special', range: body.slice(1) };
  return { kind: 'text', text: label ?? `<${body}>` };
}

/** What stands between `<` and `>`. */
function token(inside: string): Inline {
  const bar = inside.indexOf('|');
  const body = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? null : decoded(inside.slice(bar + 1));
  if (/^@[A-Z0-9]+$/.test(body)) return { kind: 'user', id: body.slice(1), label };
  if (/^#[A-Z0-9]+$/.test(body)) return { kind: 'channel', id: body.slice(1), label };
  if (body.startsWith('!')) return bangToken(body, label);
  const url = decoded(body);
  if (/^mailto:/i.test(url)) return { kind: 'text', text: label ?? url.slice('mailto:'.length) };
  if (safeUrl(url)) return { kind: 'link', url, text: label || url };
  return { kind: 'text', text: label ?? `<${decoded(inside)}>` };
}

const styles: Record<string, 'bold' | 'italic' | 'strike'> = { '*': 'bold', _: 'italic', '~': 'strike' };
const wordCharacter = /[\p{L}\p{N}]/u;

/** The end of the code or token that begins at `from`, or `from` when none does: styles do not end inside them. */
function skip(text: string, from: number): number {
  const close = text[from] === '<' ? '>' : text[from] === '`' ? '`' : null;
  const end = close === null ? -1 : text.indexOf(close, from + 1);
  return end < 0 ? from : end;
}

/** Where the style that opens at `from` closes, or -1: as in Slack, within the line and at the edge of a word. */
function closing(text: string, from: number): number {
  const mark = text[from] ?? '';
  const first = text[from + 1] ?? ' ';
  if (/\s/.test(first) || first === mark || wordCharacter.test(text[from - 1] ?? '')) return -1;
  for (let at = from + 1; at < text.length; at++) {
    at = skip(text, at);
    if (text[at] === '\n') return -1;
    const ends = text[at] === mark && at > from + 1 && !/\s/.test(text[at - 1] ?? '');
    if (ends && !wordCharacter.test(text[at + 1] ?? '')) return at;
  }
  return -1;
}

/** The special thing that begins at `at`, with the position after it, or null for an ordinary character. */
function special(text: string, at: number): { inline: Inline; end: number } | null {
  const character = text[at] ?? '';
  const rest = text.slice(at);
  if (character === '\n') return { inline: { kind: 'break' }, end: at + 1 };
  const angle = /^<([^<>\n]+)>/.exec(rest);
  if (angle?.[1]) return { inline: token(angle[1]), end: at + angle[0].length };
  const code = /^`([^`\n]+)`/.exec(rest);
  if (code?.[1]) return { inline: { kind: 'code', text: decoded(code[1]) }, end: at + code[0].length };
  const emoji = /^:([a-z0-9_+'-]+):/.exec(rest);
  if (emoji?.[1]) return { inline: { kind: 'emoji', name: emoji[1] }, end: at + emoji[0].length };
  const bare = /^https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)*_~]/.exec(rest);
  if (bare && !wordCharacter.test(text[at - 1] ?? '')) {
    const url = decoded(bare[0]);
    return { inline: { kind: 'link', url, text: url }, end: at + bare[0].length };
  }
  const style = styles[character];
  const end = style ? closing(text, at) : -1;
  if (style && end > 0)
    return { inline: { kind: style, of: inlines(text.slice(at + 1, end)) }, end: end + 1 };
  return null;
}

/** Reads the marks within lines. */
export function inlines(text: string): Inline[] {
  const result: Inline[] = [];
  let plain = '';
  const flush = () => {
    if (plain) result.push({ kind: 'text', text: decoded(plain) });
    plain = '';
  };
  for (let at = 0; at < text.length; ) {
    const found = special(text, at);
    if (!found) {
      plain += text[at];
      at++;
      continue;
    }
    flush();
    result.push(found.inline);
    at = found.end;
  }
  flush();
  return result;
}

type LineKind = 'text' | 'quote' | 'bullets';

function lineOf(line: string): { kind: LineKind; text: string } {
  const quote = /^(?:>|&gt;)\s?(.*)$/.exec(line);
  if (quote) return { kind: 'quote', text: quote[1] ?? '' };
  const bullet = /^\s*•\s+(.*)$/.exec(line);
  if (bullet) return { kind: 'bullets', text: bullet[1] ?? '' };
  return { kind: 'text', text: line };
}

function pieceOf(kind: LineKind, lines: string[]): Piece {
  if (kind === 'bullets') return { kind, items: lines.map(inlines) };
  return { kind, of: inlines(lines.join('\n')) };
}

/** Groups neighbouring lines of one kind. */
function linePieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let kind: LineKind = 'text';
  let lines: string[] = [];
  for (const raw of text.split('\n')) {
    const line = lineOf(raw);
    if (line.kind !== kind && lines.length > 0) {
      pieces.push(pieceOf(kind, lines));
      lines = [];
    }
    kind = line.kind;
    lines.push(line.text);
  }
  pieces.push(pieceOf(kind, lines));
  return pieces;
}

/** Reads a whole mrkdwn text. */
export function parseMrkdwn(text: string): Piece[] {
  const pieces: Piece[] = [];
  for (const [index, part] of text.split(/```([\s\S]+?)```/).entries()) {
    if (index % 2 === 1) pieces.push({ kind: 'pre', text: decoded(part.replace(/^\n|\n$/g, '')) });
    else {
      const trimmed = part.replace(index > 0 ? /^\n/ : /^$/, '').replace(/\n$/, '');
      if (trimmed) pieces.push(...linePieces(trimmed));
    }
  }
  return pieces;
}
