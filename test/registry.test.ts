import { expect, test } from 'vitest';
import type { Feature } from '../src/feature.ts';
import { features } from '../src/features/index.ts';
import { createRegistry } from '../src/registry.ts';

const nothing = async () => undefined;

function feature(name: string, verbs: readonly string[], words: readonly string[] = []): Feature {
  return {
    name,
    subcommands: words.map((word) => ({ word, summary: word, run: nothing })),
    actions: Object.fromEntries(verbs.map((verb) => [verb, nothing])),
  };
}

test('a word and an action id lead to who handles them', () => {
  const [list, door] = [feature('list', ['next', 'show'], ['list', 'ls']), feature('door', ['unlock'])];
  const registry = createRegistry([list, door]);
  expect(registry.subcommand('ls')).toBe(list.subcommands[1]);
  expect(registry.action('list:show')).toEqual({ feature: list, verb: 'show', handle: nothing });
  expect(registry.action('door:unlock')).toEqual({ feature: door, verb: 'unlock', handle: nothing });
});

test.each([
  '',
  'list',
  'list:',
  ':show',
  'list:open',
  'list:show:',
  'LIST:show',
  'list:toString',
  'toString:call',
])('nobody handles the action %j', (id) => {
  expect(createRegistry([feature('list', ['show'])]).action(id)).toBeNull();
});

test.each(['', 'List', 'constructor', 'list '])('nobody handles the word %j', (word) => {
  expect(createRegistry([feature('list', [], ['list'])]).subcommand(word)).toBeNull();
});

test.each<[string, Feature[]]>([
  ['list', [feature('list', ['show']), feature('list', ['next'])]],
  ['list', [feature('list', []), feature('list', [])]],
  ['show', [feature('list', [], ['show']), feature('help', [], ['show'])]],
  ['show', [feature('list', [], ['show', 'show'])]],
])('two that claim "%s" are refused', (claimed, claiming) => {
  expect(() => createRegistry(claiming)).toThrow(new TypeError(`two features claim "${claimed}"`));
});

test('the bot’s own features claim nothing twice', () => {
  const registry = createRegistry(features);
  const words = features.flatMap(({ subcommands }) => subcommands.map(({ word }) => word));
  expect(words.toSorted()).toEqual([
    'alias',
    'autolock',
    'code',
    'codes',
    'connect',
    'disconnect',
    'favourite',
    'help',
    'history',
    'list',
    'lock',
    'notices',
    'pause',
    'resume',
    'status',
    'unlock',
  ]);
  expect(words.map((word) => registry.subcommand(word)?.word)).toEqual(words);
});
