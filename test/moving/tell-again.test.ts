/** Each outcome is told once, whoever tells it and whatever fails meanwhile; the clock goes only where a test says. */
import { randomUUID } from 'node:crypto';
import { setImmediate as aTurn } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { type Context, createContext } from '../../src/context.ts';
import { actionAttemptId, deviceId, interactionId, moveId } from '../../src/domain/ids.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import { createLog } from '../../src/log.ts';
import { tellAgain } from '../../src/moving/again.ts';
import { takeOver } from '../../src/moving/recover.ts';
import { finish } from '../../src/moving/settle.ts';
import { thisProcess } from '../../src/runs.ts';
import type { Attempt } from '../../src/seam/port.ts';
import type { Delivery } from '../../src/slack/messenger.ts';
import { StoreError } from '../../src/store/errors.ts';
import type { Move, MoveRequest } from '../../src/store/move-row.ts';
import type { Time } from '../../src/time.ts';
import { clear } from '../support/clear.ts';
import { START, someone } from '../support/sights.ts';
import { startWorld, type World } from '../support/world.ts';

const UNLOCKED = { kind: 'unlocked' } as const;
const ATTEMPT = actionAttemptId('attempt-1');
const WORDS = {
  unlocked: 'Front: Unlocked. The lock has confirmed it.',
  unknown: 'Front: Nobody can say yet whether it unlocked: the lock has not answered. Check the door.',
  lost: 'Front: Nobody can say whether it unlocked: the answer got lost on its way back. Check the door.',
};

let world: World;
let time: SteppedTime;
/** What people heard, oldest first. */
let heard: string[];
/** How long it takes to tell somebody, ms, and whether it arrives; what Seam says of the attempt. */
let slack: { slowMs: number; up: boolean };
let attempt: Attempt;

beforeAll(async () => {
  world = await startWorld({ webhooks: false });
  await world.house.bot.close();
});
afterAll(() => world.close());
beforeEach(() => {
  time = steppedTime();
  heard = [];
  slack = { slowMs: 10, up: true };
  attempt = { kind: 'pending', id: ATTEMPT, verb: 'unlock' };
});

/** The parts of a Latchbolt, with a Slack that is as slow and as well as the test says. */
async function aRun(): Promise<Context> {
  const log = createLog({ level: 'silent' });
  const surroundings = { time, newId: randomUUID, log, place: thisProcess };
  const { context, close } = await createContext(world.house.config, surroundings, []);
  onTestFinished(async () => {
    await context.tasks.stop(0);
    await close();
  });
  const post: Context['messenger']['post'] = async ({ userId }, { text }): Promise<Delivery> => {
    await time.sleep(slack.slowMs);
    if (!slack.up) return 'failed';
    heard.push(`${userId}: ${text}`);
    return { channelId: 'D0', ts: `${heard.length}` };
  };
  return {
    ...context,
    messenger: { ...context.messenger, post },
    seam: { ...context.seam, attempt: async () => attempt },
  };
}

/** The same, whose journal fails the first time that it is to do this. */
function failingOnce(context: Context, what: 'end' | 'told'): Context {
  const { moves } = context.store;
  let failed = false;
  const notFirst =
    <Given extends unknown[], Result>(work: (...given: Given) => Promise<Result>) =>
    async (...given: Given) => {
      if (failed) return work(...given);
      failed = true;
      throw new StoreError('busy', 'SQLITE_BUSY');
    };
  const failing = what === 'end' ? { end: notFirst(moves.end) } : { told: notFirst(moves.told) };
  return { ...context, store: { ...context.store, moves: { ...moves, ...failing } } };
}

/** Somebody's unlock of the front door, as it is once Seam may be asked. */
async function sent({ store }: Context, userId: string, facts: Partial<MoveRequest> = {}): Promise<Move> {
  const begun = await store.moves.begin({
    id: moveId(randomUUID()),
    interaction: interactionId(randomUUID()),
    who: someone(userId),
    deviceId: deviceId(`door of ${userId}`),
    verb: 'unlock',
    via: 'message',
    listingId: null,
    responseUrl: null,
    requestedAt: time.now(),
    ...facts,
  });
  if (begun.kind === 'duplicate') throw new Error('it was asked before');
  const { move } = begun;
  if (begun.kind === 'joined') return move;
  await clear(store, move, 'Front', time.now());
  return { ...move, doorName: 'Front', sentAt: time.now() };
}

/** The same, which has ended and was not told. */
async function ended(context: Context, userId: string, outcome: Outcome): Promise<Move> {
  const move = await sent(context, userId);
  await context.store.moves.end(move.id, outcome, time.now());
  return move;
}

/** Whether the journal says that each was told, and whether a run still has something to do for it. */
const inJournal = (...moves: readonly Move[]) =>
  moves.map(({ id }) => {
    const row = world.rows('move').find((one) => one.id === id);
    return { told: row?.told_at !== null, open: row?.run_id !== null };
  });
const DONE = { told: true, open: false };

