import { readQuoted } from './quoted.ts';

/** What somebody typed as a name: what the quotes around it hold, or else all of it. */
export function typedName(rest: string): string {
  const { kind, words } = readQuoted(rest);
  const [first, another] = words;
  if (kind === 'words' && first?.isQuoted && another === undefined) return first.text;
  return rest.trim();
}
