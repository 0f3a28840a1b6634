import { existsSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { runId } from '../src/domain/ids.ts';
import { isDead, type Place, thisProcess } from '../src/runs.ts';

const NOW = 1_800_000_000_000;
const OURS = 71;
/** Of our machine only process 71, which is us, and 72 live. */
const here: Place = {
  host: 'here',
  pid: OURS,
  began: NOW - 60_000,
  lives: (pid) => [OURS, 72].includes(pid),
};

/** What is expected of a run by where it is and how long ago it was seen, ms. */
const cases: [why: string, host: string, pid: number, agoMs: number, dead: boolean][] = [
  ['another process here that lives', 'here', 72, 0, false],
  ['another process here that lives, if a little late', 'here', 72, 10_000, false],
  ['another process here that lives but says nothing', 'here', 72, 10_001, true],
  ['another process here that is gone', 'here', 73, 0, true],
  ['another process here that is gone, of a clock ahead', 'here', 73, -5_000, true],
  ['our own number, seen since we began', 'here', OURS, 0, false],
  ['our own number, silent for too long', 'here', OURS, 10_001, true],
  ['a process elsewhere, whatever lives here', 'there', 73, 0, false],
  ['our number elsewhere', 'there', OURS, 10_000, false],
  ['a process elsewhere that says nothing', 'there', 72, 10_001, true],
  ['a process elsewhere, of a clock a little ahead', 'there', 73, -5_000, false],
  ['one that has left', 'there', 72, NOW, true],
  ['one that has left here', 'here', 72, NOW, true],
  ['what was there before there were runs', '', 0, NOW, true],
];

test.each(cases)('%s', (_, host, pid, agoMs, dead) => {
  const run = { id: runId('run-2'), host, pid, seenAt: NOW - agoMs };
  expect(isDead(run, here, NOW)).toBe(dead);
});

test.each([
  ['before we began: in a container every process has our number', -1, true],
  ['when we began', 0, false],
  ['after we began', 1, false],
])('our own number, last seen %s', (_, afterMs, dead) => {
  const young: Place = { ...here, began: NOW - 1_000 };
  const run = { id: runId('run-2'), host: 'here', pid: OURS, seenAt: young.began + afterMs };
  expect(isDead(run, young, NOW)).toBe(dead);
});

test('this process lives, and one that cannot be does not', () => {
  expect(thisProcess).toMatchObject({ pid: process.pid, began: performance.timeOrigin });
  expect(thisProcess.lives(process.pid)).toBe(true);
  expect(thisProcess.lives(2 ** 30)).toBe(false);
});

test.runIf(existsSync('/proc/self/ns/pid'))('a host is one space of process numbers, not one name', () => {
  expect(thisProcess.host).toBe(`${hostname()} ${readlinkSync('/proc/self/ns/pid')}`);
});
