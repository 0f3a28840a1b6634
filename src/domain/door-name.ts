import { editDistance } from './edit-distance.ts';
import { fold } from './fold.ts';
import type { DeviceId } from './ids.ts';
import { readQuoted } from './quoted.ts';

/** What a door is called by its owner. */
interface NamedDoor {
  readonly id: DeviceId;
  readonly name: string;
}

/** A person's own word for a door. */
interface Alias {
  readonly word: string;
  readonly deviceId: DeviceId;
}

/** Which door somebody means. Only `one` may be acted upon. */
export type DoorMeant =
  | { readonly kind: 'one'; readonly id: DeviceId }
  /** More than one is called exactly so; in the order of the doors. */
  | { readonly kind: 'several'; readonly ids: readonly DeviceId[] }
  /** None is; these are called nearly so, the nearest first. */
  | { readonly kind: 'none'; readonly near: readonly DeviceId[] };

/** A door's name, and what follows it on a line. */
export interface SplitName {
  readonly meant: DoorMeant;
  /** What was taken for the name, without quotes around it. */
  readonly typed: string;
  readonly rest: string;
}

/** How many doors are suggested at most. */
const MOST_NEAR = 5;
const TOO_FAR = Number.POSITIVE_INFINITY;

/**
 * Finds the doors that somebody calls so: an alias of their own, or else a name, that is folded to the same. An alias
 * of a door that is not among `doors` counts for nothing.
 */
export function findDoors(typed: string, doors: readonly NamedDoor[], aliases: readonly Alias[]): DoorMeant {
  const directory = directoryOf(doors, aliases);
  return exactly(typed, directory) ?? { kind: 'none', near: nearTo(typed, directory) };
}

/**
 * Splits a line that begins with a door's name: what quotes hold together, or else the longest beginning that is called
 * exactly so. Where nothing is, the name ends before the first word that `isNoName`, and doors near to it are suggested.
 */
export function splitName(
  line: string,
  doors: readonly NamedDoor[],
  aliases: readonly Alias[],
  isNoName: (word: string) => boolean,
): SplitName {
  const directory = directoryOf(doors, aliases);
  const near = (typed: string): DoorMeant => ({ kind: 'none', near: nearTo(typed, directory) });
  const [first] = readQuoted(line).words;
  if (first?.isQuoted) {
    const meant = exactly(first.text, directory) ?? near(first.text);
    return { meant, typed: first.text, rest: line.slice(first.end).trim() };
  }
  const words = [...line.matchAll(/\S+/g)].map(({ 0: word, index }) => ({ word, end: index + word.length }));
  for (const { end } of words.toReversed()) {
    const meant = exactly(line.slice(0, end), directory);
    if (meant !== null) return { meant, typed: line.slice(0, end).trim(), rest: line.slice(end).trim() };
  }
  const stop = words.findIndex(({ word }) => isNoName(word));
  const end = stop === -1 ? line.length : (words[stop - 1]?.end ?? 0);
  const typed = line.slice(0, end).trim();
  return { meant: near(typed), typed, rest: line.slice(end).trim() };
}

/** What each door is called, folded. */
interface Directory {
  readonly aliases: ReadonlyMap<string, ReadonlySet<DeviceId>>;
  readonly names: ReadonlyMap<string, ReadonlySet<DeviceId>>;
}

function directoryOf(doors: readonly NamedDoor[], aliases: readonly Alias[]): Directory {
  const order = new Map(doors.map(({ id }, index) => [id, index]));
  const theirs = aliases.flatMap(({ word, deviceId }) => {
    const index = order.get(deviceId);
    return index === undefined ? [] : [{ id: deviceId, called: word, index }];
  });
  const inOrder = theirs.toSorted((left, right) => left.index - right.index);
  return {
    aliases: byKey(inOrder),
    names: byKey(doors.map(({ id, name }) => ({ id, called: name }))),
  };
}

function byKey(
  calls: readonly { id: DeviceId; called: string }[],
): ReadonlyMap<string, ReadonlySet<DeviceId>> {
  const byKey = new Map<string, Set<DeviceId>>();
  for (const { id, called } of calls) {
    const key = fold(called);
    if (key === '') continue;
    byKey.set(key, (byKey.get(key) ?? new Set()).add(id));
  }
  return byKey;
}

/** The doors that are called exactly so; null where none is. */
function exactly(typed: string, { aliases, names }: Directory): DoorMeant | null {
  const key = fold(typed);
  const ids = [...(aliases.get(key) ?? names.get(key) ?? [])];
  const [id] = ids;
  if (id === undefined) return null;
  return ids.length === 1 ? { kind: 'one', id } : { kind: 'several', ids };
}

/** The doors that are called nearly so, the nearest first; those equally near in their own order. */
function nearTo(typed: string, { aliases, names }: Directory): readonly DeviceId[] {
  const key = fold(typed);
  if (key === '') return [];
  const found = [...aliases, ...names]
    .map(([called, ids]) => ({ ids, far: distance(key, called) }))
    .filter(({ far }) => far < TOO_FAR)
    .sort((left, right) => left.far - right.far)
    .flatMap(({ ids }) => [...ids]);
  return [...new Set(found)].slice(0, MOST_NEAR);
}

/**
 * How far what somebody typed is from what a door is called: it begins so; its words begin so; one holds the other; a few
 * letters differ.
 */
function distance(typed: string, called: string): number {
  const typedWords = typed.split(' ');
  const words = called.split(' ');
  if (called.startsWith(typed)) return 0;
  if (typedWords.every((word) => words.some((whole) => whole.startsWith(word)))) return 1;
  if (called.includes(typed) || ` ${typed} `.includes(` ${called} `)) return 2;
  const candidates = typedWords.length === 1 ? [called, ...words] : [called];
  return 2 + Math.min(...candidates.map((candidate) => fewEdits(typed, candidate)));
}

/** How many letters differ, where that is few for texts so short. */
function fewEdits(typed: string, candidate: string): number {
  const most = Math.min(2, Math.floor(Math.min(typed.length, candidate.length) / 3));
  if (Math.abs(typed.length - candidate.length) > most) return TOO_FAR;
  const edits = editDistance(typed, candidate);
  return edits <= most ? edits : TOO_FAR;
}
