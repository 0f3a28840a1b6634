import type { ContextBlock } from '@slack/types';
import type { Door } from '../domain/door.ts';
import type { Happening } from '../domain/happening.ts';
import type { AccessCodeId, SlackUserId } from '../domain/ids.ts';
import type { Verb } from '../domain/move.ts';
import { type Outcome, unreachable } from '../domain/outcome.ts';
import { moment, plain } from '../slack/mrkdwn.ts';
import type { Move } from '../store/move-row.ts';
import { plainText } from './blocks.ts';
import { past } from './outcome.ts';
import { HAPPENED, HOW, VIA } from './past.ts';

/** What is known of what happened to a person's doors, in any order. */
export interface ActivitySight {
  readonly owner: SlackUserId;
  /** The doors of which it is told what others do with them. */
  readonly doors: readonly Door[];
  /** What was sent: by the owner to any door, and by others to these. */
  readonly moves: readonly Move[];
  readonly happenings: readonly Happening[];
  /** What the codes are called that were typed, where that is known. */
  readonly codes: ReadonlyMap<AccessCodeId, string>;
}

/** So many lines are shown. */
const MOST_LINES = 10;
/** How far apart a lock's own word of what was asked here can be from ours, ms, where it does not say that it is that. */
const SAME_MS = 60_000;

interface Line {
  readonly at: number;
  readonly doorName: string;
  /** Our own words. */
  readonly mrkdwn: string;
  /** What somebody called the code that was typed. */
  readonly code?: string;
}

/** What happened to the doors, newest first: a line each, one block high. */
export function activityRows(sight: ActivitySight): ContextBlock[] {
  return [...sight.moves.flatMap((move) => moveLine(sight, move)), ...happeningLines(sight)]
    .toSorted((one, other) => other.at - one.at)
    .slice(0, MOST_LINES)
    .map(({ at, doorName, mrkdwn, code }) => ({
      type: 'context',
      elements: [
        plainText(plain(doorName)),
        { type: 'mrkdwn', text: mrkdwn },
        ...(code === undefined ? [] : [plainText(`“${plain(code)}”`)]),
        { type: 'mrkdwn', text: moment(at) },
      ],
    }));
}

/** Nothing while it is under way. What others asked for in vain is theirs alone. */
function moveLine({ owner, doors }: ActivitySight, move: Move): Line[] {
  const { who, outcome, endedAt } = move;
  if (outcome === null || endedAt === null) return [];
  if (who.userId !== owner && !didMove(outcome)) return [];
  const doorName = doors.find(({ id }) => id === move.deviceId)?.name ?? move.doorName;
  if (doorName === null) return [];
  return [{ at: endedAt, doorName, mrkdwn: `${outcomeWords(move.verb, outcome)} ${byWords(owner, move)}` }];
}

function byWords(owner: SlackUserId, { who, via }: Move): string {
  return `by ${who.userId === owner ? 'you' : `<@${who.userId}>`}, ${VIA[via]}`;
}

function didMove({ kind }: Outcome): boolean {
  return kind === 'unlocked' || kind === 'locked' || kind === 'sent';
}

function outcomeWords(verb: Verb, outcome: Outcome): string {
  switch (outcome.kind) {
    case 'unlocked':
    case 'locked':
      return `*${sentenceCase(past(verb))}*`;
    case 'sent':
      return `*${sentenceCase(past(verb))}* (not confirmed by the lock)`;
    case 'failed':
    case 'refused':
      return `Not ${past(verb)}, though asked for`;
    case 'unknown':
      return `Perhaps ${past(verb)} (nobody can say), as asked for`;
    default:
      return unreachable(outcome);
  }
}

function happeningLines(sight: ActivitySight): Line[] {
  return sight.happenings.flatMap((happening) => {
    const { deviceId, at } = happening;
    const door = sight.doors.find(({ id }) => id === deviceId);
    if (door === undefined || isNoNews(happening, sight.happenings)) return [];
    const { codeId } = happening;
    const code = codeId === null ? undefined : sight.codes.get(codeId);
    const mrkdwn = wordsOf(sight, happening, code !== undefined);
    if (mrkdwn === null) return [];
    return [{ at, doorName: door.name, mrkdwn, ...(code === undefined ? {} : { code }) }];
  });
}

/** A lock that was never heard to be away, such as one that was just connected, is not there again. */
function isNoNews({ kind, deviceId, at }: Happening, all: readonly Happening[]): boolean {
  if (kind !== 'online') return false;
  return !all.some((other) => other.kind === 'offline' && other.deviceId === deviceId && other.at < at);
}

/** Null for what a lock tells of something that was asked for here and has a line of its own by now. */
function wordsOf(sight: ActivitySight, happening: Happening, isNamed: boolean): string | null {
  const move = sight.moves.find((candidate) => isOf(happening, candidate));
  if (move === undefined) return happeningWords(happening, isNamed);
  if (moveLine(sight, move).length > 0) return null;
  return `*${sentenceCase(past(move.verb))}* ${byWords(sight.owner, move)}`;
}

function isOf({ deviceId, kind, how, attemptId, at }: Happening, move: Move): boolean {
  if (deviceId !== move.deviceId || kind !== past(move.verb)) return false;
  if (attemptId !== null) return attemptId === move.attemptId;
  const between = move.sentAt !== null && at >= move.sentAt - SAME_MS;
  return (how === 'remote' || how === 'unknown') && between && at <= (move.endedAt ?? at) + SAME_MS;
}

/** `isNamed`: what its code is called follows. */
function happeningWords({ kind, how, codeId }: Happening, isNamed: boolean): string {
  if (kind !== 'locked' && kind !== 'unlocked') return HAPPENED[kind];
  const way = how === null ? null : HOW[how];
  const code = codeId === null ? null : isNamed ? 'with the code' : 'with a code';
  return [`*${HAPPENED[kind]}*`, way, code].filter((part) => part !== null).join(' ');
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
