/** Over how long moves are counted, ms. */
export const MOVE_WINDOW_MS = 60_000;
/**
 * How many unlocks, and how many locks, are sent within the window: to one door, whoever asks, and by one person. Of
 * each a lock takes 15 a minute through Seam, and other apps may use it too.
 */
export const MOVE_LIMITS = { door: 10, person: 20 };

/**
 * How many codes are made within the same window: for one lock, whoever asks, and by one person. A lock takes 10 a minute
 * through Seam.
 */
export const CODE_LIMITS = { door: 5, person: 10 };

/**
 * When the next may be, ms; null for now. `sent` are the moments of those within the window, oldest first. Never further
 * away than the window, whatever a clock that was set back has written.
 */
export function nextAllowed(
  sent: readonly number[],
  most: number,
  windowMs: number,
  now: number,
): number | null {
  const leaves = sent.at(-most);
  if (sent.length < most || leaves === undefined) return null;
  return Math.min(leaves, now) + windowMs;
}

/** All of a person's words for doors are shown in one message, which takes 50 blocks: one each, and a few around them. */
export const MOST_ALIASES = 40;
/** The longest word for a door. */
export const LONGEST_ALIAS = 40;
/** All favourites are shown on the first page, which takes 15 doors, and leave room there for others. */
export const MOST_FAVOURITES = 10;
