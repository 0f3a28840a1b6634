import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Clock } from '../../../src/sandbox/seam/clock.ts';

const YEAR = 365 * 24 * 60 * 60 * 1000;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

test('work is done in its time, further away than a Node timer reaches', () => {
  const clock = new Clock(Date.now);
  const done: number[] = [];
  clock.after(YEAR, () => done.push(clock.now()));
  vi.advanceTimersByTime(YEAR - 1);
  expect(done).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(done).toEqual([YEAR]);
});

test('moving ahead does what falls due, in order, once, and shortens the rest', () => {
  const clock = new Clock(Date.now);
  const done: string[] = [];
  clock.after(300, () => done.push('third'));
  clock.after(100, () => done.push('first'));
  const cancel = clock.after(150, () => done.push('never'));
  clock.after(200, () => done.push('second'));
  clock.after(1000, () => done.push('last'));
  cancel();
  clock.advance(300);
  expect([clock.now(), done]).toEqual([300, ['first', 'second', 'third']]);
  vi.advanceTimersByTime(699);
  expect(done).toHaveLength(3);
  vi.advanceTimersByTime(1);
  expect(done).toEqual(['first', 'second', 'third', 'last']);
});

test('on the way ahead each work sees its own time, and what it starts is done as well', () => {
  const clock = new Clock(Date.now);
  const done: [string, number][] = [];
  clock.after(500, () => {
    done.push(['first', clock.now()]);
    clock.after(200, () => done.push(['what it started', clock.now()]));
    clock.after(5000, () => done.push(['too late', clock.now()]));
  });
  clock.after(600, () => done.push(['second', clock.now()]));
  clock.advance(1000);
  expect(done).toEqual([
    ['first', 500],
    ['second', 600],
    ['what it started', 700],
  ]);
});

test('stopped, nothing happens any more', () => {
  const clock = new Clock(Date.now);
  const done: string[] = [];
  clock.after(100, () => done.push('never'));
  clock.stop();
  clock.advance(YEAR);
  vi.advanceTimersByTime(YEAR);
  expect(done).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
