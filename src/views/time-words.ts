import type { TimeWords } from '../domain/time-words.ts';
import { plain } from '../slack/mrkdwn.ts';

type Unclear = Extract<TimeWords, { kind: 'unclear' }>['why'];

/** An example of each way to say a time. */
export const TIME_EXAMPLES = [
  'for 2h',
  'until fri noon',
  'from tomorrow 9am until 24 dec',
  'until 17:30 for Anna',
];

/** Why words were not taken for a time, and how they would be. Plain text. */
export function unclearLine(why: Unclear): string {
  const word = 'word' in why ? `“${plain(why.word, 60)}”` : '';
  switch (why.kind) {
    case 'nothing_said':
      return 'For how long? Say it after the door.';
    case 'not_understood':
      return `${word} is not understood.`;
    case 'no_unit':
      return `${word} needs a unit: minutes, hours, days or weeks.`;
    case 'not_positive':
      return `${word} is no time at all.`;
    case 'am_or_pm':
      return `${word}: in the morning or in the afternoon? Say 9am, 9pm or 21:00.`;
    case 'no_such_time':
      return `No clock shows ${word}.`;
    case 'no_such_date':
      return `There is no ${word} in the calendar.`;
    case 'for_or_until':
      return `${word}: for so long, until then, or from then on? Say “for”, “until” or “from” before it.`;
    case 'unfinished':
      return `Something is missing after ${word}.`;
    case 'said_twice':
      return `${word} is one time too many.`;
    case 'no_end':
      return 'When does it end? Say “until” with a day or a time, or “for” with how long.';
    case 'skipped_time':
      return `${word} does not exist on that day: clocks are set forward over it.`;
    case 'which_midnight':
      return `${word}: at the beginning or at the end of that day? Say the day alone for all of it, or another time.`;
    case 'which_week':
      return `${word}: today, or in a week? Say “today”, or add a time or a date.`;
    case 'past':
      return why.which === 'start' ? 'That start is over already.' : 'That end is over already.';
    case 'ends_before_start':
      return 'It would end before it starts.';
    case 'too_long':
      return 'That is too long: a code works for one year at most.';
  }
}
