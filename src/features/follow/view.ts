import type { Button } from '@slack/types';
import type { LockState, Sighting } from '../../domain/door.ts';
import { isNews } from '../../domain/follow.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { Message } from '../../slack/message.ts';
import { moment, plain } from '../../slack/mrkdwn.ts';
import type { Follow } from '../../store/follow-row.ts';
import type { Move } from '../../store/move-row.ts';
import { buttons, message, sentences, smallPrint, verbatim } from '../../views/blocks.ts';
import {
  beforeFact,
  keepButton,
  lockNowButton,
  newsFact,
  newsLine,
  settingsButton,
} from '../../views/news.ts';
import { outcomeLine } from '../../views/outcome.ts';
import { isLockedAgain } from './decide.ts';

const HOW_NOW = 'Type /locks to see how it is now.';

/** What is known of a followed door at the moment of drawing. */
export interface FollowSight {
  readonly follow: Follow;
  readonly sighting: Sighting | null;
  /** The person's last move of it. */
  readonly last: Move;
  /** When the card was true, ms, where nobody tells of what comes after. */
  readonly asOf: number | null;
  /** Whether it is not followed any more. */
  readonly isOver: boolean;
}

/** A card about one door: what the person did, what became of it, and what they can do now. */
export function cardMessage({ follow, sighting, last, asOf, isOver }: FollowSight): Message {
  const name = plain(follow.doorName);
  const isLocked = isLockedAgain(follow, sighting, last);
  const news = sighting !== null && isNews(last, sighting) ? sighting : null;
  const later = isLocked || isOver ? null : follow.locksAt;
  const facts = [
    ...(news === null ? [] : [newsFact(newsLine(news, last), news)]),
    ...beforeFact(last),
    ...(later === null ? [] : [`Locks again ${moment(later)}`]),
    ...(asOf === null ? [] : [`As of ${moment(asOf)}`]),
  ];
  const line = news === null ? doneLine(name, last) : `${name}: ${newsLine(news, last)}.`;
  const said = [
    line,
    ...(later === null ? [] : ['It locks again by itself.']),
    ...(asOf === null ? [] : [HOW_NOW]),
  ];
  const offered = isOver ? [] : offers(follow, isLocked);
  return message(
    said.join(' '),
    verbatim(line),
    smallPrint(facts.join(' · ')),
    ...(asOf === null ? [] : [smallPrint(HOW_NOW)]),
    ...(offered.length === 0 ? [] : [buttons(...offered)]),
  );
}

/** How it is after what its person did last. */
function doneLine(name: string, { verb, outcome }: Move): string {
  if (outcome?.kind === 'unlocked' || outcome?.kind === 'locked') return `${name} is ${outcome.kind}.`;
  if (outcome?.kind === 'sent') {
    const check = verb === 'lock' ? 'Check the door.' : 'Try the door.';
    return `${name} was asked to ${verb}, and the lock has not confirmed it. ${check}`;
  }
  return `Nobody can say whether ${name} is ${verb}ed. Check the door.`;
}

function offers({ doorName, who, deviceId, moveId, canLock, locksAt }: Follow, isLocked: boolean): Button[] {
  const open = isLocked
    ? []
    : [
        ...(canLock ? [lockNowButton(doorName, who.userId, deviceId)] : []),
        ...(locksAt === null ? [] : [keepButton(doorName, who, { moveId }, null)]),
      ];
  return [...open, settingsButton(doorName, who.userId, deviceId)];
}

/** Says something about the door that its person should do something about, with the means to. */
function noteMessage(follow: Follow, line: string, since: string): Message {
  const { doorName, who, deviceId, canLock } = follow;
  return message(
    line,
    verbatim(line),
    smallPrint(since),
    buttons(
      ...(canLock ? [lockNowButton(doorName, who.userId, deviceId)] : []),
      settingsButton(doorName, who.userId, deviceId),
    ),
  );
}

/** It is still unlocked after the time that its person set; `state` is what Seam says now, if it says anything. */
export function nudgeMessage(follow: Follow, state: LockState): Message {
  const name = plain(follow.doorName);
  const since = `Unlocked by you ${moment(follow.unlockedAt)}.`;
  return state === 'unlocked'
    ? noteMessage(follow, `${name} is still unlocked.`, since)
    : noteMessage(follow, `Nobody can say whether ${name} is still unlocked. Check the door.`, since);
}

/** It did not lock by itself. `againAt`: when that is tried once more, ms. */
export function notLockedMessage(follow: Follow, outcome: Outcome, againAt: number | null): Message {
  const line = `${plain(follow.doorName)} was to lock by itself. ${outcomeLine('lock', outcome)}`;
  const since = `Unlocked by you ${moment(follow.unlockedAt)}`;
  if (againAt !== null)
    return noteMessage(follow, line, `${since} · Latchbolt tries once more ${moment(againAt)}`);
  const twice = follow.lockTries > 0 ? ' · Latchbolt tried twice, and does not try again' : '.';
  return noteMessage(follow, line, `${since}${twice}`);
}

/** It was to lock by itself while Latchbolt did not run, or could not ask whether it may. */
export function tooLateMessage(follow: Follow, dueAt: number): Message {
  const name = plain(follow.doorName);
  return noteMessage(
    follow,
    `${name} was not locked by itself: Latchbolt could not do it when it was due. Check the door, or lock it now.`,
    `Unlocked by you ${moment(follow.unlockedAt)} · Was to lock ${moment(dueAt)}`,
  );
}

/** What became of the door that a note was about. */
export function settledMessage({ doorName }: Follow, sighting: Sighting, last: Move): Message {
  const isOwn = last.verb === 'lock' && last.endedAt === sighting.at;
  const by = isOwn
    ? last.via === 'timer'
      ? 'Locked again by itself, as you set it'
      : 'Locked again by you'
    : null;
  const line = by ?? newsLine(sighting, last);
  const said = `${plain(doorName)}: ${line}.`;
  return message(said, verbatim(said), smallPrint(newsFact(line, sighting)));
}

const CLOSED = {
  unlocked_again: 'Unlocked again by you since.',
  told_since: 'There is a newer message about this door.',
  old: HOW_NOW,
  not_yours: 'This door is not in your accounts any more. Type /locks to see your doors.',
};

/** What was said about a door that a newer unlock or message, its age, or the loss of the door has put an end to. */
export function closedMessage({ doorName, unlockedAt }: Follow, why: keyof typeof CLOSED): Message {
  const line = CLOSED[why];
  return message(
    `${plain(doorName)}: ${line}`,
    verbatim(plain(doorName)),
    smallPrint(`Unlocked by you ${moment(unlockedAt)}.`),
    smallPrint(line),
  );
}

/** Nothing is locked by itself after this unlock. */
export function keptMessage({ doorName }: Follow): Message {
  return sentences(`${plain(doorName)} is not locked by itself this time.`);
}

/** The lock was asked at that very moment. */
export function tooLateToKeepMessage({ doorName }: Follow): Message {
  return sentences(
    `${plain(doorName)}: the lock has been asked to lock already, and that cannot be called back. It is not tried a second time.`,
  );
}

/** For a button about an unlock that is not theirs, or is over. */
export const overMessage: Message = sentences(
  'There is nothing to call off here any more. Type /locks to see your doors.',
);

/** An unlock of which nobody could say how it ended turns out to have moved nothing. */
export function notOpenedMessage({ doorName }: Follow, outcome: Outcome): Message {
  return sentences(`${plain(doorName)}: ${outcomeLine('unlock', outcome)}`);
}
