import type { Found } from '../../finding/find.ts';
import { noneSentence, severalSentence } from '../../views/called.ts';

/** What can be typed before a name. */
export type Word = 'unlock' | 'lock' | 'status';

/** What stands above the doors that were found. It has to stay true while the doors below it change. */
export function headingOf(found: Found, typed: string, word: Word): string {
  switch (found.kind) {
    case 'one':
      return word === 'unlock' && found.door.canUnlock ? 'Press Unlock to open this door.' : 'Your door.';
    case 'several':
      return severalSentence(found, typed);
    case 'none':
      return noneSentence(found, typed, (name) => `/locks ${word} ${name}`);
  }
}
