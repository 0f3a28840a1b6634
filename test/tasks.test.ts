import { expect, test } from 'vitest';
import { createLog } from '../src/log.ts';
import { createTasks } from '../src/tasks.ts';
import { movableTime } from './support/time.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Tasks whose clock only the test moves. */
function open() {
  const time = movableTime();
  const lines: string[] = [];
  const log = createLog({ level: 'error', destination: { write: (line) => lines.push(line) } });
  const done: string[] = [];
  const tasks = createTasks(time, log);
  const wish = (words: string, name = 'draw') =>
    tasks.gently(name, 60_000, async () => {
      done.push(words);
      if (words === 'fails') throw new Error('no');
    });
  return { time, tasks, lines, done, wish };
}

test('gentle work is done at once, then at most every so often, and the last wish always comes true', async () => {
  const { time, tasks, done, wish } = open();
  for (const words of ['first', 'second', 'third']) wish(words);
  wish('of another', 'other');
  await settled();
  // Wished for before the first was begun, only the last of them was still wanted.
  expect(done).toEqual(['first', 'of another']);
  time.advance(59_000);
  await settled();
  expect(done).toEqual(['first', 'of another']);
  time.advance(2_000);
  await settled();
  expect(done).toEqual(['first', 'of another', 'third']);
  time.advance(120_000);
  await settled();
  wish('later');
  await settled();
  expect(done).toEqual(['first', 'of another', 'third', 'later']);
  await tasks.stop(1_000);
});

test('gentle work that fails is in the log, and keeps nothing else back', async () => {
  const { time, tasks, lines, done, wish } = open();
  wish('fails');
  wish('works');
  await settled();
  time.advance(61_000);
  await settled();
  expect(done).toEqual(['fails', 'works']);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { task: 'draw', msg: 'background work failed' },
  ]);
  await tasks.stop(1_000);
});

test('what is still wished for is done before a stop', async () => {
  const { tasks, done, wish } = open();
  wish('first');
  await settled();
  wish('last');
  await tasks.stop(1_000);
  expect(done).toEqual(['first', 'last']);
});
