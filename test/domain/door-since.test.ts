import { expect, test } from 'vitest';
import { doorSince } from '../../src/domain/door-since.ts';
import type { HappeningKind } from '../../src/domain/happening.ts';
import { deviceId } from '../../src/domain/ids.ts';
import { aDoor, aHappening, START } from '../support/sights.ts';

const since = (door: Parameters<typeof aDoor>[0], ...kinds: HappeningKind[]) =>
  doorSince(
    aDoor(door),
    kinds.map((kind, index) => aHappening({ kind, at: START + index })).reverse(),
    START,
  );

test.each([
  ['goes offline', { online: true }, ['offline'], { online: false }],
  ['comes back', { online: false }, ['online'], { online: true }],
  ['goes and comes back', { online: true }, ['offline', 'online'], { online: true }],
  ['is heard to move', { online: false }, ['unlocked'], { online: true }],
  ['is heard not to let in', { online: null }, ['denied'], { online: true }],
  ['has little battery', {}, ['battery_low'], { battery: { level: 0.9, status: 'low' } }],
  [
    'has little battery of which no level is known',
    { battery: null },
    ['battery_low'],
    { battery: { level: null, status: 'low' } },
  ],
  ['is taken out', {}, ['removed'], { problems: [{ kind: 'error', code: 'device_removed', message: '' }] }],
  ['is tampered with', {}, ['tampered'], {}],
] as const)('a door that %s', (_, before, kinds, after) => {
  expect(since(before, ...kinds)).toEqual(aDoor({ ...before, ...after }));
});

test('nothing of another door, and nothing of before, changes a door', () => {
  const others = [
    aHappening({ kind: 'offline', deviceId: deviceId('door-2') }),
    aHappening({ kind: 'offline', at: START - 1 }),
  ];
  expect(doorSince(aDoor(), others, START)).toEqual(aDoor());
});