test('a backlog is told once after a restart, also while Slack is slow with the first of it', async () => {
  const before = await aRun();
  const names = Array.from({ length: 10 }, (_, n) => `U0BACKLOG${n}`);
  const backlog: Move[] = [];
  for (const name of names) {
    backlog.push(await ended(before, name, UNLOCKED));
    await time.pass(1);
  }
  await time.pass(60_000);
  const after = await aRun();
  slack.slowMs = 20_000;
  await takeOver(after, [before.run]);
  tellAgain(after);
  // A round comes by before the first has been told, and finds the others waiting.
  await time.pass(1_000);
  slack.slowMs = 10;
  await time.pass(120_000);
  expect(heard.toSorted()).toEqual(names.map((name) => `${name}: ${WORDS.unlocked}`));
  expect(inJournal(...backlog)).toEqual(backlog.map(() => DONE));
});

test('an unknown that was told, and settled while Slack is down, has its real end told later', async () => {
  const run = await aRun();
  const responseUrl = { url: 'https://hooks.slack.com/actions/1', expiresAt: time.now() + 1_800_000 };
  const begun = await sent(run, 'U0SETTLED', { responseUrl });
  await run.store.moves.attempted(begun.id, ATTEMPT);
  const move = { ...begun, attemptId: ATTEMPT };
  tellAgain(run);
  slack.up = false;
  await Promise.all([finish(run, move, { kind: 'unknown', why: 'timeout' }), time.pass(100)]);
  slack.up = true;
  await time.pass(35_000);
  expect(heard).toEqual([`U0SETTLED: ${WORDS.unknown}`]);
  expect(inJournal(move)).toEqual([{ told: true, open: true }]);

  slack.up = false;
  attempt = { kind: 'success', id: ATTEMPT, verb: 'unlock', confirmed: true };
  await time.pass(20_000);
  slack.up = true;
  await time.pass(60_000);
  expect(heard).toEqual([`U0SETTLED: ${WORDS.unknown}`, `U0SETTLED: ${WORDS.unlocked}`]);
  expect(inJournal(move)).toEqual([DONE]);
});

test.each([
  ['an outcome that could not be written at first', 'end'],
  ['an outcome whose telling could not be written at first', 'told'],
] as const)('%s is told once', async (_, what) => {
  const run = failingOnce(await aRun(), what);
  const userId = `U0${what.toUpperCase()}`;
  const move = await sent(run, userId);
  tellAgain(run);
  await Promise.all([finish(run, move, UNLOCKED), time.pass(100)]);
  expect(inJournal(move)).toEqual([{ told: false, open: true }]);
  await time.pass(120_000);
  expect(heard).toEqual([`${userId}: ${WORDS.unlocked}`]);
  expect(inJournal(move)).toEqual([DONE]);
});

test('a slow round tells nothing that is not true any more', async () => {
  const run = await aRun();
  const first = await ended(run, 'U0FIRST', { kind: 'unknown', why: 'lost' });
  await time.pass(1);
  const second = await ended(run, 'U0SECOND', { kind: 'unknown', why: 'lost' });
  tellAgain(run);
  slack.slowMs = 10_000;
  // The round has begun with the first, and knows of the second.
  await time.pass(16_000);
  slack.slowMs = 10;
  await Promise.all([finish(run, second, UNLOCKED), time.pass(100)]);
  expect(heard).toEqual([`U0SECOND: ${WORDS.unlocked}`]);
  await time.pass(120_000);
  expect(heard).toEqual([`U0SECOND: ${WORDS.unlocked}`, `U0FIRST: ${WORDS.lost}`]);
  expect(inJournal(first, second)).toEqual([DONE, DONE]);
});

test('what is told slowly, and the click that joined it, are left alone by a round meanwhile', async () => {
  const run = await aRun();
  const first = await sent(run, 'U0TWICE');
  const joined = await sent(run, 'U0TWICE');
  expect(joined.joinedId).toBe(first.id);
  tellAgain(run);
  slack.slowMs = 20_000;
  await Promise.all([finish(run, first, UNLOCKED), time.pass(120_000)]);
  // One for each of the two messages that were clicked in.
  expect(heard).toEqual([`U0TWICE: ${WORDS.unlocked}`, `U0TWICE: ${WORDS.unlocked}`]);
  expect(inJournal(first, joined)).toEqual([DONE, DONE]);
});

/** A clock that stands still, but for what a test lets pass: whoever sleeps is woken in their order. */
interface SteppedTime extends Time {
  pass(ms: number): Promise<void>;
}

function steppedTime(): SteppedTime {
  let now = START;
  const sleepers = new Set<{ readonly until: number; wake(): void }>();
  /** The database answers at once: all that was woken comes to its next sleep, or to its end. */
  const settle = async () => {
    for (let turn = 0; turn < 5; turn += 1) await aTurn();
  };
  return {
    now: () => now,
    elapsed: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true || ms <= 0) return resolve();
        const sleeper = {
          until: now + ms,
          wake() {
            sleepers.delete(sleeper);
            resolve();
          },
        };
        signal?.addEventListener('abort', sleeper.wake, { once: true });
        sleepers.add(sleeper);
      }),
    async pass(ms) {
      const limit = now + ms;
      for (;;) {
        await settle();
        const [next] = [...sleepers].sort((one, other) => one.until - other.until);
        if (next === undefined || next.until > limit) break;
        now = next.until;
        next.wake();
      }
      now = limit;
    },
  };
}
