import { expect, test } from 'vitest';
import { deviceId } from '../../src/domain/ids.ts';
import { suggestDoors } from '../../src/finding/suggest.ts';
import { aDoor } from '../support/sights.ts';

const named = (name: string, index: number) => aDoor({ id: deviceId(`door-${index}`), name });
const doors = ['Front Door', 'Großes Tor', 'Garage', 'Level -1', 'Level 1', '🚪', 'École'].map(named);
const aliases = [
  { word: 'hq', deviceId: deviceId('door-0') },
  { word: 'Back Way', deviceId: deviceId('door-2') },
];
const suggested = (query: string, favourites: readonly string[] = []) =>
  suggestDoors(query, doors, aliases, favourites.map(deviceId)).map(({ name }) => name);

test.each([
  ['', doors.map(({ name }) => name)],
  ['  ', doors.map(({ name }) => name)],
  ['door fro', ['Front Door']],
  ['GROSSES', ['Großes Tor']],
  ['HQ', ['Front Door']],
  ['way', ['Garage']],
  ['ecole', ['École']],
  ['level', ['Level -1', 'Level 1']],
  ['🚪', ['🚪']],
  ['garaeg', ['Garage']],
  ['swimming pool', []],
] as const)('%j finds %j', (query, found) => {
  expect(suggested(query)).toEqual(found);
});

test('favourites come first, whatever is typed, and one that is gone is left out', () => {
  expect(suggested('', ['gone', 'door-2', 'door-1']).slice(0, 3)).toEqual([
    'Garage',
    'Großes Tor',
    'Front Door',
  ]);
  expect(suggested('r', ['door-2']).slice(0, 2)).toEqual(['Garage', 'Front Door']);
});

test('no more are offered than Slack takes', () => {
  const many = Array.from({ length: 300 }, (_, index) => named(`Room ${index}`, index));
  expect(suggestDoors('room', many, [], [])).toHaveLength(100);
});
