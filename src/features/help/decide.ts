/** The most letters that may be wrong, missing or too many for a suggestion. */
const MOST_EDITS = 2;

/** The word that was probably meant, or null when none is near. It is only ever suggested. */
export function closest(word: string, words: readonly string[]): string | null {
  const begun = words.find((candidate) => isStart(word, candidate));
  if (begun !== undefined) return begun;
  const near = words
    .map((candidate) => ({ candidate, edits: edits(word, candidate) }))
    .filter(({ edits: count }) => count <= MOST_EDITS)
    .sort((left, right) => left.edits - right.edits);
  return near[0]?.candidate ?? null;
}

function isStart(word: string, candidate: string): boolean {
  return word.length >= 2 && candidate.startsWith(word);
}

/** Levenshtein's distance. */
function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...from].entries()) {
    const above = row;
    row = [index + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = (above[column] ?? 0) + (letter === other ? 0 : 1);
      row.push(Math.min(replaced, (above[column + 1] ?? 0) + 1, (row[column] ?? 0) + 1));
    }
  }
  return row.at(-1) ?? 0;
}
