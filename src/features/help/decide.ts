import { editDistance } from '../../domain/edit-distance.ts';

/** The most letters that may be wrong, missing or too many for a suggestion. */
const MOST_EDITS = 2;

/** The word that was probably meant, or null when none is near. It is only ever suggested. */
export function closest(word: string, words: readonly string[]): string | null {
  const begun = words.find((candidate) => isStart(word, candidate));
  if (begun !== undefined) return begun;
  const near = words
    .map((candidate) => ({ candidate, edits: editDistance(word, candidate) }))
    .filter(({ edits: count }) => count <= MOST_EDITS)
    .sort((left, right) => left.edits - right.edits);
  return near[0]?.candidate ?? null;
}

function isStart(word: string, candidate: string): boolean {
  return word.length >= 2 && candidate.startsWith(word);
}
