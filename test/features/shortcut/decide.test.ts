import { expect, test } from 'vitest';
import { pickedDoor, readMoment } from '../../../src/features/shortcut/decide.ts';

test.each([
  [{ door: ['door-1'] }, 'door-1'],
  [{ door: [] }, null],
  [{}, null],
  [{ door: ['door-1', 'door-2'] }, null],
  [{ door: ['<x> y'] }, null],
  [{ other: ['door-1'] }, null],
])('of %j the door is %j', (values, door) => {
  expect(pickedDoor(values)).toBe(door);
});

test.each([
  ['1795554615452', 1_795_554_615_452],
  ['', null],
  ['-1', null],
  ['soon', null],
  ['9'.repeat(16), null],
])('%j was opened at %j', (metadata, at) => {
  expect(readMoment(metadata)).toBe(at);
});
