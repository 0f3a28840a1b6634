import { eventually } from '../../support/world.ts';
import type { Bot } from './bot.ts';
import { type Deed, deliver, signed } from './deeds.ts';
import { saysOutcome } from './journal.ts';
import type { Site } from './site.ts';
import type { Told } from './told.ts';

/** What is promised: how long anybody waits for an answer, s. */
export const TOLD_WITHIN_S = 20;
/** How long a proof waits before it counts somebody as not told, s. */
const GIVEN_UP_S = 40;

/**
 * What is an answer to what. What is said of a code or a file that is being made is none yet; that may have been told
 * before the fault ended, since there is but one such answer.
 */
const ANSWERS = {
  'a move': saysOutcome,
  'a code': ({ text }: Told) => /The PIN works|No code was made|Not set|Nobody can say/.test(text),
  'a file': ({ text }: Told) => /, as a file with |could not be handed to Slack/.test(text),
  'something else': null,
} as const;

/** What somebody did, and what is owed to them for it. */
export interface Owed {
  readonly deed: Deed;
  /** From when on, ms since the epoch. */
  readonly since: number;
  readonly of: keyof typeof ANSWERS;
}

/** Sends what somebody did; throws when the bot does not acknowledge it. */
export async function send({ slack }: Site, bot: Bot, deed: Deed): Promise<Deed> {
  const { status } = await deliver(bot.port, signed(slack, deed));
  if (status !== 200) throw new Error(`the bot acknowledged with ${status}`);
  return deed;
}

/** Waits until that person was told, in answer, in their Home or by direct message: the seconds that it took; Infinity for never. */
export async function secondsUntilTold({ slack }: Site, { deed, since, of }: Owed): Promise<number> {
  const heard = (): Told | undefined => {
    const { trigger, userId } = deed;
    const all = [...slack.answers(trigger), ...slack.home(userId), ...slack.direct(userId)];
    return all.find(ANSWERS[of] ?? (({ at }) => at >= since));
  };
  const told = await eventually('an answer', heard, GIVEN_UP_S * 1_000).catch(() => null);
  return told === null ? Number.POSITIVE_INFINITY : Math.max(0, (told.at - since) / 1_000);
}
