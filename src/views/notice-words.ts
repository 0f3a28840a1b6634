import type { NoticeKind } from '../domain/notice.ts';

/** Each kind of notice, as people choose it. */
export const KIND_WORDS: Readonly<Record<NoticeKind, string>> = {
  battery: 'The battery of a lock is low',
  offline: 'A lock is offline for more than 30 minutes',
  sign_in: 'An account needs signing in again',
  tamper: 'Somebody may be tampering with a lock',
  removed: 'A lock was removed from its account',
  denied: 'Somebody was not let in',
  code: 'A code was used',
  keypad: 'Unlocked at the keypad or with a card',
  by_hand: 'Unlocked by hand or with a key',
};

/** A minute of the day (0 to 1439) as a clock shows it, and as Slack's time pickers take it: `07:00`. */
export function minuteWords(minute: number): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
