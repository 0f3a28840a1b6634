import { eventually } from '../../support/world.ts';
import type { Bot } from './bot.ts';
import { type Deed, deliver, signed } from './deeds.ts';
import { saysOutcome } from './journal.ts';
import type { Site } from './site.ts';
import type { Told } from './slack-sink.ts';

/** What is promised: how long anybody waits for an answer, s. */
export const TOLD_WITHIN_S = 20;
/** How long a proof waits before it counts somebody as not told, s. */
const GIVEN_UP_S = 40;

/** What somebody did, and what is owed to them for it. */
export interface Owed {
  readonly deed: Deed;
  /** From when on, ms since the epoch. */
  readonly since: number;
  /** The answer to a click on *Unlock* is its outcome, else it is anything. */
  readonly of: 'an unlock' | 'something else';
}

/** Sends what somebody did; throws when the bot does not acknowledge it. */
export async function send({ slack }: Site, bot: Bot, deed: Deed): Promise<Deed> {
  const { status } = await deliver(bot.port, signed(slack, deed));
  if (status !== 200) throw new Error(`the bot acknowledged with ${status}`);
  return deed;
}

/** Waits until that person was told, in answer or by direct message: the seconds that it took; Infinity for never. */
export async function secondsUntilTold({ slack }: Site, { deed, since, of }: Owed): Promise<number> {
  const heard = (): Told | undefined => {
    const all = [...slack.answers(deed.trigger), ...slack.direct(deed.userId)];
    // What was told before the fault ended is enough for an unlock: it has but one outcome.
    return all.find((told) => (of === 'an unlock' ? saysOutcome(told) : told.at >= since));
  };
  const told = await eventually('an answer', heard, GIVEN_UP_S * 1_000).catch(() => null);
  return told === null ? Number.POSITIVE_INFINITY : Math.max(0, (told.at - since) / 1_000);
}
